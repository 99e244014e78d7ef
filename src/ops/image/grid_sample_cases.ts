import { nameOf, points, reference, ways } from "../../kernels/sample/grid.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { affineGrid, type GridSampleOptions, gridSample } from "./grid_sample.ts";

const tolerance = { atol: 4e-6, rtol: 4e-6, length: 64 };

/** Points farther from the edges of cells than the step of the central differences, since the gradient jumps there. */
const sampled = (options: Required<GridSampleOptions>): OpCase => ({
  name: nameOf(options),
  inputs: [{ shape: [2, 2, 3, 4] }, { ...points(2, 3, 2, 2) }],
  run: (x, grid) => gridSample(x, grid, options),
  reference: (x, grid) => reference({ x, grid }, options).y,
  shape: [2, 2, 3, 2],
  tolerance,
});

const affine = (name: string, size: readonly number[], alignCorners: boolean): OpCase => ({
  name,
  inputs: [{ shape: [size[0] ?? 0, 2, 3] }],
  run: (theta) => affineGrid(theta, size, { alignCorners }),
  reference: ({ data }) => {
    const [n = 0, , h = 0, w = 0] = size;
    const at = (i: number, cells: number) => {
      if (alignCorners) return cells === 1 ? 0 : -1 + (i * 2) / (cells - 1);
      return -1 + (i + 0.5) * (2 / cells);
    };
    return Float64Array.from({ length: n * h * w * 2 }, (_, i) => {
      const cell = Math.floor(i / 2) % (h * w);
      const row = 6 * Math.floor(i / (2 * h * w)) + 3 * (i % 2);
      const [a = 0, b = 0, c = 0] = [data[row], data[row + 1], data[row + 2]];
      return a * at(cell % w, w) + b * at(Math.floor(cell / w), h) + c;
    });
  },
  shape: [size[0] ?? 0, size[2] ?? 0, size[3] ?? 0, 2],
  tolerance: { length: 16 },
});

export const cases: OpCases = {
  gridSample: [
    ...ways.map(sampled),
    {
      ...sampled({ mode: "bilinear", paddingMode: "border", alignCorners: false }),
      name: "many points at one cell: every gradient counts",
      inputs: [{ shape: [1, 1, 2, 2] }, { shape: [1, 1, 90, 2], fill: (i) => (i % 7) / 50 - 0.4 }],
      shape: [1, 1, 1, 90],
      tolerance: { ...tolerance, length: 400 },
    },
  ],
  affineGrid: [
    affine("rims at −1 and 1", [2, 3, 3, 4], false),
    affine("corners at −1 and 1", [2, 3, 3, 4], true),
    affine("4 × 7 cells", [1, 2, 4, 7], false),
    affine("4 × 7 cells, corners", [1, 2, 4, 7], true),
    affine("one cell", [2, 1, 1, 1], true),
  ],
};
