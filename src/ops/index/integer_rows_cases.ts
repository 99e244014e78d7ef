import type { HostTensor } from "../../kernels/kernel.ts";
import { data, each, great, same, total, whole } from "../elementwise/integer_inputs.ts";
import type { OpCases } from "../op_case.ts";
import { argmax, argmin, max, mean, min, sum } from "../reduce/reduce.ts";
import { cumsum } from "../reduce/scan.ts";
import { gather, indexSelect } from "./indexing.ts";
import { sort, topk } from "./sort.ts";

/** Positions of the elements in ascending order; equal elements by position. */
const order = (x: HostTensor) =>
  data(x)
    .map((value, i) => ({ value, i }))
    .sort((a, b) => a.value - b.value || a.i - b.i);

export const cases: OpCases = {
  sum: [
    ...each((dtype) =>
      same(
        `${dtype} in ${dtype}`,
        great(dtype, 3, 33),
        (x) => sum(x),
        (x) => [total(x)],
      ),
    ),
    same(
      "along an axis",
      whole("i32", 40, 3),
      (x) => sum(x, { axes: [0] }),
      (x) =>
        [0, 1, 2].map((c) => total({ shape: [40], data: data(x).filter((_, i) => i % 3 === c) })),
    ),
  ],
  mean: each((dtype) => ({
    ...same(
      `${dtype} in f32`,
      whole(dtype, 5, 4),
      (x) => mean(x),
      (x) => [total(x) / 20],
      "f32",
    ),
    tolerance: {},
  })),
  max: each((dtype) =>
    same(
      dtype,
      great(dtype, 4, 19),
      (x) => max(x),
      (x) => [Math.max(...data(x))],
    ),
  ),
  min: each((dtype) =>
    same(
      dtype,
      whole(dtype, 4, 19),
      (x) => min(x),
      (x) => [Math.min(...data(x))],
    ),
  ),
  argmax: each((dtype) =>
    same(
      dtype,
      great(dtype, 14),
      (x) => argmax(x),
      (x) => [data(x).indexOf(Math.max(...data(x)))],
      "u32",
    ),
  ),
  argmin: each((dtype) =>
    same(
      dtype,
      whole(dtype, 14),
      (x) => argmin(x),
      (x) => [data(x).indexOf(Math.min(...data(x)))],
      "u32",
    ),
  ),
  cumsum: each((dtype) =>
    same(
      dtype,
      great(dtype, 33),
      (x) => cumsum(x),
      (x) => data(x).map((_, i) => total({ shape: [], data: data(x).slice(0, i + 1) })),
    ),
  ),
  sort: each((dtype) =>
    same(
      dtype,
      great(dtype, 20),
      (x) => {
        const { values, indices } = sort(x);
        return [values, indices];
      },
      (x) => [order(x).map(({ value }) => value), order(x).map(({ i }) => i)],
    ),
  ),
  topk: [
    same(
      "i32, the smallest",
      whole("i32", 14),
      (x) => topk(x, 3, { largest: false }).values,
      (x) =>
        order(x)
          .slice(0, 3)
          .map(({ value }) => value),
    ),
  ],
  indexSelect: [
    {
      name: "integers: labels by an index of i32",
      inputs: [great("u32", 6), { shape: [3], dtype: "i32", fill: (i) => 5 - 2 * i }],
      run: (x, index) => indexSelect(x, 0, index),
      reference: (x) => [5, 3, 1].map((i) => x.data[i] as number),
      dtype: "u32",
      tolerance: "exact",
    },
  ],
  gather: [
    {
      name: "integers: i32 by i32",
      inputs: [whole("i32", 2, 4), { shape: [2, 1], dtype: "i32", fill: (i) => 3 - i }],
      run: (x, index) => gather(x, 1, index),
      reference: (x) => [3, 6].map((i) => x.data[i] as number),
      dtype: "i32",
      tolerance: "exact",
    },
  ],
};
