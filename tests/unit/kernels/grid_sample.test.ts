import { describe, expect, test } from "vitest";
import type { GridSampleOptions } from "../../../src/kernels/sample/geometry.ts";
import { reference } from "../../../src/kernels/sample/grid.ts";
import { reference as partsReference } from "../../../src/kernels/sample/grid_parts.ts";
import { reference as slopeReference } from "../../../src/kernels/sample/grid_slope.ts";
import { cases } from "../../../src/ops/image/grid_sample_cases.ts";
import { filled, goldenLines } from "../../support/golden_arrays.ts";

/** Expected values from torch, made by tests/golden/grid_sample.py, which has the formulas of x, theta and dy. */
interface Known {
  readonly options: Required<GridSampleOptions>;
  readonly grid: readonly number[];
  readonly y: readonly number[];
  readonly dx: readonly number[];
  readonly dgrid: readonly number[];
}

const known = goldenLines<Known>("grid_sample");

function close(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 6);
  });
}

describe("the references of sampling, and of its gradients, give what torch gives:", () => {
  const x = filled([1, 2, 5, 6], (i) => Math.sin(0.7 * i + 0.1 * i * i));
  const dy = filled([1, 2, 4, 7], (i) => Math.cos(0.9 * i + 0.05 * i * i));
  for (const { options, ...each } of known) {
    test(JSON.stringify(options), () => {
      const grid = filled([1, 4, 7, 2], (i) => each.grid[i] as number);
      close(reference({ x, grid }, options).y, each.y);
      close(slopeReference({ x, grid, dy }, options).dgrid, each.dgrid);
      const { parts, cells } = partsReference({ grid, dy }, { ...options, imageSize: [5, 6] });
      const dx = new Float64Array(60);
      for (let i = 0; i < parts.length; i++) {
        const cell = cells[i % cells.length] as number;
        const at = 30 * Math.floor(i / cells.length) + cell;
        if (cell < 30) dx[at] = (dx[at] as number) + (parts[i] as number);
      }
      close(dx, each.dx);
    });
  }
});

describe("the reference of affineGrid gives what torch gives:", () => {
  for (const alignCorners of [false, true]) {
    test(alignCorners ? "corners at −1 and 1" : "rims at −1 and 1", () => {
      const theta = filled([1, 2, 3], (i) => [1.1, 0.3, -0.15, -0.4, 0.9, 0.2][i] as number);
      const name = `4 × 7 cells${alignCorners ? ", corners" : ""}`;
      const found = cases.affineGrid?.find((each) => each.name === name)?.reference(theta);
      const torch = known.find(({ options }) => options.alignCorners === alignCorners);
      close(found as ArrayLike<number>, torch?.grid ?? []);
    });
  }
});
