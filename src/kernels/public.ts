/** Exports of wgrad/kernels besides kernels, with checked arguments; the library itself calls the unchecked functions. */

import { ShaderError } from "../core/errors.ts";
import {
  anything,
  boolean,
  callback,
  integer,
  type Kind,
  list,
  number,
  objectWith,
  oneOf,
  optional,
  pair,
  required,
  string,
} from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import * as packing from "../shader/pack.ts";
import * as shaders from "../shader/shader.ts";
import type { Coarse } from "./coarse.ts";
import * as conv from "./conv2d/choose.ts";
import { type Conv2dKernelOptions, geometry } from "./conv2d/geometry.ts";
import * as products from "./matmul/choose.ts";
import type { MatmulInputs, MatmulKernelOptions } from "./matmul/problem.ts";
import { channelSums } from "./norm/channel_sums.ts";
import { planReduction, type ReduceAxes, reducePasses } from "./reduce/axes.ts";
import * as scans from "./scan/scan.ts";
import * as views from "./shape/views.ts";
import type { Chooser } from "./variants.ts";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const sizes: Kind = {
  expected: "a shape such as [2, 3]",
  accepts: (value) => Array.isArray(value) && value.every((n) => Number.isInteger(n) && n >= 0),
};

const shader: Kind = {
  expected: "a shader",
  advice: "pass kernel.shader",
  accepts: (value) => isObject(value) && "bindings" in value && "paramsSize" in value,
};

const row: Kind = {
  expected: "a row, its numbers by name",
  advice: "make it with adamRow() or its likes",
  accepts: isObject,
};

/** Choices for a shader's slots, by slot. */
const fill: Kind = {
  expected: 'slots such as { act: "relu" }',
  accepts: (value) => isObject(value) && Object.values(value).every((each) => string.accepts(each)),
};

const layer: Kind = {
  expected: "the geometry of a convolution",
  advice: "make it with conv2dGeometry()",
  accepts: (value) => isObject(value) && "inC" in value && "output" in value,
};

const chooser = /* @__PURE__ */ options<Chooser>({
  software: /* @__PURE__ */ required(boolean),
  tuned: anything,
  asked: callback,
  constantWeights: boolean,
});

/** The final WGSL of a shader with its slots filled. Throws `ShaderError` for a slot without a choice. */
export const linkedWgsl = /* @__PURE__ */ checked(
  "linkedWgsl",
  { shader, fill: optional(fill) },
  shaders.source,
);

/** Every storage binding of a shader with its slots filled, in binding order. Throws the errors of `linkedWgsl`. */
export const bindingsOf = /* @__PURE__ */ checked(
  "bindingsOf",
  { shader, fill: optional(fill) },
  shaders.bindingsOf,
);

/**
 * The content of a buffer of structs, such as the rows of an optimiser's kernel; its shape is [structs, numbers per
 * struct]. Throws `ShaderError` for another buffer and for structs that do not match the WGSL.
 */
export const packRows = /* @__PURE__ */ checked(
  "packRows",
  { shader, name: string, rows: list(row) },
  ((of, name, rows) => {
    if (packing.rowOf(of, name)) return packing.packRows(of, name, rows);
    throw new ShaderError(
      `packRows: expected a buffer of structs of ${of.path}, got ${name}; name one of its buffers`,
    );
  }) as typeof packing.packRows,
);

/**
 * Geometry of x [N, inC, H, W] * weight [outC, inC/groups, kH, kW]; errors begin with `who`. Throws `ShapeError` for shapes
 * that do not fit and `ValueError` for options outside their domain.
 */
export const conv2dGeometry = /* @__PURE__ */ checked(
  "conv2dGeometry",
  {
    who: string,
    x: sizes,
    weight: sizes,
    options: options<Conv2dKernelOptions>({
      ...{ stride: pair, dilation: pair, groups: number },
      padding: anything,
    }),
  },
  geometry,
);

const choice = { geometry: layer, chooser };

