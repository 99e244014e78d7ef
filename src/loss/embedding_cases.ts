import type { HostTensor } from "../kernels/kernel.ts";
import { reference as batchHardReference } from "../kernels/loss/batch_hard.ts";
import { reference as cosineReference } from "../kernels/loss/cosine.ts";
import { reference as tripletReference } from "../kernels/loss/triplet.ts";
import type { OpCase, OpCases, OpInput } from "../ops/op_case.ts";
import { cosineEmbeddingLoss, cosineSimilarity } from "./cosine.ts";
import type { Reduction } from "./reduction.ts";
import { elementLosses, reduceLosses } from "./reference.ts";
import {
  type BatchHardTripletOptions,
  batchHardTripletLoss,
  type TripletMarginOptions,
  tripletMarginLoss,
} from "./triplet.ts";

const vectors: OpInput = { shape: [5, 4] };
const tolerance = { length: 20 };
const all: readonly Reduction[] = ["mean", "sum", "none"];
const huge: OpInput = { shape: [5, 4], fill: (i) => ((i * 7) % 5) * 1e4 - 2e4, grad: false };
const withNaN: OpInput = { shape: [5, 4], fill: (i) => (i === 6 ? NaN : i % 3), grad: false };
const fixed: OpInput = { shape: [5, 4], fill: (i) => ((i * 5) % 7) - 3, grad: false };

const similarity = (name: string, inputs: OpInput[], axis?: number): OpCase => ({
  name,
  inputs,
  run: (a, b) => cosineSimilarity(a, b, axis === undefined ? {} : { axis }),
  reference: (a, b) =>
    cosineReference({ a, b }, { axis: axis ?? 1, eps: 1e-8, length: "clamped" }).y,
  tolerance,
});

const thirds: OpInput = { shape: [5, 4], fill: (i) => ((i * 7) % 20) / 3 };
const pairs: OpInput = { shape: [5], fill: (i) => (i % 2 ? 1 : -1), grad: false };
const embedding = (
  name: string,
  inputs: OpInput[],
  margin: number,
  reduction: Reduction,
): OpCase => ({
  name,
  inputs,
  run: (a, b, t) => cosineEmbeddingLoss(a, b, t, { margin, reduction }),
  reference: (a, b, t) => {
    const data = cosineReference({ a, b }, { eps: 1e-12, length: "padded" }).y;
    const x: HostTensor = { shape: (t as HostTensor).shape, data };
    return elementLosses(
      { x, t: t as HostTensor },
      { loss: "cosine_embedding", a: margin, reduction },
    );
  },
  shape: reduction === "none" ? [5] : [],
  tolerance,
});

const triplets = (
  name: string,
  inputs: OpInput[],
  { reduction = "mean", ...options }: TripletMarginOptions,
): OpCase => ({
  name,
  inputs,
  run: (a, b, c) => tripletMarginLoss(a, b, c, { ...options, reduction }),
  reference: (a, b, c) => reduceLosses(tripletReference({ a, b, c }, options).loss, reduction),
  shape: reduction === "none" ? [5] : [],
  tolerance,
});

const people: OpInput = { shape: [5], dtype: "u32", fill: (i) => [7, 7, 0, 0, 7][i] ?? 0 };
const alone: OpInput = { shape: [5], dtype: "u32", fill: () => 3 };
const hardest = (
  name: string,
  inputs: OpInput[],
  { reduction = "mean", ...options }: BatchHardTripletOptions,
): OpCase => ({
  name,
  inputs,
  run: (x, labels) => batchHardTripletLoss(x, labels, { ...options, reduction }),
  reference: (x, labels) =>
    reduceLosses(batchHardReference({ x, labels }, options).loss, reduction),
  tolerance,
});

export const cases: OpCases = {
  cosineSimilarity: [
    similarity("axis 1", [vectors, vectors]),
    similarity("the first axis", [{ shape: [3, 2, 2] }, { shape: [3, 2, 2] }], 0),
    similarity("the last axis", [{ shape: [3, 2, 5] }, { shape: [3, 2, 5] }], -1),
    similarity("a fixed vector", [vectors, fixed]),
    similarity("vectors of 0", [{ ...fixed, fill: () => 0 }, fixed]),
    similarity("safety: ±1e4", [huge, fixed]),
    ...[1e20, 1e38, 1e-30].map((size) =>
      similarity(`safety: vectors of ${size}`, [
        { ...fixed, fill: (i) => (((i * 7) % 5) - 2) * size },
        { ...fixed, fill: (i) => (((i * 5) % 7) - 3) * size },
      ]),
    ),
    similarity("safety: NaN stays NaN", [withNaN, fixed]),
  ],
  cosineEmbeddingLoss: [
    ...all.map((reduction) => embedding(reduction, [vectors, vectors, pairs], 0, reduction)),
    embedding("a margin of −0.2, a fixed vector", [vectors, fixed, pairs], -0.2, "mean"),
    embedding("safety: NaN stays NaN", [withNaN, fixed, pairs], 0, "none"),
  ],
  tripletMarginLoss: [
    ...all.map((reduction) => triplets(reduction, [vectors, vectors, vectors], { reduction })),
    triplets("swap, a margin of 2", [vectors, vectors, vectors], { swap: true, margin: 2 }),
    triplets("Manhattan", [vectors, thirds, fixed], { p: 1, reduction: "none" }),
    triplets("an anchor alone has a gradient", [vectors, fixed, { ...fixed, fill: (i) => i % 3 }], {
      margin: 8,
    }),
    triplets("safety: ±1e4", [huge, fixed, fixed], { reduction: "none" }),
    triplets(
      "safety: vectors of 1e20",
      [
        { ...huge, fill: (i) => ((i * 7) % 5) * 1e20 },
        { ...huge, fill: (i) => ((i * 3) % 5) * 1e20 },
        { ...huge, fill: (i) => ((i * 2) % 7) * 1e20 },
      ],
      { reduction: "none" },
    ),
    triplets("safety: NaN stays NaN", [withNaN, fixed, fixed], { reduction: "none" }),
  ],
  batchHardTripletLoss: [
    ...all.map((reduction) => hardest(reduction, [vectors, people], { reduction })),
    hardest("soft", [vectors, people], { soft: true }),
    hardest("a margin of 0.3, none", [vectors, people], { margin: 0.3, reduction: "none" }),
    hardest("one label: nothing to lose", [vectors, alone], {}),
    hardest("safety: NaN stays NaN", [withNaN, people], { reduction: "none" }),
  ],
};
