import shader from "#shaders/norm/normalize.wgsl";
import { boolean, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { activationOf, activationOverrides } from "../elementwise/activations.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { act, norm } from "../option_kinds.ts";
import { affineSlot, type NormActOptions, preActivation, twinOf } from "./fused.ts";
import { checkShapes, forEachElement, planesOf } from "./geometry.ts";
import { packedCases } from "./packed_cases.ts";
import { loadsOf, varying, walk, walkGrid } from "./walk.ts";

/**
 * y = act(γ·x̂ + β + residual) with x̂ = (x − mean)·rstd, for x of any norm, stats[rows, 4] with (pivot, offset, rstd,
 * variance) and γ, β with one element per channel (in layer norm, of the normalised shape). γ, β and the residual, of x's
 * shape, are optional. A row of infinite variance has x̂ = 0. Throws `ShapeError`, and `ValueError` for the activation's
 * parameter.
 */
export const normalize = kernel(
  shader,
  ({ x, stats, gamma, beta, residual }, { norm, act, coarse }: NormActOptions) => {
    const who = "norm/normalize";
    const planes = planesOf(who, x, norm);
    const { affine } = planes;
    const expected = { stats: [planes.rows, 4], gamma: affine, beta: affine, residual: x };
    checkShapes(who, expected, { stats, gamma, beta, residual });
    const rows = walk(planes, "rows", { perLane: loadsOf(coarse), coarse });
    const activation = activationOf(act);
    return {
      outputs: { y: x },
      params: { rows: rows.params },
      grid: walkGrid(rows),
      overrides: { ...activationOverrides(activation), ...varying(planes, false) },
      slots: {
        pack: rows.pack,
        affine: affineSlot(gamma, beta),
        residual: residual ? "given" : "none",
        act: activation.act,
      },
      flops: 5 * size(x),
    };
  },
);

export const kinds = () => ({ norm: required(norm), act, coarse: boolean });

export const reference: Reference<typeof normalize> = (inputs, { norm, act }) => {
  const { x } = inputs;
  const { value } = twinOf(act);
  const y = new Float64Array(x.data.length);
  forEachElement(planesOf("norm/normalize", x.shape, norm), (i, row, c) => {
    y[i] = value(preActivation(inputs, i, row, c));
  });
  return { y };
};

/** Statistics of the form that norm/stats produces: pivot, offset, rstd, variance. */
export const someStats = (rows: number) => ({
  shape: [rows, 4],
  fill: (i: number, random: () => number) =>
    [random() - 0.5, random() - 0.5, 0.5 + random(), 1][i % 4] as number,
});

const batch = { kind: "batch" } as const;
const instance = { kind: "instance" } as const;
const layer = { kind: "layer", axes: 1 } as const;
/** √3·2·(u − ½) has standard deviation 1. */
const far = (_: number, random: () => number) => 1e4 + 2 * Math.sqrt(3) * (random() - 0.5);
const farStats = [1e4 + 0.734375, -0.734375, 1, 1];

export const cases: Case<typeof normalize>[] = [
  {
    name: "one element",
    inputs: { x: [1, 1], stats: someStats(1), gamma: [1], beta: [1] },
    options: { norm: batch },
  },
  {
    name: "batch, no affine",
    inputs: { x: [3, 5, 7, 3], stats: someStats(5) },
    options: { norm: batch },
  },
  {
    name: "batch, γ and β",
    inputs: { x: [3, 5, 7, 13], stats: someStats(5), gamma: [5], beta: [5] },
    options: { norm: batch },
  },
  {
    name: "batch, planes of one element",
    inputs: { x: [129, 67], stats: someStats(67), gamma: [67], beta: [67] },
    options: { norm: batch },
  },
  {
    name: "batch, pieces of 1,024",
    inputs: { x: [3, 2, 61, 31], stats: someStats(2), gamma: [2], beta: [2] },
    options: { norm: batch },
  },
  {
    name: "instance, γ only",
    inputs: { x: [3, 5, 9, 9], stats: someStats(15), gamma: [5] },
    options: { norm: instance },
  },
  {
    name: "instance, β only",
    inputs: { x: [3, 5, 9, 9], stats: someStats(15), beta: [5] },
    options: { norm: instance },
  },
  {
    name: "layer, β only, four at a time",
    inputs: { x: [3, 76], stats: someStats(3), beta: [76] },
    options: { norm: layer, act: "gelu" },
  },
  {
    name: "group of three channels",
    inputs: { x: [3, 6, 5, 5], stats: someStats(6), gamma: [6], beta: [6] },
    options: { norm: { kind: "group", groups: 2 } },
  },
  {
    name: "layer, rows of 5, one lane each",
    inputs: { x: [70, 5], stats: someStats(70), gamma: [5], beta: [5] },
    options: { norm: layer },
  },
  {
    name: "layer over two axes, rows of 1,100",
    inputs: { x: [2, 3, 11, 100], stats: someStats(6), gamma: [11, 100], beta: [11, 100] },
    options: { norm: { kind: "layer", axes: 2 } },
  },
  {
    name: "safety: mean 1e4 times the deviation",
    inputs: {
      x: { shape: [4, 1024], fill: far },
      stats: { shape: [4, 4], fill: (i) => farStats[i % 4] as number },
    },
    options: { norm: layer },
  },
  {
    name: "safety: NaN and infinity stay where they are, infinite variance gives β",
    inputs: {
      x: { shape: [3, 8], fill: (i) => [NaN, 1, Infinity, 3][i % 4] as number },
      stats: { shape: [3, 4], fill: (i) => [0, 1, i < 8 ? 1 : 0, 1][i % 4] as number },
    },
    options: { norm: layer },
  },
  {
    name: "batch, relu(γ·x̂ + β + residual)",
    inputs: { x: [3, 5, 7, 3], stats: someStats(5), gamma: [5], beta: [5], residual: [3, 5, 7, 3] },
    options: { norm: batch, act: "relu" },
  },
  {
    name: "group, x̂ + residual",
    inputs: { x: [3, 6, 5, 5], stats: someStats(6), residual: [3, 6, 5, 5] },
    options: { norm: { kind: "group", groups: 2 } },
  },
  {
    name: "layer, leaky_relu of slope −2",
    inputs: { x: [70, 5], stats: someStats(70), gamma: [5] },
    options: { norm: layer, act: { act: "leaky_relu", slope: -2 } },
  },
  {
    name: "safety: a NaN in the residual stays where it is, ±1e4 through silu",
    inputs: {
      x: [3, 8],
      stats: someStats(3),
      residual: { shape: [3, 8], fill: (i) => [NaN, 1e4, -1e4, 0.5][i % 4] as number },
    },
    options: { norm: layer, act: "silu" },
  },
  ...packedCases.map(({ name, x, norm, coarse, rows, affine }, i) => ({
    name,
    inputs: {
      ...{ x, stats: someStats(rows), gamma: affine },
      ...(i % 3 && { beta: affine }),
      ...(i % 4 && { residual: x }),
    },
    options: { norm, coarse, act: i % 2 ? ("silu" as const) : ("identity" as const) },
  })),
];

export const halfCases = inHalf(cases, { storage: "f16" });

export const benches: Case<typeof normalize>[] = [
  {
    name: "layer 512×768",
    inputs: { x: [512, 768], stats: someStats(512), gamma: [768], beta: [768] },
    options: { norm: layer },
  },
  {
    name: "batch 64×64×56×56",
    inputs: { x: [64, 64, 56, 56], stats: someStats(64), gamma: [64], beta: [64] },
    options: { norm: batch },
  },
  {
    name: "batch 64×8×14×14",
    inputs: { x: [64, 8, 14, 14], stats: someStats(8), gamma: [8], beta: [8] },
    options: { norm: batch },
  },
  {
    name: "batch 64×16×7×7",
    inputs: { x: [64, 16, 7, 7], stats: someStats(16), gamma: [16], beta: [16] },
    options: { norm: batch },
  },
  {
    name: "layer 4096×768",
    inputs: { x: [4096, 768], stats: someStats(4096), gamma: [768], beta: [768] },
    options: { norm: layer },
  },
];
