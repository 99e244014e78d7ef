import { differentiable } from "../../autograd/node.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { finite, optional } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { augmentColour as colour } from "../../kernels/augment/colour.ts";
import {
  type ColourGradOptions,
  augmentColourGrad as colourGrad,
  coloursOf,
  jitterSteps,
} from "../../kernels/augment/colour_grad.ts";
import { greyWeights } from "../../kernels/augment/colour_step.ts";
import { tensor } from "../../tensor/create.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { conv2d } from "../conv/conv.ts";
import { clamp } from "../elementwise/compare.ts";
import { mul, pow } from "../elementwise/elementwise.ts";

/** Makes an operation of one step of `ColorJitter`, with one factor for all images. */
function adjusted(name: string, x: Tensor, step: ColourGradOptions["step"], factor: number) {
  coloursOf(name, x.shape);
  const on = onAdapter(x);
  const steps = jitterSteps.map((each) =>
    each === step ? { factor: [factor, factor] as const } : undefined,
  );
  const { y } = run(colour, { x }, { seed: 0, jitter: { steps }, ...on });
  return differentiable(name, { x }, y, { x }, (dy, saved, { x: dx }) => {
    const given = { x: saved.x, dy };
    dx?.add(run(colourGrad, given, { step, factor, ...on }, { dx: dx.into }).dx);
  });
}

function checkFactor(name: string, what: string, value: number, [low, high] = [0, Infinity]): void {
  if (value >= (low as number) && value <= (high as number)) return;
  const within = high === Infinity ? `≥ ${low}` : `within ${low} to ${high}`;
  throw new ValueError(`${name}: expected ${what} ${within}, got ${value}; choose another`);
}

/**
 * Images x [N, C, H, W] of values in 0..1 times a factor ≥ 0, clamped to 0..1: a factor of 0 gives black, 1 the original.
 * torchvision's adjust_brightness, for one or three channels. Throws `ShapeError` and `ValueError`.
 */
export const adjustBrightness = /* @__PURE__ */ checked(
  "adjustBrightness",
  { x: tensorKind, brightnessFactor: finite },
  (x: Tensor, brightnessFactor: number): Tensor => {
    checkFactor("adjustBrightness", "brightnessFactor", brightnessFactor);
    return adjusted("adjustBrightness", x, "brightness", brightnessFactor);
  },
);

/**
 * Scales the distance of images x [N, C, H, W] with values in 0..1 from their mean grey by a factor ≥ 0, clamped to 0..1: a
 * factor of 0 gives grey, 1 the original. torchvision's adjust_contrast, for one or three channels. Throws `ShapeError` and
 * `ValueError`.
 */
export const adjustContrast = /* @__PURE__ */ checked(
  "adjustContrast",
  { x: tensorKind, contrastFactor: finite },
  (x: Tensor, contrastFactor: number): Tensor => {
    checkFactor("adjustContrast", "contrastFactor", contrastFactor);
    return adjusted("adjustContrast", x, "contrast", contrastFactor);
  },
);

/**
 * Scales the distance of images x [N, C, H, W] with values in 0..1 from the grey of each pixel by a factor ≥ 0, clamped to
 * 0..1: a factor of 0 gives grey, 1 the original. torchvision's adjust_saturation; a single channel is unchanged. Throws
 * `ShapeError` and `ValueError`.
 */
export const adjustSaturation = /* @__PURE__ */ checked(
  "adjustSaturation",
  { x: tensorKind, saturationFactor: finite },
  (x: Tensor, saturationFactor: number): Tensor => {
    checkFactor("adjustSaturation", "saturationFactor", saturationFactor);
    return adjusted("adjustSaturation", x, "saturation", saturationFactor);
  },
);

/**
 * Rotates the hues of images x [N, C, H, W] with values in 0..1 by a fraction of the colour wheel, −0.5 to 0.5.
 * torchvision's adjust_hue; a single channel is unchanged. A grey pixel has no hue: its gradient is passed on unchanged.
 * Throws `ShapeError` and `ValueError`.
 */
export const adjustHue = /* @__PURE__ */ checked(
  "adjustHue",
  { x: tensorKind, hueFactor: finite },
  (x: Tensor, hueFactor: number): Tensor => {
    checkFactor("adjustHue", "hueFactor", hueFactor, [-0.5, 0.5]);
    return adjusted("adjustHue", x, "hue", hueFactor);
  },
);

/**
 * gain · x^gamma, clamped to 0..1, for values ≥ 0 in any shape: a gamma below 1 lightens shadows, above 1 darkens them.
 * torchvision's adjust_gamma; default gain 1. Throws `ValueError` for a gamma below 0.
 */
export const adjustGamma = /* @__PURE__ */ checked(
  "adjustGamma",
  { x: tensorKind, gamma: finite, gain: /* @__PURE__ */ optional(finite) },
  (x: Tensor, gamma: number, gain = 1): Tensor => {
    checkFactor("adjustGamma", "gamma", gamma);
    using power = pow(x, gamma);
    using scaled = mul(power, gain);
    return clamp(scaled, { min: 0, max: 1 });
  },
);

/**
 * Images x [N, 3, H, W] as 0.2989 · red + 0.587 · green + 0.114 · blue, in one channel or three equal ones. torchvision's
 * rgb_to_grayscale; default one channel. Throws `ShapeError` and `ValueError`.
 */
export const rgbToGrayscale = /* @__PURE__ */ checked(
  "rgbToGrayscale",
  { x: tensorKind, numOutputChannels: /* @__PURE__ */ optional(finite) },
  (x: Tensor, numOutputChannels = 1): Tensor => {
    if (numOutputChannels !== 1 && numOutputChannels !== 3) {
      throw new ValueError(
        `rgbToGrayscale: expected 1 or 3 as numOutputChannels, got ${numOutputChannels}; expand one to more`,
      );
    }
    if (x.shape.length !== 4 || x.shape[1] !== 3) {
      throw new ShapeError(
        `rgbToGrayscale: expected images [N, 3, H, W], got ${show(x.shape, "x")}; reshape them, or slice off alpha`,
      );
    }
    const rows = new Array<number[]>(numOutputChannels).fill([...greyWeights]).flat();
    using w = tensor(rows, { shape: [numOutputChannels, 3, 1, 1], engine: x.engine });
    return conv2d(x, w);
  },
);
