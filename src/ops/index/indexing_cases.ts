import { size } from "../../core/shape.ts";
import { reference as gatherReference } from "../../kernels/index/gather.ts";
import { reference as oneHotReference } from "../../kernels/index/one_hot.ts";
import { type PickOptions, planPick } from "../../kernels/index/walk.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import { coordinatesOf, offsetOf } from "../../kernels/shape/walk.ts";
import type { OpCases, OpInput } from "../op_case.ts";
import { bincount, embedding, oneHot } from "./embedding.ts";
import { gather, indexAdd, indexSelect, scatterAdd, takeAlongDim } from "./indexing.ts";

/** y = x, then y[…, index, …] += src, one after the other. */
function added(x: HostTensor, index: HostTensor, src: HostTensor, options: PickOptions) {
  const pick = planPick("added", x.shape, index.shape, options);
  const y = Float64Array.from(x.data);
  for (let e = 0; e < size(pick.shape); e++) {
    const at = coordinatesOf(e, pick.shape);
    const picked = index.data[offsetOf(at, pick.indexStrides)] as number;
    const to = offsetOf(at, pick.xStrides) + picked * pick.step;
    if (picked < pick.length) y[to] = (y[to] as number) + (src.data[e] as number);
  }
  return y;
}

/** Indices below `length`, with duplicates. */
const picks = (length: number, ...shape: number[]): OpInput => ({
  shape,
  dtype: "u32",
  fill: (i) => (i * i + 3) % length,
});
/** Indices of which a few occur very often. */
const heavy = (length: number, n: number): OpInput => ({
  shape: [n],
  dtype: "u32",
  fill: (_, random) => Math.floor(length * random() ** 4),
});
const whole = (...shape: number[]): OpInput => ({
  shape,
  fill: (i) => ((i * 29) % 17) - 8,
  grad: false,
});
const rows = { axis: 0, by: "rows" } as const;

