import shader from "#shaders/sample/grid_slope.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  cellsOfPoint,
  checkUpstream,
  type GridSampleOptions,
  samplePlan,
  sampling,
  tapsOfPoint,
} from "./geometry.ts";
import { nameOf, points, tolerance, ways } from "./grid.ts";
import { tapsOf } from "./taps.ts";

const WHO = "sample/grid_slope";

/** The gradient of `gridSample` with respect to the grid; 0 for a NaN point. Throws `ShapeError` if the shapes do not fit. */
export const gridSlope = kernel(shader, ({ x, grid, dy }, options: GridSampleOptions) => {
  const s = sampling(WHO, x, grid);
  checkUpstream(WHO, s, dy);
  const count = s.batch * s.points;
  return {
    outputs: { dgrid: grid },
    ...samplePlan(s, options, count),
    flops: 2 * tapsOf[options.mode ?? "bilinear"] ** 2 * size(dy),
  };
});

export const reference: Reference<typeof gridSlope> = ({ x, grid, dy }, options) => {
  const s = sampling(WHO, x.shape, grid.shape);
  const dgrid = new Float64Array(grid.data.length);
  const less = options.alignCorners ? 1 : 0;
  const [h, w] = s.image;
  for (let point = 0; point < s.batch * s.points; point++) {
    const first = Math.floor(point / s.points) * s.channels;
    const read = cellsOfPoint(s, tapsOfPoint(s, grid, point, options)) ?? [];
    for (const { cell, slope } of read.filter((each) => each.cell >= 0)) {
      let value = 0;
      for (let c = first; c < first + s.channels; c++) {
        const upstream = dy.data[c * s.points + (point % s.points)] as number;
        value += upstream * (x.data[c * h * w + cell] as number);
      }
      const [dx, dy_] = [2 * point, 2 * point + 1];
      dgrid[dx] = (dgrid[dx] as number) + (value * slope[0] * (w - less)) / 2;
      dgrid[dy_] = (dgrid[dy_] as number) + (value * slope[1] * (h - less)) / 2;
    }
  }
  return { dgrid };
};

export const cases: Case<typeof gridSlope>[] = [
  ...ways.map((options) => ({
    name: nameOf(options),
    inputs: { x: [2, 3, 5, 7], grid: points(2, 4, 6, 2), dy: [2, 3, 4, 6] },
    options,
    tolerance: { ...tolerance, length: 256 },
  })),
  {
    name: "safety: points that are none have no gradient",
    inputs: {
      x: [1, 2, 2, 3],
      grid: { shape: [1, 1, 3, 2], fill: (i) => [NaN, 0, 0, Infinity, 0.5, 0.3][i] ?? 0 },
      dy: [1, 2, 1, 3],
    },
    options: {},
    tolerance,
  },
];

export { kinds } from "./grid.ts";
