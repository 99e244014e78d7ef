import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as argmaxReference } from "../../kernels/reduce/argmax.ts";
import { planReduction } from "../../kernels/reduce/axes.ts";
import { reference as reduceReference } from "../../kernels/reduce/reduce.ts";
import type { OpCases } from "../op_case.ts";
import { argmin } from "./reduce.ts";
import { std, type VarianceOptions, variance } from "./variance.ts";
import { type NormOverOptions, norm } from "./vector_norm.ts";

/** Σ (x − mean)² / (n − correction) from the references of the sums. */
function variances(x: HostTensor, { correction = 1, ...axes }: VarianceOptions): Float64Array {
  const options = { axes: axes.axes, keepDims: true };
  const { length, shape } = planReduction("variance", x.shape, options);
  const means = reduceReference({ x }, { op: "sum", ...options, scale: 1 / length }).y;
  const owner = Array.from({ length: x.data.length }, (_, i) => outputOf(i, x.shape, shape));
  const result = new Float64Array(means.length);
  owner.forEach((o, i) => {
    const d = (x.data[i] as number) - (means[o] as number);
    result[o] = (result[o] as number) + (d * d) / Math.max(0, length - correction);
  });
  return result;
}

/** Index of the output that element i contributes to, for outputs of shape `kept` with 1 for reduced axes. */
function outputOf(i: number, shape: readonly number[], kept: readonly number[]): number {
  let [rest, index, step] = [i, 0, 1];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis] as number;
    if (kept[axis] !== 1) {
      index += (rest % n) * step;
      step *= n;
    }
    rest = Math.floor(rest / n);
  }
  return index;
}

const deviations = (x: HostTensor, options: VarianceOptions) =>
  variances(x, options).map(Math.sqrt);

function norms(x: HostTensor, { p = 2, ...axes }: NormOverOptions): Float64Array {
  const data = Float64Array.from(x.data, (value) => (p === 2 ? value * value : Math.abs(value)));
  const op = p === Infinity ? "max" : "sum";
  const y = Float64Array.from(reduceReference({ x: { shape: x.shape, data } }, { op, ...axes }).y);
  return p === 2 ? y.map(Math.sqrt) : y;
}

const far = (_: number, random: () => number) => 1e4 + random() - 0.5;

const spreads: readonly {
  name: string;
  shape: number[];
  options: VarianceOptions;
  result: number[];
}[] = [
  { name: "everything", shape: [3, 5, 7], options: {}, result: [] },
  { name: "the last axes", shape: [3, 5, 7], options: { axes: [1, 2] }, result: [3] },
  {
    name: "the first axis",
    shape: [9, 2, 3],
    options: { axes: [0], correction: 0 },
    result: [2, 3],
  },
  {
    name: "first and last axis, kept",
    shape: [4, 3, 5],
    options: { axes: [0, -1], keepDims: true },
    result: [1, 3, 1],
  },
  { name: "a middle axis", shape: [2, 6, 3], options: { axes: [1] }, result: [2, 3] },
  {
    name: "two axes apart, correction 2",
    shape: [2, 3, 4, 5],
    options: { axes: [-1, 1], correction: 2 },
    result: [2, 4],
  },
  {
    name: "one element each, no correction",
    shape: [4, 1],
    options: { axes: [1], correction: 0 },
    result: [4],
  },
];

