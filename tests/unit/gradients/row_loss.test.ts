import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { seeded } from "../../../src/core/rng.ts";
import { size } from "../../../src/core/shape.ts";
import * as batchHard from "../../../src/kernels/loss/batch_hard.ts";
import * as batchHardGrad from "../../../src/kernels/loss/batch_hard_grad.ts";
import * as cosine from "../../../src/kernels/loss/cosine.ts";
import * as cosineGrad from "../../../src/kernels/loss/cosine_grad.ts";
import * as focal from "../../../src/kernels/loss/focal_softmax.ts";
import * as multiLabel from "../../../src/kernels/loss/multi_label_margin.ts";
import * as multiMargin from "../../../src/kernels/loss/multi_margin.ts";
import * as nll from "../../../src/kernels/loss/nll.ts";
import * as penalty from "../../../src/kernels/loss/penalty.ts";
import * as penaltyGrad from "../../../src/kernels/loss/penalty_grad.ts";
import * as scaleGrad from "../../../src/kernels/loss/scale_grad.ts";
import * as soft from "../../../src/kernels/loss/soft_cross_entropy.ts";
import * as triplet from "../../../src/kernels/loss/triplet.ts";
import * as tripletGrad from "../../../src/kernels/loss/triplet_grad.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const random = seeded(5);
const values = (...shape: number[]) => ({
  shape,
  data: Float64Array.from({ length: size(shape) }, () => random() * 4 - 2),
});
const labels = (shape: number[], ...data: number[]) => ({ shape, data });

const map = values(2, 4, 3);
const mapLabels = labels([2, 3], 3, 0, 1, 2, 2, 1);
const weight = labels([4], 0.5, 2, 1, 0);
const matrix = values(5, 4);
const rowLabels = labels([5], 3, 0, 1, 2, 2);
const targets = labels([5, 4], 0, 2, -1, 0, 3, -1, 1, 1, -1, 0, 0, 0, 2, 1, 0, 3, 1, 1, -1, 3);

const shares = { shape: [2, 4, 3], data: upstreamFor(24).map(Math.abs) };

type Data = ArrayLike<number>;
interface Rows {
  readonly loss: Data;
  readonly dlogits: Data;
}

const forms: [string, { shape: number[]; data: Float64Array }, (data: Data) => Rows][] = [
  [
    "nll",
    map,
    (data) =>
      nll.reference({ logp: { ...map, data }, labels: mapLabels, weight }, { ignoreIndex: 2 }),
  ],
  ...[0, 0.3].map((labelSmoothing): (typeof forms)[number] => [
    `probabilities, smoothing ${labelSmoothing}`,
    map,
    (data) =>
      soft.reference({ logits: { ...map, data }, targets: shares, weight }, { labelSmoothing }),
  ]),
  ...[0, 0.5, 2].map((gamma): (typeof forms)[number] => [
    `focal, γ ${gamma}`,
    map,
    (data) =>
      focal.reference(
        { logits: { ...map, data }, labels: mapLabels, weight },
        { gamma, ignoreIndex: 1 },
      ),
  ]),
  ...([1, 2] as const).map((p): (typeof forms)[number] => [
    `multi-margin, p ${p}`,
    matrix,
    (data) =>
      multiMargin.reference(
        { x: { ...matrix, data }, labels: rowLabels, weight },
        { p, margin: 0.8 },
      ),
  ]),
  [
    "multi-label margin",
    matrix,
    (data) => multiLabel.reference({ x: { ...matrix, data }, targets }, {}),
  ],
];

test.each(forms)("%s: the gradient agrees with central differences", (_, x, run) => {
  const { loss, dlogits } = run(x.data);
  const upstream = {
    shape: x.shape.filter((_n, axis) => axis !== 1),
    data: upstreamFor(loss.length),
  };
  const { dx } = scaleGrad.reference(
    { dlogits: { shape: x.shape, data: dlogits }, upstream },
    undefined,
  );
  const numerical = numericalGradient((data) => run(data).loss, x.data, upstream.data);
  expect(gradientDefect("dx", dx, numerical)).toBe("");
});

