import shader from "#shaders/sample/grid.wgsl";
import { boolean } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, type Fill, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import {
  cellsOfPoint,
  type GridSampleOptions,
  samplePlan,
  sampling,
  tapsOfPoint,
} from "./geometry.ts";
import { tapsOf } from "./taps.ts";

const WHO = "gridSample";

/**
 * y[n, c, p] = x[n, c] at the point grid[n, p] = (gx, gy), with −1 and 1 at the edges: torch.nn.functional.grid_sample.
 * Throws `ShapeError` if the shapes do not fit.
 */
export const gridSample = kernel(shader, ({ x, grid }, options: GridSampleOptions) => {
  const s = sampling(WHO, x, grid);
  const taps = tapsOf[options.mode ?? "bilinear"] ** 2;
  return {
    outputs: { y: s.result },
    ...samplePlan(s, options, size(s.result)),
    flops: 3 * taps * size(s.result),
  };
});

export const kinds = () => ({
  mode: slot(gridSample, "filter"),
  paddingMode: slot(gridSample, "padding"),
  alignCorners: boolean,
});

export const reference: Reference<typeof gridSample> = ({ x, grid }, options) => {
  const s = sampling(WHO, x.shape, grid.shape);
  const y = new Float64Array(size(s.result));
  const image = s.image[0] * s.image[1];
  for (let point = 0; point < s.batch * s.points; point++) {
    const cells = cellsOfPoint(s, tapsOfPoint(s, grid, point, options));
    const n = Math.floor(point / s.points);
    for (let plane = n * s.channels; plane < (n + 1) * s.channels; plane++) {
      let sum = cells ? 0 : Number.NaN;
      for (const { cell, weight } of cells ?? []) {
        if (cell >= 0) sum += weight * (x.data[plane * image + cell] as number);
      }
      y[plane * s.points + (point % s.points)] = sum;
    }
  }
  return { y };
};

/** Points from −1.4 to 1.4, none of them on the edge of a cell. */
export const points = (...shape: number[]) => ({
  shape,
  fill: ((i) => (((i * 37) % 113) / 113) * 2.8 - 1.4) satisfies Fill,
});

/** Every mode with every padding and both meanings of −1 and 1. */
export const ways: readonly Required<GridSampleOptions>[] = (
  ["bilinear", "nearest", "bicubic"] as const
).flatMap((mode) =>
  (["zeros", "border", "reflection"] as const).flatMap((paddingMode) =>
    [false, true].map((alignCorners) => ({ mode, paddingMode, alignCorners }) as const),
  ),
);

export const nameOf = ({ mode, paddingMode, alignCorners }: Required<GridSampleOptions>) =>
  `${mode}, ${paddingMode}${alignCorners ? ", corners" : ""}`;

/** For interpolated values, and for positions with errors of a few units in the last place of the image's size. */
export const tolerance = { atol: 4e-6, rtol: 4e-6, length: 16 };

export const cases: Case<typeof gridSample>[] = [
  ...ways.map((options) => ({
    name: nameOf(options),
    inputs: { x: [2, 3, 5, 7], grid: points(2, 4, 6, 2) },
    options,
    tolerance,
  })),
  {
    name: "one cell",
    inputs: { x: [1, 1, 1, 1], grid: points(1, 3, 3, 2) },
    options: {},
    tolerance,
  },
  {
    name: "one cell, reflected at its centre",
    inputs: { x: [1, 2, 1, 1], grid: points(1, 3, 3, 2) },
    options: { paddingMode: "reflection", alignCorners: true },
    tolerance,
  },
  {
    name: "half-way between cells: nearest takes the even one",
    inputs: {
      x: [1, 1, 4, 4],
      grid: { shape: [1, 4, 4, 2], fill: (i) => (((i * 5) % 9) - 4) / 4 },
    },
    options: { mode: "nearest" },
    tolerance: "exact",
  },
  {
    name: "safety: far points and infinite ones lie outside, NaN is no point",
    inputs: {
      x: [1, 2, 3, 4],
      grid: {
        shape: [1, 1, 6, 2],
        fill: (i) => [1e30, 0, 0.1, -Infinity, Infinity, 0.2, NaN, 0, 0, NaN, 0.3, -0.4][i] ?? 0,
      },
    },
    options: {},
    tolerance,
  },
  {
    name: "safety: far points are held at the edge",
    inputs: {
      x: [1, 2, 3, 4],
      grid: { shape: [1, 1, 2, 2], fill: (i) => [1e30, -1e30, -Infinity, Infinity][i] ?? 0 },
    },
    options: { paddingMode: "border" },
    tolerance,
  },
  { name: "no points", inputs: { x: [2, 1, 3, 3], grid: [2, 0, 4, 2] }, options: {} },
];

export const benches: Case<typeof gridSample>[] = [
  { name: "64 × 3 × 224²", inputs: { x: [64, 3, 224, 224], grid: [64, 224, 224, 2] }, options: {} },
];
