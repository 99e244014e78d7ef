import shader from "#shaders/sample/grid_parts.wgsl";
import { required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { two } from "../option_kinds.ts";
import {
  cellsOfPoint,
  checkUpstream,
  type GridSampleOptions,
  samplePlan,
  sampling,
  tapsOfPoint,
} from "./geometry.ts";
import { kinds as gridKinds, nameOf, points, tolerance, ways } from "./grid.ts";
import { tapsOf } from "./taps.ts";

/** How the grid sampled an image, and the image's size, which cannot be derived from dy. */
export interface GridPartsOptions extends GridSampleOptions {
  /** [H, W] of the image that was sampled. */
  readonly imageSize: readonly [number, number];
}

const WHO = "sample/grid_parts";

function geometry(grid: readonly number[], dy: readonly number[], options: GridPartsOptions) {
  const s = sampling(WHO, [dy[0] ?? 0, dy[1] ?? 0, ...options.imageSize], grid);
  checkUpstream(WHO, s, dy);
  return { s, taps: tapsOf[options.mode ?? "bilinear"] ** 2 };
}

/**
 * Terms of the gradient of `gridSample` with respect to x: parts[N, C, points · taps], and cells[N, 1, points · taps]
 * (u32), the cell of H · W that each is added to; 0xffffffff for none. Throws `ShapeError` if the shapes do not fit.
 */
export const gridParts = kernel(shader, ({ grid, dy }, options: GridPartsOptions) => {
  const { s, taps } = geometry(grid, dy, options);
  const { batch, channels, points: each } = s;
  return {
    outputs: { parts: [batch, channels, each * taps], cells: [batch, 1, each * taps] },
    ...samplePlan(s, options, size(dy)),
    flops: 2 * taps * size(dy),
  };
});

export const kinds = () => ({ ...gridKinds(), imageSize: required(two) });

export const reference: Reference<typeof gridParts> = ({ grid, dy }, options) => {
  const { s, taps } = geometry(grid.shape, dy.shape, options);
  const parts = new Float64Array(dy.data.length * taps);
  const cells = new Float64Array(s.batch * s.points * taps).fill(0xffffffff);
  for (let i = 0; i < dy.data.length; i++) {
    const n = Math.floor(i / s.points / s.channels);
    const point = n * s.points + (i % s.points);
    const read = cellsOfPoint(s, tapsOfPoint(s, grid, point, options)) ?? [];
    read.forEach(({ cell, weight }, tap) => {
      parts[i * taps + tap] = weight * (dy.data[i] as number);
      cells[point * taps + tap] = cell < 0 ? 0xffffffff : cell;
    });
  }
  return { parts, cells };
};

export const cases: Case<typeof gridParts>[] = [
  ...ways.map((options) => ({
    name: nameOf(options),
    inputs: { grid: points(2, 4, 6, 2), dy: [2, 3, 4, 6] },
    options: { ...options, imageSize: [5, 7] as const },
    tolerance,
  })),
  {
    name: "safety: points that are none have no part",
    inputs: {
      grid: { shape: [1, 1, 3, 2], fill: (i) => [NaN, 0, 0, Infinity, 0.5, 0.3][i] ?? 0 },
      dy: [1, 2, 1, 3],
    },
    options: { imageSize: [2, 3] },
    tolerance,
  },
];
