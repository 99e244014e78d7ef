import { reference } from "../../kernels/index/nonzero.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { nonzero } from "./nonzero.ts";

const found = (name: string, shape: readonly number[], rows: number): OpCase => ({
  name,
  inputs: [{ shape, fill: (i) => (i % 3 === 0 ? 0 : i % 3 === 1 ? Number.NaN : -i), grad: false }],
  run: (x) => nonzero(x, rows),
  reference: (x) => reference({ x, places: x }, { rows }).y,
  shape: [rows, shape.length],
  tolerance: "exact",
});

export const cases: OpCases = {
  nonzero: [
    found("coordinates, and rows that are left", [3, 5], 12),
    found("the first two", [7], 2),
    found("none", [1, 1, 1], 2),
  ],
};
