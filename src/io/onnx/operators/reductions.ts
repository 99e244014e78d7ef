import { abs, log, pow, square, sub } from "../../../ops/elementwise/elementwise.ts";
import { topk } from "../../../ops/index/sort.ts";
import { logsumexp } from "../../../ops/reduce/over_axes.ts";
import { prod } from "../../../ops/reduce/prod.ts";
import {
  argmax,
  argmin,
  max,
  mean,
  min,
  type ReduceAxes,
  sum,
} from "../../../ops/reduce/reduce.ts";
import { cumsum } from "../../../ops/reduce/scan.ts";
import { norm } from "../../../ops/reduce/vector_norm.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import { pad, slice } from "../../../ops/shape/shape.ts";
import { flip } from "../../../ops/shape/turn.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { reduced } from "../host.ts";
import {
  axesFrom,
  axisFrom,
  type HostCall,
  intOf,
  listOf,
  type NodeCall,
  type Operator,
  type Result,
} from "../operator.ts";

/**
 * The axes of a reduction: an attribute in older opsets, an input in newer ones; if omitted all axes, or none if an option
 * says so.
 */
function axesOf(call: NodeCall | HostCall): { axes: number[]; keepDims: boolean } {
  const rank = call.shape(0).length;
  const given = listOf(call, "axes", 1) ?? [];
  const none = given.length === 0 && intOf(call, "noop_with_empty_axes", 0) === 0;
  const axes = none ? call.shape(0).map((_, axis) => axis) : axesFrom(given, rank);
  return { axes, keepDims: intOf(call, "keepdims", 1) === 1 };
}

function reduction(
  gpu: (x: Tensor, over: Required<ReduceAxes>) => Tensor,
  host?: (values: number[]) => number,
  element: (x: Tensor) => Tensor = (x) => x,
): Operator {
  return {
    host: [1],
    run: (call) => {
      const over = axesOf(call);
      const x = call.tensor(0);
      return over.axes.length ? gpu(x, over) : element(x);
    },
    ...(host && {
      fold: (call) => {
        const { axes, keepDims } = axesOf(call);
        return reduced(call.value(0), axes, keepDims, host);
      },
    }),
  };
}

/** (Σ |x|ᵖ)^(1/p) */
export function lpNorm(x: Tensor, p: number, over: ReduceAxes): Tensor {
  if (p === 1 || p === 2) return norm(x, { ...over, p });
  return pow(sum(pow(abs(x), p), over), 1 / p);
}

const total = (values: number[]): number => values.reduce((a, b) => a + b, 0);

/** The index of an extremum: the first of equal ones or, with an option, the last. */
function extremum(find: (x: Tensor, axis: number) => Tensor): Operator {
  return {
    run: (call): Result => {
      const x = call.tensor(0);
      const axis = axisFrom(intOf(call, "axis", 0), x.shape.length);
      const last = intOf(call, "select_last_index", 0) === 1;
      const found = find(last ? flip(x, axis) : x, axis);
      const index = last ? sub((x.shape[axis] as number) - 1, found) : found;
      const keep = intOf(call, "keepdims", 1) === 1;
      const shape = x.shape.flatMap((n, k) => (k === axis ? (keep ? [1] : []) : [n]));
      return { tensor: reshape(index, shape), type: "int64", shape };
    },
  };
}

/** The axis and k of the node: k is an attribute up to opset 9. */
const top: Operator = {
  host: [1],
  run: (call) => {
    const k = listOf(call, "k", 1)?.[0] ?? intOf(call, "k", 1);
    const axis = intOf(call, "axis", -1);
    const { values, indices } = topk(call.tensor(0), call.has(1) ? k : intOf(call, "k", 1), {
      ...{ axis, largest: intOf(call, "largest", 1) === 1 },
    });
    return [values, { tensor: indices, type: "int64", shape: indices.shape }];
  },
};

/** Cumulative sums along an axis; optionally from the end, and excluding the element itself. */
const runningSums: Operator = {
  host: [1],
  run: (call) => {
    const axis = axisFrom(call.numbers(1)[0] ?? 0, call.shape(0).length);
    const reverse = intOf(call, "reverse", 0) === 1;
    const x = reverse ? flip(call.tensor(0), axis) : call.tensor(0);
    const sums = cumsum(intOf(call, "exclusive", 0) === 1 ? shifted(x, axis) : x, axis);
    return reverse ? flip(sums, axis) : sums;
  },
};

/** x shifted by one along an axis: a zero first, and without the last element. */
function shifted(x: Tensor, axis: number): Tensor {
  const long = pad(
    x,
    x.shape.map((_, k) => [k === axis ? 1 : 0, 0] as const),
  );
  return slice(
    long,
    x.shape.map((n) => ({ start: 0, end: n })),
  );
}

/** Reductions, indices of extrema and cumulative sums, by ONNX's names. */
export const reductions: Readonly<Record<string, Operator>> = {
  ReduceSum: reduction(sum, total),
  ReduceMean: reduction(mean, (values) => total(values) / values.length),
  ReduceMax: reduction(max, (values) => Math.max(...values)),
  ReduceMin: reduction(min, (values) => Math.min(...values)),
  ReduceProd: reduction(prod, (values) => values.reduce((a, b) => a * b, 1)),
  ReduceL1: reduction((x, over) => norm(x, { ...over, p: 1 }), undefined, abs),
  ReduceL2: reduction((x, over) => norm(x, { ...over, p: 2 }), undefined, abs),
  ReduceLogSum: reduction((x, over) => log(sum(x, over)), undefined, log),
  ReduceLogSumExp: reduction(logsumexp, undefined, (x) => x),
  ReduceSumSquare: reduction((x, over) => sum(square(x), over), undefined, square),
  ArgMax: extremum(argmax),
  ArgMin: extremum(argmin),
  TopK: top,
  CumSum: runningSums,
};
