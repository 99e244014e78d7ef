import shader from "#shaders/augment/geometry.wgsl";
import {
  boolean,
  either,
  list,
  natural,
  number,
  numbers,
  oneOf,
  record,
  required,
} from "../../core/kinds.ts";
import type { Coarse } from "../coarse.ts";
import { kernel, type Reference } from "../kernel.ts";
import { slot, stream } from "../option_kinds.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import { type SampleMode, type SamplePadding, type Tap, tapsAt, tapsOf } from "../sample/taps.ts";
import { ImageDraws } from "./draw.ts";
import { type FinishOptions, finisher, finishOf } from "./finish.ts";
import { type GeometryStep, packStep } from "./geometry_step.ts";
import { type Channels, fourOf, imagesOf, lanesOf, pixelsOf } from "./images.ts";
import { matrixOf, resultOf } from "./matrix.ts";

export interface GeometryOptions extends Stream, Coarse {
  /** Steps from the image that is read to the image that is written. */
  readonly steps: readonly GeometryStep[];
  /** Number of the first step in the stream: each step has its own number. Default 0. */
  readonly first?: number | undefined;
  /** Interpolation. Default "bilinear". */
  readonly mode?: SampleMode | undefined;
  /** Values outside the image. Default "zeros", which are replaced by `fill`. */
  readonly padding?: SamplePadding | undefined;
  /** Whether "reflection" mirrors at the centres of the outermost cells or at the image's edge. Default "centre". */
  readonly reflectAt?: "centre" | "rim" | undefined;
  /** One number, or one per channel. Default 0. */
  readonly fill?: Channels | undefined;
  /** Final steps on the result's values, for at most 4 channels; their numbers are the last of eight from `first` on. */
  readonly finish?: (FinishOptions & { readonly first?: number | undefined }) | undefined;
}

const WHO = "augment/geometry";

/** Cells of one image that a workgroup computes; it computes the image's matrix once. */
const TILE = 1024;

/**
 * Rotates, shears, scales, translates, mirrors, crops and projects images x [N, C, H, W], each by its own random numbers,
 * in one resampling: pixel p of the result is x at M₁·M₂···p. Throws `ShapeError` and `ValueError`.
 */
export const augmentGeometry = kernel(shader, ({ x }, options: GeometryOptions) => {
  const { n, c, h, w } = (options.finish ? pixelsOf : imagesOf)(WHO, x);
  const { steps, first = 0, mode = "bilinear", padding = "zeros", fill = 0 } = options;
  const [outH, outW] = resultOf(WHO, steps, [h, w]);
  const taps = tapsOf[mode] ** 2;
  const finish = finishOf(WHO, options.finish ?? {}, c);
  return {
    outputs: { y: [n, c, outH, outW] },
    params: {
      ...{ key: streamKey(WHO, options), first, steps: steps.length, channels: c, tile: TILE },
      ...{ image: [h, w] as const, result: [outH, outW] as const },
      ...{ edge: options.reflectAt === "rim" ? 0.5 : 0, fill: fourOf(WHO, "fill", fill, c) },
      list: steps.map(packStep),
      colours: options.finish?.first ?? 0,
      size: [outH, outW],
      finish: finish.params,
    },
    slots: { filter: mode, padding, ...finish.slots },
    overrides: { WG: lanesOf(options) },
    grid: [Math.ceil((outH * outW) / TILE), n],
    flops: n * outH * outW * (20 + 3 * taps * c),
  };
});

export const kinds = () => ({
  ...stream(),
  steps: required(list(record)),
  first: natural,
  mode: slot(augmentGeometry, "filter"),
  padding: slot(augmentGeometry, "padding"),
  reflectAt: oneOf("centre", "rim"),
  fill: either(number, numbers),
  finish: record,
  coarse: boolean,
});

/** The sum over the taps inside the image, blended with the fill colour by their total weight, as in torchvision. */
function valueAt(
  across: readonly Tap[],
  down: readonly Tap[],
  fill: number,
  value: (row: number, column: number) => number,
): number {
  let [sum, part] = [0, 0];
  for (const [row, a] of down) {
    for (const [column, b] of across) {
      if (row < 0 || column < 0 || a * b === 0) continue;
      sum += a * b * value(row, column);
      part += a * b;
    }
  }
  return part === 1 ? sum : sum * part + (1 - part) * fill;
}

export const reference: Reference<typeof augmentGeometry> = ({ x }, options) => {
  const { n, c, h, w } = imagesOf(WHO, x.shape);
  const { steps, first = 0, mode = "bilinear", padding = "zeros" } = options;
  const [outH, outW] = resultOf(WHO, steps, [h, w]);
  const how = { mode, padding, edge: options.reflectAt === "rim" ? 0.5 : 0 };
  const fill = fourOf(WHO, "fill", options.fill ?? 0, c);
  const y = new Float64Array(n * c * outH * outW);
  for (let image = 0; image < n; image++) {
    const draws = new ImageDraws(options, image);
    const back = matrixOf(steps, draws, first);
    const own = { ...options, first: options.finish?.first };
    const finished = finisher(own, options.finish ?? {}, draws, [c, outH, outW]);
    for (let p = 0; p < outH * outW; p++) {
      const to = [(p % outW) + 0.5 - outW / 2, Math.floor(p / outW) + 0.5 - outH / 2, 1];
      const from = back.map((row) => row.reduce((sum, v, k) => sum + v * (to[k] as number), 0));
      const [fx = 0, fy = 0, z = 1] = from;
      const [ax, ay] = z > 0 ? [fx / z + w / 2 - 0.5, fy / z + h / 2 - 0.5] : [-1e9, -1e9];
      const [across, down] = [tapsAt(how, ax, w), tapsAt(how, ay, h)];
      for (let ch = 0; ch < c; ch++) {
        const start = (image * c + ch) * h * w;
        const colour = fill[Math.min(ch, 3)] as number;
        const value = (row: number, column: number) => x.data[start + row * w + column] as number;
        const e = (image * c + ch) * outH * outW + p;
        y[e] = finished(valueAt(across, down, colour, value), Math.min(ch, 3), p, e);
      }
    }
  }
  return { y };
};

export { benches, cases } from "./geometry_cases.ts";
