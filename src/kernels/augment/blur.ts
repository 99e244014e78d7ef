import shader from "#shaders/augment/blur.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, natural, number, oneOf, record, required } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { stream, two } from "../option_kinds.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import { type Between, type Gate, gateOf, ImageDraws } from "./draw.ts";
import { imagesOf, lanesOf } from "./images.ts";

/** Options of blurring along one axis. */
export interface BlurOptions extends Stream, Coarse {
  /** Direction: along rows or along columns. */
  readonly axis: "rows" | "columns";
  /** Length of the window in cells; odd, at most 63. */
  readonly size: number;
  /** Range of the standard deviation in cells, from which each image draws its own; above 0. */
  readonly sigma: Between;
  /** Which images are blurred. Default all. */
  readonly gate?: Gate | undefined;
  /** Number of this step in the stream. Default 0. */
  readonly first?: number | undefined;
  /** Whether x is the gradient of the blurred images, and y the gradient of the images. Default false. */
  readonly grad?: boolean | undefined;
}

const WHO = "augment/blur";
const TILE = 1024;

/** Sizes, and the radius of the window, which must be smaller than the axis. */
function sizesOf(x: readonly number[], { size, axis, sigma }: BlurOptions) {
  const sizes = imagesOf(WHO, x);
  const fits = Number.isInteger(size) && size % 2 === 1 && size >= 1 && size <= 63;
  if (!fits || !(sigma[0] > 0)) {
    throw new ValueError(
      `${WHO}: expected an odd size from 1 to 63 and deviations above 0, got ${size} and [${sigma.join(", ")}]; 3 and 1 are usual`,
    );
  }
  const radius = (size - 1) / 2;
  if (radius < (axis === "rows" ? sizes.w : sizes.h)) return { ...sizes, radius };
  throw new ShapeError(
    `${WHO}: expected images of more than ${radius} cells along ${axis} for a window of ${size}, got ${show(x)}; take a smaller window`,
  );
}

/**
 * Blurs images x [N, C, H, W] along one axis with Gaussian weights, each image with its own deviation; edges are mirrored.
 * Two runs with the same stream, one per axis, give torchvision's gaussian_blur. Throws `ShapeError` and `ValueError`.
 */
export const augmentBlur = kernel(shader, ({ x }, options: BlurOptions) => {
  const { n, c, h, w, radius } = sizesOf(x, options);
  const { sigma, gate, axis } = options;
  return {
    outputs: { y: x },
    params: {
      ...{ key: streamKey(WHO, options), number: options.first ?? 0, channels: c, size: [h, w] },
      ...{ down: axis === "columns" ? 1 : 0, radius, tile: TILE, gate: gateOf(gate) },
      ...{ sigma: sigma[0], sigma_range: sigma[1] - sigma[0] },
    },
    slots: { reach: options.grad ? "back" : "forward" },
    overrides: { WG: lanesOf(options) },
    grid: [Math.ceil((c * h * w) / TILE), n],
    flops: 2 * options.size * n * c * h * w,
  };
});

export const kinds = () => ({
  ...stream(),
  axis: required(oneOf("rows", "columns")),
  size: required(number),
  sigma: required(two),
  gate: record,
  first: natural,
  grad: boolean,
  coarse: boolean,
});

export const reference: Reference<typeof augmentBlur> = ({ x }, options) => {
  const { n, c, h, w, radius } = sizesOf(x.shape, options);
  const { sigma, gate, axis, first = 0 } = options;
  const y = Float64Array.from(x.data);
  const [length, stride] = axis === "rows" ? [w, 1] : [h, w];
  for (let image = 0; image < n; image++) {
    const draws = new ImageDraws(options, image);
    if (!draws.takes(first, gate ?? {})) continue;
    const own = sigma[0] + draws.units(first, 0)[1] * (sigma[1] - sigma[0]);
    const window = Array.from({ length: 2 * radius + 1 }, (_, k) =>
      Math.exp(-(((k - radius) / own) ** 2) / 2),
    );
    const total = window.reduce((sum, v) => sum + v, 0);
    y.fill(0, image * c * h * w, (image + 1) * c * h * w);
    for (let e = image * c * h * w; e < (image + 1) * c * h * w; e++) {
      const at = axis === "rows" ? e % w : Math.floor(e / w) % h;
      window.forEach((weight, k) => {
        const far = Math.abs(at + k - radius);
        const cell = e + ((far < length ? far : 2 * (length - 1) - far) - at) * stride;
        const [to, from] = options.grad ? [cell, e] : [e, cell];
        y[to] = (y[to] as number) + (weight / total) * (x.data[from] as number);
      });
    }
  }
  return { y };
};

const test = (
  name: string,
  x: readonly number[],
  options: Omit<BlurOptions, "seed">,
): Case<typeof augmentBlur> => ({
  name,
  inputs: { x },
  options: { seed: 3, ...options },
  tolerance: { atol: 2e-6, rtol: 2e-6, length: options.size },
});

export const cases: Case<typeof augmentBlur>[] = [
  test("along rows", [3, 2, 4, 9], { axis: "rows", size: 5, sigma: [0.1, 2] }),
  test("along columns, some of them", [9, 1, 7, 5], {
    ...{ axis: "columns", size: 3, sigma: [0.5, 3], gate: { p: 0.5 }, first: 2 },
  }),
  test("a window of one", [1, 1, 3, 4], { axis: "rows", size: 1, sigma: [1, 1] }),
  test("a window as wide as it may be", [2, 1, 4, 5], {
    ...{ axis: "columns", size: 7, sigma: [2, 2] },
  }),
  test("over more than a workgroup makes", [2, 3, 23, 41], {
    ...{ axis: "columns", size: 9, sigma: [1, 4] },
  }),
  test("back along rows", [2, 1, 3, 9], { axis: "rows", size: 5, sigma: [0.5, 2], grad: true }),
  test("back along columns, as far as it may be", [2, 1, 4, 5], {
    ...{ axis: "columns", size: 7, sigma: [2, 2], grad: true },
  }),
  test("back of a cell", [2, 1, 1, 1], { axis: "rows", size: 1, sigma: [2, 2], grad: true }),
  test("on coarse", [2, 2, 6, 40], { axis: "rows", size: 63, sigma: [9, 9], coarse: true }),
  {
    name: "safety: NaN and infinity reach as far as the window, not where weights are 0",
    inputs: {
      x: { shape: [2, 1, 3, 9], fill: (i) => (i === 4 ? NaN : i === 14 ? Infinity : i) },
    },
    options: { seed: 3, axis: "rows", size: 3, sigma: [1, 1] },
  },
];

export const benches: Case<typeof augmentBlur>[] = [
  {
    name: "64 × 3 × 224², 5 along rows",
    inputs: { x: [64, 3, 224, 224] },
    options: { seed: 1, axis: "rows", size: 5, sigma: [0.1, 2] },
  },
];
