import { differentiable } from "../../autograd/node.ts";
import { ValueError } from "../../core/errors.ts";
import { count, finite, type Kind } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { augmentBlur as blur } from "../../kernels/augment/blur.ts";
import { augmentColour as colour } from "../../kernels/augment/colour.ts";
import { type ToneOptions, augmentTone as tone } from "../../kernels/augment/tone.ts";
import {
  type ToneGradOptions,
  augmentToneGrad as toneGrad,
} from "../../kernels/augment/tone_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { greaterEqual, where } from "../elementwise/compare.ts";
import { sub } from "../elementwise/elementwise.ts";

/** Makes an operation, with its gradient, of one step of `tone` for all images. */
function toned(name: string, x: Tensor, given: Omit<ToneOptions, "seed">, how: ToneGradOptions) {
  const on = onAdapter(x);
  const { y } = run(tone, { x }, { seed: 0, ...given, ...on });
  return differentiable(name, { x }, y, { x }, (dy, saved, { x: dx }) => {
    dx?.add(run(toneGrad, { x: saved.x, dy }, { ...how, ...on }, { dx: dx.into }).dx);
  });
}

/** 1 − x for values in 0..1 in any shape: torchvision's invert. */
export const invert = /* @__PURE__ */ checked(
  "invert",
  { x: tensorKind },
  (x: Tensor): Tensor => sub(1, x),
);

/** 1 − x where x is at least the threshold, else x, for values in 0..1 in any shape: torchvision's solarize. */
export const solarize = /* @__PURE__ */ checked(
  "solarize",
  { x: tensorKind, threshold: finite },
  (x: Tensor, threshold: number): Tensor => {
    using bright = greaterEqual(x, threshold);
    using inverted = sub(1, x);
    return where(bright, inverted, x);
  },
);

/**
 * Keeps the given number of bits, 1 to 8, of ⌊255·x⌋ of images x [N, C, H, W] with values in 0..1 and at most four
 * channels. torchvision's posterize. The function is piecewise constant, so it has no gradient. Throws `ShapeError` and
 * `ValueError`.
 */
export const posterize = /* @__PURE__ */ checked(
  "posterize",
  { x: tensorKind, bits: count },
  (x: Tensor, bits: number): Tensor => {
    if (bits > 8)
      throw new ValueError(`posterize: expected bits from 1 to 8, got ${bits}; 8 keeps all`);
    return run(colour, { x }, { seed: 0, posterize: { bits }, ...onAdapter(x) }).y;
  },
);

/**
 * Stretches each channel of images x [N, C, H, W] with values in 0..1 to the whole range 0..1; a constant channel is
 * unchanged. torchvision's autocontrast, for each image of a batch separately. The minimum and maximum also have gradients,
 * shared equally by cells with the same value. Throws `ShapeError`.
 */
export const autocontrast = /* @__PURE__ */ checked(
  "autocontrast",
  { x: tensorKind },
  (x: Tensor): Tensor => toned("autocontrast", x, { autocontrast: {} }, { step: "autocontrast" }),
);

/**
 * Equalises the histogram of each channel of images x [N, C, H, W] with values in 0..1: the 256 levels become about equally
 * frequent, and results are levels k/255. torchvision's equalize. The function is piecewise constant, so it has no
 * gradient. Throws `ShapeError`.
 */
export const equalize = /* @__PURE__ */ checked(
  "equalize",
  { x: tensorKind },
  (x: Tensor): Tensor => run(tone, { x }, { seed: 0, equalize: {}, ...onAdapter(x) }).y,
);

/**
 * Sharpens images x [N, C, H, W] with values in 0..1 by a factor ≥ 0: 0 gives a mean over 3 × 3 cells in which the middle
 * one counts five times, 1 the original, 2 twice the difference between them; the outermost cells are unchanged.
 * torchvision's adjust_sharpness. Throws `ShapeError` and `ValueError`.
 */
export const adjustSharpness = /* @__PURE__ */ checked(
  "adjustSharpness",
  { x: tensorKind, sharpnessFactor: finite },
  (x: Tensor, sharpnessFactor: number): Tensor => {
    if (sharpnessFactor < 0) {
      throw new ValueError(
        `adjustSharpness: expected sharpnessFactor ≥ 0, got ${sharpnessFactor}; 1 changes nothing`,
      );
    }
    const sharpen = { factor: [sharpnessFactor, sharpnessFactor] as const };
    const how = { step: "sharpen", factor: sharpnessFactor } as const;
    return toned("adjustSharpness", x, { sharpen }, how);
  },
);

type Both = number | readonly [x: number, y: number];

const bothOf = (each: Kind): Kind => ({
  expected: `${each.expected}, or a pair of them along x and y`,
  accepts: (value) =>
    each.accepts(value) ||
    (Array.isArray(value) && value.length === 2 && value.every(each.accepts)),
});

const above: Kind = {
  expected: "a number above 0",
  accepts: (value) => finite.accepts(value) && (value as number) > 0,
};

/** Options of `gaussianBlur`. */
export interface BlurringOptions {
  /** Standard deviation in cells, for both axes or for x and y. Default 0.15 · size + 0.35. */
  readonly sigma?: Both;
}

/**
 * Blurs images x [N, C, H, W] with a Gaussian window of an odd number of cells up to 63, for both axes or for x and y;
 * edges are mirrored. torchvision's gaussian_blur. Two dispatches. Throws `ShapeError` if an
 * axis is not longer than half the window, and `ValueError`.
 */
export const gaussianBlur = /* @__PURE__ */ checked(
  "gaussianBlur",
  {
    x: tensorKind,
    kernelSize: /* @__PURE__ */ bothOf(count),
    options: /* @__PURE__ */ options<BlurringOptions>({ sigma: /* @__PURE__ */ bothOf(above) }),
  },
  (x: Tensor, kernelSize: Both, given: BlurringOptions = {}): Tensor => {
    const sizes = [kernelSize, kernelSize].map(
      (each, k) => (typeof each === "number" ? each : each[k]) as number,
    );
    const sigmas = sizes.map((size, k) => {
      const { sigma = 0.15 * size + 0.35 } = given;
      return (typeof sigma === "number" ? sigma : sigma[k]) as number;
    });
    const along = (of: Tensor, k: 0 | 1, grad: boolean, into?: Tensor) => {
      const sigma = [sigmas[k] as number, sigmas[k] as number] as const;
      const how = { axis: k === 0 ? "rows" : "columns", size: sizes[k] as number, sigma } as const;
      return run(blur, { x: of }, { seed: 0, ...how, grad, ...onAdapter(x) }, { y: into }).y;
    };
    using rows = along(x, 0, false);
    const y = along(rows, 1, false);
    return differentiable("gaussianBlur", { x }, y, {}, (dy, _saved, { x: dx }) => {
      using columns = along(dy, 1, true);
      dx?.add(along(columns, 0, true, dx.into));
    });
  },
);
