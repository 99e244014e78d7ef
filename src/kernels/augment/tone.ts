import shader from "#shaders/augment/tone.wgsl";
import { boolean, natural, record } from "../../core/kinds.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { stream } from "../option_kinds.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import { type Between, drawnStep, type Gated, gateOrNever, ImageDraws, leveled } from "./draw.ts";
import { imagesOf, lanesOf } from "./images.ts";

/** Steps on whole channels, applied in this order; a step that is not given is skipped. */
export interface ToneOptions extends Stream, Coarse {
  /** Number of the first of the three steps that there may be. Default 0. */
  readonly first?: number | undefined;
  /** A factor of 0 blurs, 1 changes nothing, 2 sharpens; `levels` quantises the factor's range (see `leveled`). */
  readonly sharpen?:
    | (Gated & { readonly factor: Between; readonly levels?: number | undefined })
    | undefined;
  /** Stretches the minimum to 0 and the maximum to 1. */
  readonly autocontrast?: Gated | undefined;
  /** Makes the 256 levels about equally frequent. */
  readonly equalize?: Gated | undefined;
}

const WHO = "augment/tone";

/**
 * Sharpens, stretches to 0..1 and equalises images x [N, C, H, W] with values in 0..1; each image by its own random
 * numbers, each channel separately, as in torchvision. Throws `ShapeError`.
 */
export const augmentTone = kernel(shader, ({ x }, options: ToneOptions) => {
  const { n, c, h, w } = imagesOf(WHO, x);
  const { sharpen, autocontrast, equalize } = options;
  return {
    outputs: { y: x },
    params: {
      ...{ key: streamKey(WHO, options), plane_steps: options.first ?? 0, channels: c },
      size: [h, w],
      planes: [
        drawnStep(gateOrNever(sharpen), sharpen?.factor, sharpen?.levels),
        drawnStep(gateOrNever(autocontrast)),
        drawnStep(gateOrNever(equalize)),
      ],
    },
    overrides: { WG: lanesOf(options) },
    grid: [c, n],
    flops: 20 * n * c * h * w,
  };
});

export const kinds = () => ({
  ...stream(),
  first: natural,
  sharpen: record,
  autocontrast: record,
  equalize: record,
  coarse: boolean,
});

/** The cells of one channel, row-major. */
export type Plane = readonly number[];

function sharpened(plane: Plane, h: number, w: number, factor: number): Plane {
  return plane.map((own, p) => {
    const [row, column] = [Math.floor(p / w), p % w];
    if (factor === 1 || row === 0 || column === 0 || row === h - 1 || column === w - 1) return own;
    const around = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => plane[p + a * w + b] as number));
    const mean = around.reduce((sum, v) => sum + v, 4 * own) / 13;
    return Math.min(Math.max(factor * own + (1 - factor) * mean, 0), 1);
  });
}

function stretched(plane: Plane): Plane {
  const [low, high] = [Math.min(...plane), Math.max(...plane)];
  if (!(high > low)) return plane.map((v) => Math.min(Math.max(v, 0), 1));
  return plane.map((v) => (v - low) / (high - low));
}

const levelOf = (value: number) =>
  Math.floor(Math.min(Math.max(Math.fround(value * 255.999), 0), 255));

function equalized(plane: Plane): Plane {
  const counts = new Array<number>(256).fill(0);
  for (const v of plane) counts[levelOf(v)] = (counts[levelOf(v)] as number) + 1;
  const last = counts.findLast((n) => n > 0) as number;
  const step = Math.floor((plane.length - last) / 255);
  if (step === 0) return plane;
  const before = counts.map((_, k) => counts.slice(0, k).reduce((sum, n) => sum + n, 0));
  const level = (n: number) => Math.min(Math.floor((n + Math.floor(step / 2)) / step), 255);
  return plane.map((v) => level(before[levelOf(v)] as number) / 255);
}

export const reference: Reference<typeof augmentTone> = ({ x }, options) => {
  const { n, c, h, w } = imagesOf(WHO, x.shape);
  const { first = 0, sharpen, autocontrast, equalize } = options;
  const planes = Array.from({ length: n * c }, (_, k) => {
    const draws = new ImageDraws(options, Math.floor(k / c));
    const taken = (i: number, step: Gated | undefined) =>
      step !== undefined && draws.takes(first + i, step.gate);
    let plane: Plane = Array.from({ length: h * w }, (_, p) => x.data[k * h * w + p] as number);
    if (sharpen && taken(0, sharpen)) {
      const [low, high] = sharpen.factor;
      const u = leveled(draws.units(first, 0)[1], sharpen.levels);
      plane = sharpened(plane, h, w, low + u * (high - low));
    }
    if (taken(1, autocontrast)) plane = stretched(plane);
    return taken(2, equalize) ? equalized(plane) : plane;
  });
  return { y: Float64Array.from(planes.flat()) };
};

const half = { gate: { p: 0.5 } } as const;
/** Values on the 256 levels of a photograph: which level a value is on must not depend on its last bit. */
const levels = (...shape: number[]) => ({
  shape,
  fill: (_: number, random: () => number) => Math.floor(40 + 150 * random() * random()) / 255,
});

const test = (
  name: string,
  x: readonly number[],
  options: Omit<ToneOptions, "seed">,
): Case<typeof augmentTone> => ({
  name,
  inputs: { x: levels(...x) },
  options: { seed: 9, ...options },
  tolerance: { atol: 1e-6, rtol: 1e-6, length: 9 },
});

export const cases: Case<typeof augmentTone>[] = [
  test("nothing to do", [2, 3, 4, 5], {}),
  test("sharper or softer", [4, 3, 5, 7], { sharpen: { factor: [0, 3] } }),
  test("sharper by one of two", [6, 1, 5, 7], { sharpen: { factor: [0.1, 1.9], levels: 2 } }),
  test("sharper by seven of both signs", [9, 1, 5, 7], {
    sharpen: { factor: [0.1, 1.9], levels: -7 },
  }),
  test("too small to be sharpened", [2, 1, 2, 9], { sharpen: { factor: [2, 2] } }),
  test("stretched or not", [9, 2, 5, 7], { autocontrast: half, first: 4 }),
  test("equalized or not, over more cells than lanes", [5, 2, 30, 33], { equalize: half }),
  test("too few cells to be equalized", [2, 1, 5, 7], { equalize: {} }),
  test("one cell", [2, 1, 1, 1], { autocontrast: {}, equalize: {}, sharpen: { factor: [2, 2] } }),
  test("coarse: some of each", [9, 1, 20, 20], {
    ...{ sharpen: { factor: [2, 2], ...half }, autocontrast: half, coarse: true },
  }),
  {
    name: "one value everywhere",
    inputs: { x: { shape: [2, 1, 20, 20], fill: () => 0.25 } },
    options: { seed: 1, autocontrast: {}, equalize: {} },
  },
  {
    name: "all levels as often already",
    inputs: { x: { shape: [1, 1, 32, 24], fill: (i) => (i % 256) / 255 } },
    options: { seed: 1, equalize: {} },
  },
  {
    name: "safety: NaN stays in its channel",
    inputs: { x: { shape: [2, 1, 4, 5], fill: (i) => (i === 7 ? NaN : i / 40) } },
    options: { seed: 1, sharpen: { factor: [1, 1] } },
  },
];

export const benches: Case<typeof augmentTone>[] = [
  {
    name: "64 × 3 × 224², equalized",
    inputs: { x: levels(64, 3, 224, 224) },
    options: { seed: 1, equalize: {} },
  },
];