/** The best way to compute a convolution: the fastest one measured, or the first of `conv2dCandidates`. */
export const chooseConv2d = /* @__PURE__ */ checked("chooseConv2d", choice, conv.chooseForward);
/** The best way to compute a convolution's input gradient. */
export const chooseConv2dGradInput = /* @__PURE__ */ checked(
  "chooseConv2dGradInput",
  choice,
  conv.chooseGradInput,
);
/** The best way to compute a convolution's weight gradient. */
export const chooseConv2dGradWeight = /* @__PURE__ */ checked(
  "chooseConv2dGradWeight",
  choice,
  conv.chooseGradWeight,
);
/** Ways to compute a convolution, likely fastest first. */
export const conv2dCandidates = /* @__PURE__ */ checked(
  "conv2dCandidates",
  choice,
  conv.forwardCandidates,
);
/** Ways to compute a convolution's input gradient, likely fastest first. */
export const conv2dGradInputCandidates = /* @__PURE__ */ checked(
  "conv2dGradInputCandidates",
  choice,
  conv.gradInputCandidates,
);
/** Ways to compute a convolution's weight gradient, likely fastest first. */
export const conv2dGradWeightCandidates = /* @__PURE__ */ checked(
  "conv2dGradWeightCandidates",
  choice,
  conv.gradWeightCandidates,
);

const matmulOptions = /* @__PURE__ */ options<MatmulKernelOptions>({
  ...{ transposeA: boolean, transposeB: boolean },
  ...{ act: anything, parts: integer, channel: oneOf("row", "column") },
});
const product = {
  inputs: options<MatmulInputs>({
    ...{ a: required(sizes), b: required(sizes), bias: sizes, affine: sizes },
    ...{ z: sizes, residual: sizes },
  }),
  options: { ...matmulOptions, optional: false }, // required here, because the argument `chooser` follows
  chooser,
};
/** The best kernel for a product: the fastest one measured, or the first of `matmulCandidates`. Throws `ShapeError`. */
export const chooseMatmul = /* @__PURE__ */ checked("chooseMatmul", product, products.chooseMatmul);
/** Kernels for a product, likely fastest first. Throws `ShapeError`. */
export const matmulCandidates = /* @__PURE__ */ checked(
  "matmulCandidates",
  product,
  products.matmulCandidates,
);

const axes = options<ReduceAxes>({ axes: list(integer), keepDims: boolean });

/**
 * Shape of the buffer `channels` that norm/grad_input can write; undefined if it cannot. Throws `ShapeError` and
 * `ValueError`.
 */
export const normChannelSums = /* @__PURE__ */ checked(
  "normChannelSums",
  {
    x: sizes,
    norm: objectWith('a norm such as { kind: "layer", axes: 1 }', "kind"),
    coarse: optional(boolean),
  },
  channelSums,
);

/** Splits the axes of a shape into kept and reduced ones. Throws `ShapeError`. */
const planned = /* @__PURE__ */ checked(
  "planReduction",
  { who: string, shape: sizes, options: axes },
  planReduction,
);
/** The runs of the kernel `reduce` that reduce a shape, each on the result of the previous one. Throws `ShapeError`. */
const passes = /* @__PURE__ */ checked(
  "reducePasses",
  {
    op: oneOf("sum", "mean", "max", "min"),
    shape: sizes,
    options: axes,
    device: options<Coarse>({ coarse: boolean }),
  },
  reducePasses,
);

export { passes as reducePasses, planned as planReduction };

/** The kernel and the number of pieces that scan an axis in linear work. Throws `ShapeError` if there is no such axis. */
export const chooseScan = /* @__PURE__ */ checked(
  "chooseScan",
  { x: sizes, axis: integer },
  scans.chooseScan,
);

const range = options<views.Range>({ start: integer, end: integer, step: integer });

/** Axis k of the view is axis `order[k]` of the tensor. Throws `ShapeError` unless order names every axis once. */
export const permuted = /* @__PURE__ */ checked(
  "permuted",
  { shape: sizes, order: list(integer) },
  views.permuted,
);
/** A range of each axis; missing ranges select the whole axis. Throws `ShapeError` and `ValueError`. */
export const sliced = /* @__PURE__ */ checked(
  "sliced",
  { shape: sizes, ranges: list(range) },
  views.sliced,
);
/** The tensor repeated along axes of size 1. Throws `ShapeError` unless it broadcasts to `to`. */
export const expanded = /* @__PURE__ */ checked(
  "expanded",
  { shape: sizes, to: sizes },
  views.expanded,
);
/** The place of one part in a concatenation along `axis`. Throws `ShapeError`. */
export const section = /* @__PURE__ */ checked(
  "section",
  { whole: sizes, axis: integer, at: integer, length: integer },
  views.section,
);
