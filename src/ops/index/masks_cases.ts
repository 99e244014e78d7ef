import { reference, type TriangleOptions } from "../../kernels/shape/triangle.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { maskedFill, tril, triu } from "./masks.ts";

const triangular = (
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  options: TriangleOptions,
): OpCase => ({
  name,
  inputs: [{ shape }],
  run,
  reference: (x) => reference({ x }, options).y,
  shape,
  tolerance: "exact",
});

const mask = (...shape: number[]) => ({
  shape,
  fill: (i: number) => (i % 3 === 0 ? 1 : 0),
  grad: false,
});

export const cases: OpCases = {
  tril: [
    triangular("square", [4, 4], (x) => tril(x), { high: 0 }),
    triangular("a batch, one above", [2, 3, 5], (x) => tril(x, 1), { high: 1 }),
  ],
  triu: [
    triangular("square", [4, 4], (x) => triu(x), { low: 0 }),
    triangular("tall, one below", [5, 3], (x) => triu(x, -1), { low: -1 }),
  ],
  maskedFill: [
    {
      name: "attention: −∞ where a row of the mask says so",
      inputs: [{ shape: [2, 3, 4], grad: false }, mask(3, 4)],
      run: (x, m) => maskedFill(x, m, -Infinity),
      reference: (x, m) =>
        Float64Array.from(x.data, (value, i) => (m.data[i % 12] ? -Infinity : value)),
      shape: [2, 3, 4],
      tolerance: "exact",
    },
    {
      name: "no gradient where it is filled",
      inputs: [{ shape: [3, 4] }, mask(3, 1)],
      run: (x, m) => maskedFill(x, m, 7),
      reference: (x, m) =>
        Float64Array.from(x.data, (value, i) => (m.data[Math.floor(i / 4)] ? 7 : value)),
      shape: [3, 4],
      tolerance: "exact",
    },
  ],
};