export const cases: OpCases = {
  gather: [
    {
      name: "the last axis, duplicates",
      inputs: [{ shape: [3, 5] }, picks(5, 3, 9)],
      run: (x, index) => gather(x, 1, index),
      reference: (x, index) => gatherReference({ x, index }, { axis: 1, by: "each" }).y,
      shape: [3, 9],
    },
    {
      name: "the first axis, index smaller than x",
      inputs: [{ shape: [4, 3, 2] }, picks(4, 5, 2, 2)],
      run: (x, index) => gather(x, 0, index),
      reference: (x, index) => gatherReference({ x, index }, { axis: 0, by: "each" }).y,
      shape: [5, 2, 2],
    },
    {
      name: "indices as i32",
      inputs: [{ shape: [6] }, { shape: [4], dtype: "i32", fill: (i) => 5 - i }],
      run: (x, index) => gather(x, -1, index),
      reference: (x, index) => gatherReference({ x, index }, { axis: 0, by: "each" }).y,
    },
  ],
  takeAlongDim: [
    {
      name: "an index for all rows",
      inputs: [{ shape: [3, 5] }, picks(5, 1, 4)],
      run: (x, index) => takeAlongDim(x, index, 1),
      reference: (x, index) => gatherReference({ x, index }, { axis: 1, by: "along" }).y,
      shape: [3, 4],
    },
    {
      name: "x for all rows of the index",
      inputs: [{ shape: [1, 5] }, picks(5, 7, 2)],
      run: (x, index) => takeAlongDim(x, index, -1),
      reference: (x, index) => gatherReference({ x, index }, { axis: 1, by: "along" }).y,
      shape: [7, 2],
    },
  ],
  indexSelect: [
    {
      name: "rows, duplicates",
      inputs: [{ shape: [4, 3] }, picks(4, 11)],
      run: (x, index) => indexSelect(x, 0, index),
      reference: (x, index) => gatherReference({ x, index }, rows).y,
      shape: [11, 3],
    },
    {
      name: "a middle axis, all the same",
      inputs: [{ shape: [2, 4, 3] }, { shape: [70], dtype: "u32", fill: () => 2 }],
      run: (x, index) => indexSelect(x, 1, index),
      reference: (x, index) => gatherReference({ x, index }, { axis: 1, by: "rows" }).y,
      shape: [2, 70, 3],
      gradTolerance: { atol: 2e-6, rtol: 2e-6, length: 70 },
    },
  ],
  scatterAdd: [
    {
      name: "the last axis, duplicates",
      inputs: [{ shape: [3, 5] }, picks(5, 3, 9), { shape: [3, 9] }],
      run: (x, index, src) => scatterAdd(x, 1, index, src),
      reference: (x, index, src) => added(x, index, src, { axis: 1, by: "each" }),
      shape: [3, 5],
      tolerance: { length: 9 },
    },
    {
      name: "the first axis",
      inputs: [{ shape: [4, 3, 2] }, picks(4, 5, 2, 2), { shape: [5, 2, 2] }],
      run: (x, index, src) => scatterAdd(x, 0, index, src),
      reference: (x, index, src) => added(x, index, src, { axis: 0, by: "each" }),
      tolerance: { length: 5 },
    },
    {
      name: "one place for all, over several levels",
      inputs: [whole(3), { shape: [40_000], dtype: "u32", fill: () => 1 }, whole(40_000)],
      run: (x, index, src) => scatterAdd(x, 0, index, src),
      reference: (x, index, src) => added(x, index, src, { axis: 0, by: "each" }),
      tolerance: "exact",
    },
    {
      name: "a few places for most of fifty thousand",
      inputs: [whole(5000), heavy(5000, 50_000), whole(50_000)],
      run: (x, index, src) => scatterAdd(x, 0, index, src),
      reference: (x, index, src) => added(x, index, src, { axis: 0, by: "each" }),
      tolerance: "exact",
    },
  ],
  indexAdd: [
    {
      name: "rows, duplicates",
      inputs: [{ shape: [4, 3] }, picks(4, 11), { shape: [11, 3] }],
      run: (x, index, src) => indexAdd(x, 0, index, src),
      reference: (x, index, src) => added(x, index, src, rows),
      tolerance: { length: 11 },
    },
    {
      name: "a middle axis",
      inputs: [{ shape: [2, 5, 3] }, picks(5, 4), { shape: [2, 4, 3] }],
      run: (x, index, src) => indexAdd(x, -2, index, src),
      reference: (x, index, src) => added(x, index, src, { axis: 1, by: "rows" }),
      tolerance: { length: 4 },
    },
    {
      name: "thousands of rows to a few",
      inputs: [whole(7, 6), heavy(7, 3000), whole(3000, 6)],
      run: (x, index, src) => indexAdd(x, 0, index, src),
      reference: (x, index, src) => added(x, index, src, rows),
      tolerance: "exact",
    },
  ],
  embedding: [
    {
      name: "indices of two axes, duplicates",
      inputs: [picks(5, 3, 4), { shape: [5, 6] }],
      run: (indices, weight) => embedding(indices, weight),
      reference: (index, x) => gatherReference({ x, index }, rows).y,
      shape: [3, 4, 6],
      gradTolerance: { atol: 2e-6, rtol: 2e-6, length: 12 },
    },
  ],
  oneHot: [
    {
      name: "two axes",
      inputs: [picks(7, 3, 5)],
      run: (labels) => oneHot(labels, 7),
      reference: (labels) => oneHotReference({ labels }, { classes: 7 }).y,
      shape: [3, 5, 7],
      tolerance: "exact",
    },
  ],
  bincount: [
    {
      name: "several thousand labels",
      inputs: [heavy(10, 5000)],
      run: (labels) => bincount(labels, 12),
      reference: (labels) => {
        const counts = new Float64Array(12);
        for (const label of Array.from(labels.data)) counts[label] = (counts[label] as number) + 1;
        return counts;
      },
      shape: [12],
      tolerance: "exact",
    },
    {
      name: "weights",
      inputs: [picks(5, 40), whole(40)],
      run: (labels, weights) => bincount(labels, 5, { weights }),
      reference: (index, src) =>
        added({ shape: [5], data: new Float64Array(5) }, index, src, { axis: 0, by: "each" }),
      tolerance: "exact",
    },
  ],
};
