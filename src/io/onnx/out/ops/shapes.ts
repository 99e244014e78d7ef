import { elementsOf } from "../../../../tensor/elements.ts";
import type { Tensor } from "../../../../tensor/tensor.ts";
import { type Exporters, fromZero } from "../exporter.ts";
import { elementTypeOf, type GraphOut } from "../graph.ts";

/** x with only the elements on one side of a diagonal. */
const triangle =
  (upper: 0 | 1) =>
  (graph: GraphOut, [x, diagonal = 0]: readonly [Tensor, (number | undefined)?]): string =>
    graph.node("Trilu", [graph.name(x), graph.constant("int64", [], [diagonal])], { upper });

/** An axis of length n shifted cyclically: its end comes before its start. */
function rolled(graph: GraphOut, x: string, axis: number, shift: number, n: number): string {
  const start = (((n - shift) % n) + n) % n;
  if (start === 0) return x;
  const part = (from: number, to: number) =>
    graph.node("Slice", [x, ...[from, to, axis].map((value) => graph.integers([value]))]);
  return graph.node("Concat", [part(start, END), part(0, start)], { axis });
}

const filled = (graph: GraphOut, out: Tensor, value: number): string =>
  graph.constant(elementTypeOf(out), out.shape, new Float64Array(out.size).fill(value));

/** Parts of an axis with these lengths. */
function parts(graph: GraphOut, x: Tensor, axis: number, out: readonly Tensor[]) {
  const k = fromZero(x, axis);
  const lengths = out.map(({ shape }) => shape[k] as number);
  return graph.several("Split", [graph.name(x), graph.integers(lengths)], out.length, { axis: k });
}

/** The end of an axis, in either direction. */
const END = 2 ** 31 - 1;

const joining: Exporters = {
  flip: (graph, [x, given]) => {
    const axes = [given].flat().map((axis) => fromZero(x, axis));
    const each = (value: number) => graph.integers(axes.map(() => value));
    return graph.node("Slice", [
      graph.name(x),
      each(-1),
      each(-END),
      graph.integers(axes),
      each(-1),
    ]);
  },
  roll: (graph, [x, shifts, axes]) => {
    if (axes === undefined) {
      const row = graph.reshape(graph.name(x), x.shape, [x.size]);
      return graph.reshape(
        rolled(graph, row, 0, [shifts].flat()[0] ?? 0, x.size),
        [x.size],
        x.shape,
      );
    }
    const steps = [shifts].flat();
    return [axes].flat().reduce((value, axis, i) => {
      const k = fromZero(x, axis);
      return rolled(graph, value, k, steps[i] ?? 0, x.shape[k] as number);
    }, graph.name(x));
  },
  ...{ tril: triangle(0), triu: triangle(1) },
  concat: (graph, [tensors, axis = 0]) => {
    const [first] = tensors;
    const inputs = tensors.map((x) => graph.name(x));
    return graph.node("Concat", inputs, { axis: first ? fromZero(first, axis) : axis });
  },
  split: (graph, [x, _sizes, axis = 0], out) => parts(graph, x, axis, out),
  chunk: (graph, [x, _chunks, axis = 0], out) => parts(graph, x, axis, out),
  slice: (graph, [x, ranges]) => {
    const cut = ranges.flatMap(({ start = 0, end: given, step = 1 }, axis) => {
      const end = given === undefined || given === x.shape[axis] ? END : given;
      return start === 0 && end === END && step === 1 ? [] : [{ start, end, step, axis }];
    });
    if (cut.length === 0) return graph.node("Identity", [graph.name(x)]);
    const each = (of: (range: (typeof cut)[number]) => number) => graph.integers(cut.map(of));
    return graph.node("Slice", [
      graph.name(x),
      each(({ start }) => start),
      each(({ end }) => end),
      each(({ axis }) => axis),
      each(({ step }) => step),
    ]);
  },
  pad: (graph, [x, pads, value = 0]) => {
    const whole = x.shape.map((_, axis) => pads[axis] ?? [0, 0]);
    const ends = [...whole.map(([before]) => before ?? 0), ...whole.map(([, after]) => after ?? 0)];
    return graph.node("Pad", [graph.name(x), graph.integers(ends), graph.float(value)]);
  },
  indexSelect: (graph, [x, axis, index]) =>
    graph.node("Gather", [graph.name(x), graph.name(index)], { axis: fromZero(x, axis) }),
  gather: (graph, [x, axis, index]) =>
    graph.node("GatherElements", [graph.name(x), graph.name(index)], { axis: fromZero(x, axis) }),
  embedding: (graph, [indices, weight]) =>
    graph.node("Gather", [graph.name(weight), graph.name(indices)], { axis: 0 }),
};

const creating: Exporters = {
  tensor: (graph, [data, options = {}], out) => {
    const { flat } = elementsOf(data, options);
    return graph.constant(elementTypeOf(out), out.shape, Float64Array.from(flat, Number));
  },
  full: (graph, [_shape, value], out) => filled(graph, out, value),
  zeros: (graph, _args, out) => filled(graph, out, 0),
  ones: (graph, _args, out) => filled(graph, out, 1),
  fullLike: (graph, [_x, value], out) => filled(graph, out, value),
  zerosLike: (graph, _args, out) => filled(graph, out, 0),
  onesLike: (graph, _args, out) => filled(graph, out, 1),
};

/** Shapes, parts and creation. */
export const shapes: Exporters = {
  ...joining,
  ...creating,
  reshape: (graph, [x], out) => graph.reshape(graph.name(x), x.shape, out.shape),
  unsqueeze: (graph, [x, axis], out) =>
    graph.node("Unsqueeze", [graph.name(x), graph.integers([fromZero(out, axis)])]),
  permute: (graph, [x, order]) =>
    graph.node("Transpose", [graph.name(x)], { perm: order.map((axis) => fromZero(x, axis)) }),
  expand: (graph, [x, shape]) => {
    const lead = shape.length - x.shape.length;
    const sizes = shape.map((n, axis) => (axis >= lead && x.shape[axis - lead] === n ? 1 : n));
    return graph.node("Expand", [graph.name(x), graph.integers(sizes)]);
  },
};
