import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as contiguousReference } from "../../kernels/shape/contiguous.ts";
import { paddedShape, reference as padReference } from "../../kernels/shape/pad.ts";
import { reference as placeReference } from "../../kernels/shape/place.ts";
import { expanded, permuted, section, sliced, type View } from "../../kernels/shape/views.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { flatten, reshape } from "./reshape.ts";
import { concat, expand, pad, permute, type Range, slice, transpose } from "./shape.ts";

/** The elements of x that `view` selects. */
function viewed(
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  view: View,
): OpCase {
  return {
    name,
    inputs: [{ shape }],
    run,
    reference: (x) => contiguousReference({ x }, view).y,
    shape: view.shape,
    tolerance: "exact",
  };
}

const permutation = (name: string, shape: readonly number[], order: readonly number[]) =>
  viewed(name, shape, (x) => permute(x, order), permuted(shape, order));

const part = (name: string, shape: readonly number[], ranges: readonly Range[]) =>
  viewed(name, shape, (x) => slice(x, ranges), sliced(shape, ranges));

const expansion = (name: string, shape: readonly number[], to: readonly number[]) =>
  viewed(name, shape, (x) => expand(x, to), expanded(shape, to));

/** A case with integers that f32 cannot represent. */
const ofIntegers = (each: OpCase): OpCase[] =>
  (["i32", "u32"] as const).map((dtype) => ({
    ...each,
    name: `${each.name}, ${dtype} of any size`,
    inputs: each.inputs.map(({ shape }) => ({
      ...{ shape, dtype },
      fill: (i) => (dtype === "i32" ? -(2 ** 31) + i : 2 ** 32 - 1 - i),
    })),
    dtype,
  }));

const reshaped = (
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  to: readonly number[],
): OpCase => ({ ...viewed(name, shape, run, sliced(shape, [])), shape: to });

function padding(
  name: string,
  shape: readonly number[],
  pads: readonly (readonly [number, number])[],
  value?: number,
): OpCase {
  return {
    name,
    inputs: [{ shape }],
    run: (x) => pad(x, pads, value),
    reference: (x) => padReference({ x }, { pads, ...(value !== undefined && { value }) }).y,
    shape: paddedShape(shape, pads),
    tolerance: "exact",
  };
}

/** Concatenates parts into a zero-filled array. */
function beside(parts: readonly HostTensor[], whole: readonly number[], axis: number) {
  let at = 0;
  return parts.reduce<ArrayLike<number>>(
    (data, x) => {
      const length = x.shape[axis] as number;
      const view = section(whole, axis, at, length);
      at += length;
      return placeReference({ x, y: { shape: whole, data } }, view).y;
    },
    new Float64Array(whole.reduce((a, b) => a * b, 1)),
  );
}

export const cases: OpCases = {
  reshape: [
    reshaped("one size worked out", [3, 5], (x) => reshape(x, [5, -1, 1]), [5, 3, 1]),
    reshaped("to a vector", [2, 3, 2], (x) => reshape(x, [12]), [12]),
  ],
  flatten: [
    reshaped("all but the first axis", [2, 3, 4], (x) => flatten(x), [2, 12]),
    reshaped("everything", [2, 3, 4], (x) => flatten(x, 0), [24]),
    reshaped("the first two of three", [2, 3, 4], (x) => flatten(x, 0, -2), [6, 4]),
  ],
  permute: [
    permutation("NCHW to WNHC", [2, 4, 3, 5], [3, 0, 2, 1]),
    permutation("counted from the end", [2, 3, 4], [-1, 0, -2]),
    ...ofIntegers(permutation("three axes", [2, 3, 4], [2, 0, 1])),
  ],
  transpose: [
    viewed("the last two axes", [2, 3, 5], (x) => transpose(x), permuted([2, 3, 5], [0, 2, 1])),
    viewed("two named", [2, 3, 5], (x) => transpose(x, 0, -1), permuted([2, 3, 5], [2, 1, 0])),
    ...ofIntegers(viewed("by tiles", [9, 11], (x) => transpose(x), permuted([9, 11], [1, 0]))),
  ],
  slice: [
    part("a box", [3, 5], [{ start: 1 }, { start: 1, end: 4 }]),
    part("steps, from the end", [7, 5], [{ step: 3 }, { start: -4, end: -1, step: 2 }]),
    part("the first of many", [6, 4], [{ end: 1 }]),
    ...ofIntegers(part("a box", [3, 5], [{ start: 1 }, { start: 1, end: 4 }])),
  ],
  pad: [
    padding(
      "zeros around",
      [3, 5],
      [
        [1, 0],
        [2, 3],
      ],
    ),
    padding(
      "a value",
      [2, 3, 4],
      [
        [0, 0],
        [1, 2],
        [3, 0],
      ],
      0.5,
    ),
  ],
  expand: [
    expansion("a column and a new axis", [3, 1], [2, 3, 5]),
    expansion("a scalar", [], [2, 3]),
    expansion("to its own shape", [2, 3], [2, 3]),
    ...ofIntegers(expansion("a column", [3, 1], [2, 3, 5])),
  ],
  concat: [
    {
      name: "three parts of different length",
      inputs: [{ shape: [3, 5] }, { shape: [3, 2] }, { shape: [3, 1] }],
      run: (...parts) => concat(parts, 1),
      reference: (...parts) => beside(parts, [3, 8], 1),
      shape: [3, 8],
      tolerance: "exact",
    },
    {
      name: "one tensor twice, the first axis",
      inputs: [{ shape: [2, 3] }],
      run: (x) => concat([x, x]),
      reference: (x) => beside([x, x], [4, 3], 0),
      shape: [4, 3],
      tolerance: "exact",
    },
    ...(["i32", "u32"] as const).map((dtype): OpCase => {
      const far = dtype === "i32" ? -(2 ** 31) : 2 ** 32 - 10; // exact only in float64
      return {
        name: `${dtype} of any size`,
        inputs: [
          { shape: [3, 2], dtype, fill: (i) => far + i },
          { shape: [3, 1], dtype, fill: (i) => i + 2 ** 25 + 1 },
        ],
        run: (...parts) => concat(parts, 1),
        reference: (...parts) => beside(parts, [3, 3], 1),
        ...{ shape: [3, 3], dtype, tolerance: "exact" },
      };
    }),
  ],
};
