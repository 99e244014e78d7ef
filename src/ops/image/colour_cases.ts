import { reference as blur } from "../../kernels/augment/blur.ts";
import { reference as colour } from "../../kernels/augment/colour.ts";
import { jitterSteps } from "../../kernels/augment/colour_grad.ts";
import { reference as tone } from "../../kernels/augment/tone.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import {
  adjustBrightness,
  adjustContrast,
  adjustGamma,
  adjustHue,
  adjustSaturation,
  rgbToGrayscale,
} from "./colour.ts";
import {
  adjustSharpness,
  autocontrast,
  equalize,
  gaussianBlur,
  invert,
  posterize,
  solarize,
} from "./tone.ts";

/** An image of values from 0.02 to 0.98, all different if there are fewer than 97 cells. */
const picture = (shape: readonly number[], grad = true) => ({
  ...{ shape, grad },
  fill: (i: number) => 0.02 + 0.96 * (((i * 37) % 97) / 96),
});

const about = (
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  reference: (x: HostTensor) => ArrayLike<number>,
  grad = true,
): OpCase => ({
  ...{ name, inputs: [picture(shape, grad)], run, reference },
  tolerance: { atol: 4e-6, rtol: 4e-6, length: 4 },
  gradTolerance: { atol: 1e-5, rtol: 1e-5, length: 16 },
});

const jitter = (which: number, factor: number) => (x: HostTensor) => {
  const steps = jitterSteps.map((_, k) =>
    k === which ? { factor: [factor, factor] as const } : undefined,
  );
  return colour({ x }, { seed: 0, jitter: { steps } }).y;
};

const each =
  (of: (v: number) => number) =>
  ({ data }: HostTensor) =>
    Float64Array.from(data, of);

const grey =
  (channels: number) =>
  ({ data, shape: [n = 0, , h = 0, w = 0] }: HostTensor) =>
    Float64Array.from({ length: n * channels * h * w }, (_, e) => {
      const [image, p] = [Math.floor(e / (channels * h * w)), e % (h * w)];
      const at = (c: number) => data[(3 * image + c) * h * w + p] as number;
      return 0.2989 * at(0) + 0.587 * at(1) + 0.114 * at(2);
    });

const blurred = (sizes: readonly number[], sigmas: readonly number[]) => (x: HostTensor) => {
  const along = (of: HostTensor, k: number) => {
    const sigma = [sigmas[k] as number, sigmas[k] as number] as const;
    const axis = k === 0 ? "rows" : "columns";
    return blur({ x: of }, { seed: 0, axis, size: sizes[k] as number, sigma }).y;
  };
  return along({ shape: x.shape, data: along(x, 0) }, 1);
};

const RGB = [2, 3, 4, 4];

export const cases: OpCases = {
  adjustBrightness: [
    about("brighter, some held", RGB, (x) => adjustBrightness(x, 1.4), jitter(0, 1.4)),
    about("darker, one channel", [2, 1, 4, 4], (x) => adjustBrightness(x, 0.3), jitter(0, 0.3)),
  ],
  adjustContrast: [
    about("less", RGB, (x) => adjustContrast(x, 0.6), jitter(1, 0.6)),
    about("more, some held", RGB, (x) => adjustContrast(x, 1.8), jitter(1, 1.8)),
    about("of one channel", [2, 1, 4, 4], (x) => adjustContrast(x, 0.6), jitter(1, 0.6)),
  ],
  adjustSaturation: [
    about("less", RGB, (x) => adjustSaturation(x, 0.4), jitter(2, 0.4)),
    about("more, some held", RGB, (x) => adjustSaturation(x, 1.7), jitter(2, 1.7)),
    about(
      "of one channel",
      [2, 1, 4, 4],
      (x) => adjustSaturation(x, 1.7),
      each((v) => v),
    ),
  ],
  adjustHue: [
    about("turned on", RGB, (x) => adjustHue(x, 0.2), jitter(3, 0.2)),
    about("turned back", RGB, (x) => adjustHue(x, -0.45), jitter(3, -0.45)),
    about(
      "of one channel",
      [2, 1, 4, 4],
      (x) => adjustHue(x, 0.2),
      each((v) => v),
    ),
  ],
  adjustGamma: [
    about(
      "darker",
      [2, 8],
      (x) => adjustGamma(x, 2.2),
      each((v) => v ** 2.2),
    ),
    about(
      "lighter, with a gain, some held",
      [2, 8],
      (x) => adjustGamma(x, 0.5, 1.3),
      each((v) => Math.min(1.3 * Math.sqrt(v), 1)),
    ),
  ],
  rgbToGrayscale: [
    about("one channel", RGB, (x) => rgbToGrayscale(x), grey(1)),
    about("three channels", RGB, (x) => rgbToGrayscale(x, 3), grey(3)),
  ],
  invert: [
    about(
      "any shape",
      [3, 5],
      invert,
      each((v) => 1 - v),
    ),
  ],
  solarize: [
    about(
      "from 0.405 on",
      RGB,
      (x) => solarize(x, 0.405),
      each((v) => (v >= 0.405 ? 1 - v : v)),
    ),
  ],
  posterize: [
    about(
      "three bits",
      RGB,
      (x) => posterize(x, 3),
      (x) => colour({ x }, { seed: 0, posterize: { bits: 3 } }).y,
      false,
    ),
  ],
  autocontrast: [
    about("each channel", RGB, autocontrast, (x) => tone({ x }, { seed: 0, autocontrast: {} }).y),
  ],
  equalize: [
    {
      ...about(
        "each channel",
        [1, 2, 24, 32],
        equalize,
        (x) => tone({ x }, { seed: 0, equalize: {} }).y,
        false,
      ),
      inputs: [{ shape: [1, 2, 24, 32], grad: false, fill: (i) => ((i * i) % 199) / 255 }],
    },
  ],
  adjustSharpness: [
    about(
      "sharper",
      [2, 3, 5, 6],
      (x) => adjustSharpness(x, 1.7),
      (x) => tone({ x }, { seed: 0, sharpen: { factor: [1.7, 1.7] } }).y,
    ),
  ],
  gaussianBlur: [
    about("a square", [2, 2, 5, 6], (x) => gaussianBlur(x, 3), blurred([3, 3], [0.8, 0.8])),
    about(
      "by another width and height, as far as it may be",
      [1, 2, 3, 6],
      (x) => gaussianBlur(x, [7, 5], { sigma: [1.3, 0.7] }),
      blurred([7, 5], [1.3, 0.7]),
    ),
  ],
};