describe("embeddings", () => {
  const [a, b, c] = [values(5, 4), values(5, 4), values(5, 4)];
  const dy = { shape: [5], data: upstreamFor(5) };

  test.each([
    { eps: 1e-8, length: "clamped" },
    { eps: 1.9, length: "clamped" },
    { eps: 0.5, length: "padded" },
  ] as const)("cosine, %o", (options) => {
    const { da, db } = cosineGrad.reference({ a, b, dy }, options);
    const of = (which: "a" | "b") => (data: Data) =>
      cosine.reference({ a, b, [which]: { ...a, data } }, options).y;
    expect(gradientDefect("da", da, numericalGradient(of("a"), a.data, dy.data))).toBe("");
    expect(gradientDefect("db", db, numericalGradient(of("b"), b.data, dy.data))).toBe("");
  });

  test.each([
    { p: 2 },
    { p: 2, swap: true, margin: 2 },
    { p: 1, swap: true, eps: 0.1 },
    { p: 3, swap: true },
    { p: 1.5 },
  ])("triplet, %o", (options) => {
    const made = tripletGrad.reference({ a, b, c, dy }, options);
    for (const of of ["a", "b", "c"] as const) {
      const run = (data: Data) =>
        triplet.reference({ a, b, c, [of]: { ...a, data } }, options).loss;
      const numerical = numericalGradient(run, { a, b, c }[of].data, dy.data);
      expect(gradientDefect(`d${of}`, made[`d${of}`], numerical)).toBe("");
    }
  });

  test.each([{ margin: 1 }, { margin: 0.2 }, { soft: true }])("batch hard, %o", (options) => {
    const people = labels([5], 1, 0, 1, 0, 1);
    const { hardest, distances } = batchHard.reference({ x: a, labels: people }, options);
    const mined = {
      hardest: { shape: [5, 2], data: hardest },
      distances: { shape: [5, 2], data: distances },
    };
    const { dx } = batchHardGrad.reference({ x: a, ...mined, dy }, options);
    const run = (data: Data) =>
      batchHard.reference({ x: { ...a, data }, labels: people }, options).loss;
    expect(gradientDefect("dx", dx, numericalGradient(run, a.data, dy.data))).toBe("");
  });

  test("an elastic penalty", () => {
    const p = values(128);
    const options = { first: 0.3, second: 0.7 };
    const modes = { block_mode: labels([2], 0, 1) };
    const grads = { shape: [128], data: new Float64Array(128) };
    const upstream = { shape: [], data: [0.4] };
    const { grads: made } = penaltyGrad.reference({ p, dy: upstream, grads, ...modes }, options);
    const run = (data: Data) =>
      penalty.reference({ p: { shape: [128], data } }, { ...options, penalty: "elastic" }).y;
    expect(gradientDefect("grads", made, numericalGradient(run, p.data, [0.4]))).toBe("");
  });
});

describe("plans refuse", () => {
  test.each([
    ["labels", () => nll.nll.plan({ logp: [2, 3], labels: [3] }, {}), "expected labels [2]"],
    ["weights", () => nll.nll.plan({ logp: [2, 3], labels: [2], weight: [2] }, {}), "weight[3]"],
    [
      "nothing",
      () => focal.focalSoftmax.plan({ logits: [0, 3], labels: [0] }, { gamma: 1 }),
      "skip empty",
    ],
    [
      "targets",
      () => soft.softCrossEntropy.plan({ logits: [2, 3], targets: [2] }, {}),
      "a probability a class",
    ],
    [
      "a map",
      () => multiMargin.multiMargin.plan({ x: [2, 3, 4], labels: [2, 4] }, {}),
      "expected x [N, C]",
    ],
    [
      "lists",
      () => multiLabel.multiLabelMargin.plan({ x: [2, 3], targets: [2, 2] }, {}),
      "fill the rows up",
    ],
    [
      "vectors",
      () => cosine.cosine.plan({ a: [2, 3], b: [3] }, { eps: 1, length: "padded" }),
      "one shape",
    ],
    ["triplets", () => triplet.triplet.plan({ a: [2, 3], b: [2, 3], c: [3] }, {}), "of one shape"],
    [
      "embeddings",
      () => batchHard.batchHard.plan({ x: [2, 3], labels: [3] }, {}),
      "expected labels [2]",
    ],
    ["no arena", () => penalty.penalty.plan({ p: [65] }, { penalty: "elastic" }), "multiple of 64"],
  ])("%s that do not fit", (_, call, words) => {
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(words);
  });

  test("options outside their domain", () => {
    const plan = (gamma: number) =>
      focal.focalSoftmax.plan({ logits: [2, 3], labels: [2] }, { gamma });
    expect(() => plan(-1)).toThrow(ValueError);
    expect(() => triplet.triplet.plan({ a: [2], b: [2], c: [2] }, { p: 0.5 })).toThrow("p ≥ 1");
    expect(() =>
      soft.softCrossEntropy.plan({ logits: [2, 3], targets: [2, 3] }, { labelSmoothing: 2 }),
    ).toThrow(ValueError);
  });
});
