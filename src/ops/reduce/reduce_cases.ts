import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as argmaxReference } from "../../kernels/reduce/argmax.ts";
import { type ReduceOp, reference as reduceReference } from "../../kernels/reduce/reduce.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases, OpInput } from "../op_case.ts";
import { argmax, max, mean, min, type ReduceAxes, sum } from "./reduce.ts";

const host = (op: ReduceOp, options: ReduceAxes) => (x: HostTensor) =>
  reduceReference({ x }, { op, ...options }).y;

/** A mean is a sum divided by the number of elements. */
const meanReference = (options: ReduceAxes) => (x: HostTensor) => {
  const y = Float64Array.from(host("sum", options)(x));
  return y.map((value) => (value * y.length) / x.data.length);
};

const shapes: readonly (readonly [name: string, options: ReduceAxes, shape: number[]])[] = [
  ["everything", {}, []],
  ["the first axis", { axes: [0] }, [3, 4]],
  ["an inner axis, kept", { axes: [1], keepDims: true }, [2, 1, 4]],
  ["two axes from the end", { axes: [-1, -3] }, [3]],
  ["no axis", { axes: [] }, [2, 3, 4]],
];

function reduction(
  run: (x: Tensor, options: ReduceAxes) => Tensor,
  reference: (options: ReduceAxes) => (x: HostTensor) => ArrayLike<number>,
): OpCase[] {
  const special: OpInput = { shape: [2, 3], fill: (i) => [NaN, 1, 2, 1e4, -1e4, 3][i] ?? 0 };
  return [
    ...shapes.map(([name, options, shape]) => ({
      name,
      inputs: [{ shape: [2, 3, 4] }],
      run: (x: Tensor) => run(x, options),
      reference: reference(options),
      shape,
      tolerance: { length: 24 },
    })),
    {
      name: "rows long enough for two passes",
      inputs: [{ shape: [2, 9001], grad: false }],
      run: (x) => run(x, { axes: [1] }),
      reference: reference({ axes: [1] }),
      shape: [2],
      tolerance: { length: 9001 },
    },
    {
      name: "safety: a NaN spoils its row only",
      inputs: [{ ...special, grad: false }],
      run: (x) => run(x, { axes: [1] }),
      reference: reference({ axes: [1] }),
    },
  ];
}

const largest = (name: string, x: OpInput): OpCase => ({
  name,
  inputs: [{ ...x, grad: false }],
  run: (input) => argmax(input),
  reference: (input) => argmaxReference({ x: input }, {}).index,
  shape: x.shape.slice(0, -1),
  tolerance: "exact",
});

export const cases: OpCases = {
  sum: reduction(sum, (options) => host("sum", options)),
  mean: reduction(mean, meanReference),
  max: reduction(max, (options) => host("max", options)),
  min: reduction(min, (options) => host("min", options)),
  argmax: [
    largest("rows, the first of equals and of NaN", {
      shape: [4, 3],
      fill: (i) => [1, 3, 3, 7, 5, 6, 2, NaN, 9, -1, -1, -2][i] ?? 0,
    }),
    largest("a vector gives a scalar", { shape: [17] }),
    largest("safety: ±1e4 and infinities", {
      shape: [2, 4],
      fill: (i) => [-1e4, -Infinity, 1e4, 0, -Infinity, -Infinity, Infinity, 1e4][i] ?? 0,
    }),
  ],
};
