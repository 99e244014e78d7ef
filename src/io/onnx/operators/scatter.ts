import { type Shape, size } from "../../../core/shape.ts";
import { greater, less, where } from "../../../ops/elementwise/compare.ts";
import { add, mul } from "../../../ops/elementwise/elementwise.ts";
import { cast } from "../../../ops/elementwise/precision.ts";
import { indexAdd, indexSelect, scatterAdd } from "../../../ops/index/indexing.ts";
import { full } from "../../../ops/shape/create.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import { tensor } from "../../../tensor/create.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import {
  axisFrom,
  floatsOnly,
  intOf,
  type NodeCall,
  type Operator,
  only,
  refusals,
  textOf,
  unable,
} from "../operator.ts";
import { alongAxis, indices } from "./parts.ts";

// Tuples of indices select rows of x, whose indexed axes are merged. Replacing is an addition to zeroed elements, since the
// specification forbids duplicate indices there.

/** x as [count, ...inner], and the rows that the tuples in the last axis of the indices select. */
interface ScatteredRows {
  readonly count: number;
  readonly inner: Shape;
  /** The remaining axes of the indices. */
  readonly outer: Shape;
  /** [size(outer)], u32 */
  readonly rows: Tensor;
}

/** The first `batch` axes of x are also axes of the indices. */
function rowsOf(call: NodeCall, batch: number): ScatteredRows {
  const [x, tuples] = [call.shape(0), call.shape(1)];
  const width = tuples.at(-1) ?? 0;
  const named = x.slice(batch, batch + width);
  if (width < 1 || named.length < width) {
    unable(
      `expected tuples of 1 to ${x.length - batch} indices, got ${width}; is the model sound?`,
    );
  }
  const outer = tuples.slice(0, -1);
  const flat = reshape(call.tensor(1), [size(outer), width]);
  const terms = named.map((length, i) => {
    const one = alongAxis(flat, 1, [i]);
    return mul(where(less(one, 0), add(one, length), one), size(named.slice(i + 1)));
  });
  const images = size(x.slice(0, batch));
  const each = size(outer) / images;
  const first = Int32Array.from({ length: size(outer) }, (_, i) =>
    batch ? Math.floor(i / each) * size(named) : 0,
  );
  const starts = tensor(first, { shape: [size(outer), 1], engine: flat.engine });
  const rows = terms.reduce((sum, term) => add(sum, term), starts);
  return {
    ...{ count: images * size(named), inner: x.slice(batch + width), outer },
    rows: cast(reshape(rows, [size(outer)]), "u32"),
  };
}

const gatherNd: Operator = {
  run: (call) => {
    const { count, inner, outer, rows } = rowsOf(call, intOf(call, "batch_dims", 0));
    const picked = indexSelect(reshape(call.tensor(0), [count, size(inner)]), 0, rows);
    return reshape(picked, [...outer, ...inner]);
  },
};

/** x with values replaced, or added to, at the positions that `put` gives. */
function scattered(
  call: NodeCall,
  x: Tensor,
  values: Tensor,
  put: (to: Tensor, values: Tensor) => Tensor,
): Tensor {
  if (textOf(call, "reduction", "none") === "add") return put(x, values);
  const zeros = full(x.shape, 0);
  return where(greater(put(zeros, full(values.shape, 1)), 0), put(zeros, values), x);
}

const scatterNd: Operator = {
  refuse: refusals(floatsOnly, only("reduction", "none", "add")),
  run: (call) => {
    const { count, inner, rows } = rowsOf(call, 0);
    const x = reshape(call.tensor(0), [count, size(inner)]);
    const values = reshape(call.tensor(2), [rows.size, size(inner)]);
    const y = scattered(call, x, values, (to, src) => indexAdd(to, 0, rows, src));
    return reshape(y, call.shape(0));
  },
};

const scatterElements: Operator = {
  refuse: refusals(floatsOnly, only("reduction", "none", "add")),
  run: (call) => {
    const x = call.tensor(0);
    const axis = axisFrom(intOf(call, "axis", 0), x.shape.length);
    const index = indices(call, 1, x.shape[axis] as number);
    return scattered(call, x, call.tensor(2), (to, src) => scatterAdd(to, axis, index, src));
  },
};

/** Gathering and scattering at positions given by tuples, by ONNX's names; `Scatter` was renamed in opset 11. */
export const scattering: Readonly<Record<string, Operator>> = {
  GatherND: gatherNd,
  ScatterND: scatterNd,
  ScatterElements: scatterElements,
  Scatter: scatterElements,
};
