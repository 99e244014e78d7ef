import type { HostTensor } from "../../kernels/kernel.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { all, any, logsumexp } from "./over_axes.ts";

/** The result of `of` for every row of n elements. */
const rows = ({ data }: HostTensor, n: number, of: (row: number[]) => number) =>
  Float64Array.from({ length: data.length / n }, (_, r) =>
    of(Array.from({ length: n }, (_, j) => data[r * n + j] as number)),
  );

function logOfSum(row: readonly number[]): number {
  const top = Math.max(...row);
  if (!Number.isFinite(top)) return top;
  let total = 0;
  for (const value of row) total += Math.exp(value - top);
  return top + Math.log(total);
}

const extremes = [
  ...[1000, 999, 0, -1000],
  ...[-Infinity, -Infinity, -Infinity, -Infinity],
  ...[-Infinity, 3, -Infinity, 3],
  ...[Infinity, 1, 2, 3],
];
const truth = {
  shape: [4, 3],
  fill: (i: number) => [0, 0, 0, 0, 2, 0, 1, -1, 5, Number.NaN, 1, 1][i] as number,
  grad: false,
};
const truths = (
  run: OpCase["run"],
  of: (row: number[]) => boolean,
  name: string,
  n: number,
): OpCase => ({
  name,
  inputs: [truth],
  run,
  reference: (x) => rows(x, n, (row) => (of(row) ? 1 : 0)),
  tolerance: "exact",
});
const some = (row: number[]) => row.some((value) => value !== 0);
const every = (row: number[]) => row.every((value) => value !== 0);
const nothing = (run: OpCase["run"], value: number): OpCase => ({
  name: "nothing",
  inputs: [{ shape: [2, 0], grad: false }],
  run,
  reference: () => [value],
  shape: [],
  tolerance: "exact",
});

export const cases: OpCases = {
  logsumexp: [
    {
      name: "rows, kept",
      inputs: [{ shape: [3, 7] }],
      run: (x) => logsumexp(x, { axes: [1], keepDims: true }),
      reference: (x) => rows(x, 7, logOfSum),
      shape: [3, 1],
      tolerance: { length: 7 },
    },
    {
      name: "everything",
      inputs: [{ shape: [2, 3] }],
      run: (x) => logsumexp(x),
      reference: (x) => rows(x, 6, logOfSum),
      shape: [],
      tolerance: { length: 6 },
    },
    {
      name: "large, −∞ throughout, ∞",
      inputs: [{ shape: [4, 4], fill: (i) => extremes[i] as number, grad: false }],
      run: (x) => logsumexp(x, { axes: [-1] }),
      reference: (x) => rows(x, 4, logOfSum),
      shape: [4],
    },
  ],
  any: [
    truths((x) => any(x, { axes: [1] }), some, "rows", 3),
    truths((x) => any(x), some, "everything", 12),
    nothing((x) => any(x), 0),
  ],
  all: [
    truths((x) => all(x, { axes: [1] }), every, "rows", 3),
    truths((x) => all(x), every, "everything", 12),
    nothing((x) => all(x), 1),
  ],
};
