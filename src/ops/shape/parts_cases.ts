import { size, strides } from "../../core/shape.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as contiguousReference } from "../../kernels/shape/contiguous.ts";
import { reference as placeReference } from "../../kernels/shape/place.ts";
import { section } from "../../kernels/shape/views.ts";
import { coordinatesOf, offsetOf } from "../../kernels/shape/walk.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { chunk, repeat, split, squeeze, stack, unsqueeze } from "./parts.ts";

/** The same elements under another shape. */
const renamed = (
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  to: readonly number[],
): OpCase => ({
  name,
  inputs: [{ shape }],
  run,
  reference: (x) => Float64Array.from(x.data),
  shape: to,
  tolerance: "exact",
});

/** Splits along an axis into parts of these lengths. */
function cut(
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor[],
  axis: number,
  lengths: readonly number[],
): OpCase {
  return {
    name,
    inputs: [{ shape }],
    run,
    reference: (x) => {
      let at = 0;
      return lengths.map((length) => {
        at += length;
        return contiguousReference({ x }, section(shape, axis, at - length, length)).y;
      });
    },
    shape: shape.map((n, k) => (k === axis ? (lengths[0] ?? 0) : n)),
    tolerance: "exact",
  };
}

/** Stacks the parts along a new axis. */
function stacked(parts: readonly HostTensor[], axis: number): ArrayLike<number> {
  const [first] = parts;
  const inner = first?.shape ?? [];
  const whole = inner.toSpliced(axis, 0, parts.length);
  return parts.reduce<ArrayLike<number>>(
    (data, { data: part }, i) => {
      const x = { shape: inner.toSpliced(axis, 0, 1), data: part };
      return placeReference({ x, y: { shape: whole, data } }, section(whole, axis, i, 1)).y;
    },
    new Float64Array(size(whole)),
  );
}

const laidOut = (x: HostTensor, repeats: readonly number[]) => {
  const inner = [...new Array<number>(repeats.length - x.shape.length).fill(1), ...x.shape];
  const whole = inner.map((n, k) => n * (repeats[k] as number));
  return Float64Array.from({ length: size(whole) }, (_, i) => {
    const at = coordinatesOf(i, whole).map((c, k) => c % (inner[k] as number));
    return x.data[offsetOf(at, strides(inner))] as number;
  });
};

const repeated = (name: string, shape: readonly number[], repeats: readonly number[]): OpCase => ({
  name,
  inputs: [{ shape }],
  run: (x) => repeat(x, repeats),
  reference: (x) => laidOut(x, repeats),
  tolerance: "exact",
});

export const cases: OpCases = {
  unsqueeze: [
    renamed("in front", [3, 4], (x) => unsqueeze(x, 0), [1, 3, 4]),
    renamed("behind", [3, 4], (x) => unsqueeze(x, -1), [3, 4, 1]),
    renamed("a scalar", [], (x) => unsqueeze(x, 0), [1]),
  ],
  squeeze: [
    renamed("all of size 1", [1, 3, 1, 2], (x) => squeeze(x), [3, 2]),
    renamed("one of them", [1, 3, 1], (x) => squeeze(x, -1), [1, 3]),
    renamed("one that is longer stays", [1, 3], (x) => squeeze(x, 1), [1, 3]),
    renamed("two named", [1, 3, 1, 1], (x) => squeeze(x, [0, -1]), [3, 1]),
  ],
  stack: [
    {
      name: "three matrices along the last axis",
      inputs: [{ shape: [2, 3] }, { shape: [2, 3] }, { shape: [2, 3] }],
      run: (...parts) => stack(parts, -1),
      reference: (...parts) => stacked(parts, 2),
      shape: [2, 3, 3],
      tolerance: "exact",
    },
    {
      name: "one tensor twice, in front",
      inputs: [{ shape: [4] }],
      run: (x) => stack([x, x]),
      reference: (x) => stacked([x, x], 0),
      shape: [2, 4],
      tolerance: "exact",
    },
    {
      name: "labels, u32 of any size",
      inputs: [{ shape: [3], dtype: "u32", fill: (i) => 2 ** 32 - 1 - i }],
      run: (x) => stack([x, x], 1),
      reference: (x) => stacked([x, x], 1),
      shape: [3, 2],
      dtype: "u32",
      tolerance: "exact",
    },
  ],
  split: [
    cut("parts of 3, the last shorter", [7, 2], (x) => split(x, 3), 0, [3, 3, 1]),
    cut("lengths, one of them 0", [2, 6], (x) => split(x, [1, 0, 5], -1), 1, [1, 0, 5]),
    cut("longer than the axis", [4], (x) => split(x, 9), 0, [4]),
  ],
  chunk: [
    cut("three of 7", [7], (x) => chunk(x, 3), 0, [3, 3, 1]),
    cut("fewer parts than asked for", [2, 6], (x) => chunk(x, 4, 1), 1, [2, 2, 2]),
  ],
  repeat: [
    repeated("both axes", [2, 3], [3, 2]),
    repeated("axes in front", [3], [2, 1, 2]),
    repeated("a scalar", [], [4]),
    repeated("no times", [3], [0]),
  ],
};
