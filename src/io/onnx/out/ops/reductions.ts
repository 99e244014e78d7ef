import type { ReduceAxes } from "../../../../ops/reduce/reduce.ts";
import type { Tensor } from "../../../../tensor/tensor.ts";
import { axesOf, type Exporters, fromZero, refuse } from "../exporter.ts";
import { elementTypeOf, type GraphOut } from "../graph.ts";

/** x reduced over axes: an attribute of the operator in older opsets, an input in newer ones. */
function reduced(graph: GraphOut, op: string, x: string, axes: readonly number[], keep: boolean) {
  if (axes.length === 0) return graph.node("Identity", [x]);
  const keepdims = keep ? 1 : 0;
  if (graph.opset >= 18 || op === "ReduceSum") {
    return graph.node(op, [x, graph.integers(axes)], { keepdims });
  }
  return graph.node(op, [x], { axes, keepdims });
}

const reduction =
  (op: string) =>
  (
    graph: GraphOut,
    [x, given = {}]: readonly [Tensor, (ReduceAxes | undefined)?],
    out: Tensor,
  ): string => {
    const value = elementTypeOf(out) === "float" ? graph.floats(x) : graph.name(x);
    return reduced(graph, op, value, axesOf(x, given.axes), given.keepDims ?? false);
  };

/** Reduces whether elements are not 0. */
const truths =
  (op: string) =>
  (graph: GraphOut, [x, given = {}]: readonly [Tensor, (ReduceAxes | undefined)?]): string => {
    if (x.size === 0) refuse("any() or all() of an empty tensor");
    const holds = graph.cast(graph.cast(graph.name(x), "bool"), "float");
    return reduced(graph, op, holds, axesOf(x, given.axes), given.keepDims ?? false);
  };

const largest =
  (op: string) =>
  (graph: GraphOut, [x, axis = -1]: readonly [Tensor, (number | undefined)?]): string =>
    graph.node(op, [graph.name(x)], { axis: fromZero(x, axis), keepdims: 0 });

/** Σ (x − mean)² / (n − correction) */
function variance(
  graph: GraphOut,
  x: Tensor,
  {
    axes: given,
    keepDims = false,
    correction = 1,
  }: ReduceAxes & { correction?: number | undefined },
): string {
  const axes = axesOf(x, given);
  const count = axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);
  const value = graph.floats(x);
  const centred = graph.node("Sub", [value, reduced(graph, "ReduceMean", value, axes, true)]);
  const squares = graph.node("Mul", [centred, centred]);
  const sum = reduced(graph, "ReduceSum", squares, axes, keepDims);
  return graph.node("Div", [sum, graph.float(count - correction)]);
}

/** The first k elements along an axis in order: their values, then their indices. */
function ordered(graph: GraphOut, x: Tensor, k: number, axis: number, largest: boolean) {
  const attributes = { axis: fromZero(x, axis), largest: largest ? 1 : 0, sorted: 1 };
  return graph.several("TopK", [graph.name(x), graph.integers([k])], 2, attributes);
}

const lengthOf = (x: Tensor, axis: number): number => x.shape[fromZero(x, axis)] as number;

/** Reductions and sorting. */
export const reductions: Exporters = {
  ...{ mean: reduction("ReduceMean"), max: reduction("ReduceMax"), min: reduction("ReduceMin") },
  ...{ prod: reduction("ReduceProd"), logsumexp: reduction("ReduceLogSumExp") },
  ...{ argmax: largest("ArgMax"), argmin: largest("ArgMin") },
  sum: (graph, [x, given = {}], out) => {
    if (given.into) refuse("a sum written into an existing tensor");
    return reduction("ReduceSum")(graph, [x, given], out);
  },
  variance: (graph, [x, given = {}]) => variance(graph, x, given),
  norm: (graph, [x, { p = 2, axes, keepDims = false } = {}]) => {
    const value = graph.floats(x);
    if (p !== Infinity) return reduced(graph, `ReduceL${p}`, value, axesOf(x, axes), keepDims);
    return reduced(graph, "ReduceMax", graph.node("Abs", [value]), axesOf(x, axes), keepDims);
  },
  topk: (graph, [x, k, { axis = -1, largest = true } = {}]) => ordered(graph, x, k, axis, largest),
  sort: (graph, [x, { axis = -1, descending = false } = {}]) =>
    ordered(graph, x, lengthOf(x, axis), axis, descending),
  argsort: (graph, [x, { axis = -1, descending = false } = {}]) =>
    ordered(graph, x, lengthOf(x, axis), axis, descending)[1] as string,
  any: truths("ReduceMax"),
  all: truths("ReduceMin"),
  std: (graph, [x, given = {}]) => graph.node("Sqrt", [variance(graph, x, given)]),
  cumsum: (graph, [x, axis = -1]) =>
    graph.node("CumSum", [graph.name(x), graph.constant("int64", [], [fromZero(x, axis)])]),
};