export const cases: OpCases = {
  variance: [
    ...spreads.map(({ name, shape, options, result }) => ({
      name,
      inputs: [{ shape }],
      run: (x: Parameters<typeof variance>[0]) => variance(x, options),
      reference: (x: HostTensor) => variances(x, options),
      shape: result,
    })),
    {
      name: "safety: mean 1e4 times the deviation",
      inputs: [{ shape: [2, 300], fill: far, grad: false }],
      run: (x) => variance(x, { axes: [1] }),
      reference: (x) => variances(x, { axes: [1] }),
    },
    {
      name: "safety: 1e30·[1, 2, 3, 4]: ∞, as float32 has it",
      inputs: [{ shape: [4], fill: (i) => 1e30 * (i + 1), grad: false }],
      run: (x) => variance(x),
      reference: (x) => variances(x, {}),
    },
    {
      name: "one element has no unbiased variance",
      inputs: [{ shape: [3, 1], grad: false }],
      run: (x) => variance(x, { axes: [1] }),
      reference: () => new Float64Array(3).fill(Number.NaN),
    },
  ],
  std: [
    ...spreads.slice(0, 6).map(({ name, shape, options, result }) => ({
      name,
      inputs: [{ shape }],
      run: (x: Parameters<typeof std>[0]) => std(x, options),
      reference: (x: HostTensor) => deviations(x, options),
      shape: result,
    })),
    {
      name: "safety: mean 1e4 times the deviation",
      inputs: [{ shape: [300], fill: far, grad: false }],
      run: (x) => std(x),
      reference: (x) => deviations(x, {}),
    },
    {
      name: "safety: 1e30·[1, 2, 3, 4], whose variance is beyond f32, and a constant row",
      inputs: [{ shape: [2, 4], fill: (i) => (i < 4 ? 1e30 * (i + 1) : 3), grad: false }],
      run: (x) => std(x, { axes: [1] }),
      reference: (x) => deviations(x, { axes: [1] }),
    },
    {
      name: "safety: 1e-30·[1, 2, 3, 4], whose variance is beyond f32, constant rows, and a row of 1",
      inputs: [
        {
          shape: [5, 4],
          fill: (i) => [1e-30 * (i + 1), 3, 1e30, 0, 1 + i][Math.floor(i / 4)] as number,
          grad: false,
        },
      ],
      run: (x) => std(x, { axes: [1] }),
      reference: (x) => deviations(x, { axes: [1] }),
    },
    {
      name: "safety: numbers around 1e-30, rows in pieces",
      inputs: [{ shape: [2, 20_000], fill: (i) => 1e-30 * ((i % 7) - 2), grad: false }],
      run: (x) => std(x, { axes: [1] }),
      reference: (x) => deviations(x, { axes: [1] }),
    },
    {
      name: "safety: 1e-30·[1, 2, 3, 4] down the columns",
      inputs: [{ shape: [4, 3], fill: (i) => 1e-30 * (1 + Math.floor(i / 3)), grad: false }],
      run: (x) => std(x, { axes: [0], correction: 0 }),
      reference: (x) => deviations(x, { axes: [0], correction: 0 }),
    },
    {
      name: "safety: 1e30·[1, 2, 3, 4] down the columns",
      inputs: [{ shape: [4, 3], fill: (i) => 1e30 * (1 + Math.floor(i / 3)), grad: false }],
      run: (x) => std(x, { axes: [0], correction: 0 }),
      reference: (x) => deviations(x, { axes: [0], correction: 0 }),
    },
  ],
  norm: ([1, 2, Infinity] as const).flatMap((p) => [
    ...[1e30, 1e-30].map((by) => ({
      name: `p = ${p}, numbers around ${by}`,
      inputs: [{ shape: [2, 5], fill: (i: number) => by * (i - 4), grad: false }],
      run: (x: Parameters<typeof norm>[0]) => norm(x, { p, axes: [1] }),
      reference: (x: HostTensor) => norms(x, { p, axes: [1] }),
      shape: [2],
    })),
    {
      name: `p = ${p}, a row of zeros, one with ∞`,
      inputs: [{ shape: [2, 3], fill: (i: number) => (i < 3 ? 0 : i / 0), grad: false }],
      run: (x: Parameters<typeof norm>[0]) => norm(x, { p, axes: [1] }),
      reference: (x: HostTensor) => norms(x, { p, axes: [1] }),
      shape: [2],
    },
    {
      name: `p = ${p}, everything`,
      inputs: [{ shape: [3, 11] }],
      run: (x: Parameters<typeof norm>[0]) => norm(x, { p }),
      reference: (x: HostTensor) => norms(x, { p }),
      shape: [],
    },
    {
      name: `p = ${p}, an axis kept`,
      inputs: [{ shape: [4, 5, 3] }],
      run: (x: Parameters<typeof norm>[0]) => norm(x, { p, axes: [1], keepDims: true }),
      reference: (x: HostTensor) => norms(x, { p, axes: [1] }),
      shape: [4, 1, 3],
    },
  ]),
  argmin: [
    {
      name: "the last axis",
      inputs: [{ shape: [5, 41], grad: false }],
      run: (x) => argmin(x),
      reference: (x) => argmaxReference({ x }, { largest: false }).index,
      shape: [5],
      tolerance: "exact",
    },
    {
      name: "the first axis",
      inputs: [{ shape: [7, 4, 3], grad: false }],
      run: (x) => argmin(x, 0),
      reference: (x) => argmaxReference({ x }, { axis: 0, largest: false }).index,
      shape: [4, 3],
      tolerance: "exact",
    },
  ],
};
