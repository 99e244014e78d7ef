import type { HostTensor } from "../kernels/kernel.ts";
import { reference as crossEntropyReference } from "../kernels/loss/cross_entropy.ts";
import { reference as focalReference } from "../kernels/loss/focal_softmax.ts";
import { reference as multiLabelReference } from "../kernels/loss/multi_label_margin.ts";
import { reference as multiMarginReference } from "../kernels/loss/multi_margin.ts";
import { reference as nllReference } from "../kernels/loss/nll.ts";
import { reference as softReference } from "../kernels/loss/soft_cross_entropy.ts";
import type { OpCase, OpCases, OpInput } from "../ops/op_case.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  type FocalOptions,
  focalLoss,
  multiLabelMarginLoss,
  multiMarginLoss,
  nllLoss,
} from "./classes.ts";
import { type CrossEntropyOptions, crossEntropy } from "./cross_entropy.ts";
import { type LdamOptions, ldamLoss } from "./ldam.ts";
import type { Reduction } from "./reduction.ts";
import { reduceLosses } from "./reference.ts";

const logits: OpInput = { shape: [5, 4] };
const map: OpInput = { shape: [2, 4, 3] };
const labels = (...shape: number[]): OpInput => ({
  shape,
  dtype: "u32",
  fill: (i) => (i * 5 + 1) % 4,
});
const signed: OpInput = { shape: [5], dtype: "i32", fill: (i) => (i % 2 ? -100 : i % 4) };
const weights: OpInput = { shape: [4], fill: (k) => 0.25 + k, grad: false };
const probabilities: OpInput = { shape: [5, 4], fill: (_, random) => random() / 2, grad: false };
const huge: OpInput = {
  shape: [5, 4],
  fill: (i) => [1e4, -1e4, 9999, 0, 1e4 - 2][i % 5] ?? 0,
  grad: false,
};
const withNaN: OpInput = { shape: [5, 4], fill: (i) => (i === 6 ? NaN : i % 3), grad: false };
const all: readonly Reduction[] = ["mean", "sum", "none"];
const tolerance = { length: 20 };

/** Divisor of a mean: the sum of the weights of the labels that are not ignored. */
function weightOf(labelled: HostTensor, weight?: HostTensor, ignoreIndex?: number): number {
  return Array.from(labelled.data).reduce(
    (sum, t) => (t === ignoreIndex ? sum : sum + (weight ? (weight.data[t] as number) : 1)),
    0,
  );
}

interface Forms {
  readonly run: (x: Tensor, t: Tensor, weight?: Tensor) => Tensor;
  /** Loss of every row. */
  readonly losses: (x: HostTensor, t: HostTensor, weight?: HostTensor) => ArrayLike<number>;
  readonly reduction?: Reduction;
  readonly count?: (t: HostTensor, weight?: HostTensor) => number;
}

const example = (
  name: string,
  inputs: OpInput[],
  { run, losses, reduction, count }: Forms,
): OpCase => ({
  name,
  inputs,
  run: (x, t, weight) => run(x as Tensor, t as Tensor, weight),
  reference: (x, t, weight) =>
    reduceLosses(
      losses(x as HostTensor, t as HostTensor, weight),
      reduction,
      count?.(t as HostTensor, weight),
    ),
  ...(reduction !== "none" && { shape: [] }),
  tolerance,
});

const given = <T>(weight: T | undefined) => (weight ? { weight } : {});

function likelihood(
  name: string,
  inputs: OpInput[],
  options: { ignoreIndex?: number; reduction?: Reduction },
) {
  const { ignoreIndex, reduction } = options;
  return example(name, inputs, {
    run: (x, t, weight) => nllLoss(x, t, { ...options, weight }),
    losses: (logp, t, weight) => nllReference({ logp, labels: t, ...given(weight) }, options).loss,
    ...(reduction && { reduction }),
    count: (t, weight) => weightOf(t, weight, ignoreIndex),
  });
}

function labelled(
  name: string,
  inputs: OpInput[],
  options: Omit<CrossEntropyOptions, "ignoreIndex">,
) {
  const { labelSmoothing = 0, reduction } = options;
  return example(name, inputs, {
    run: (x, t, weight) => crossEntropy(x, t, { ...options, weight }),
    losses: (x, t, weight) =>
      crossEntropyReference(
        { logits: x, labels: t, ...given(weight) },
        { labelSmoothing, reduction: "none" },
      ).loss,
    ...(reduction && { reduction }),
    count: (t, weight) => weightOf(t, weight),
  });
}

function softened(
  name: string,
  inputs: OpInput[],
  options: Omit<CrossEntropyOptions, "ignoreIndex">,
) {
  const { labelSmoothing = 0, reduction } = options;
  return example(name, inputs, {
    run: (x, t, weight) => crossEntropy(x, t, { ...options, weight }),
    losses: (x, targets, weight) =>
      softReference({ logits: x, targets, ...given(weight) }, { labelSmoothing }).loss,
    ...(reduction && { reduction }),
  });
}

function focal(name: string, inputs: OpInput[], options: FocalOptions & { ignoreIndex?: number }) {
  const { gamma = 2, ignoreIndex, reduction } = options;
  const ignored = ignoreIndex === undefined ? {} : { ignoreIndex };
  return example(name, inputs, {
    run: (x, t, weight) => focalLoss(x, t, { ...options, weight }),
    losses: (x, t, weight) =>
      focalReference({ logits: x, labels: t, ...given(weight) }, { gamma, ...ignored }).loss,
    ...(reduction && { reduction }),
    count: (t) => weightOf(t, undefined, ignoreIndex),
  });
}

function margins(
  name: string,
  inputs: OpInput[],
  options: { p?: 1 | 2; margin?: number; reduction?: Reduction },
) {
  const { reduction, ...rest } = options;
  return example(name, inputs, {
    run: (x, t, weight) => multiMarginLoss(x, t, { ...options, weight }),
    losses: (x, t, weight) => multiMarginReference({ x, labels: t, ...given(weight) }, rest).loss,
    ...(reduction && { reduction }),
  });
}

function ldam(
  name: string,
  inputs: OpInput[],
  options: Partial<Omit<LdamOptions, "weight">> & { ignoreIndex?: number; reduction?: Reduction },
) {
  const samplesPerClass = [256, 16, 16, 1]; // margins that logits of ±1e4 represent exactly
  const { scale = 30, maxMargin = 0.5, ignoreIndex, reduction } = options;
  const ignored = ignoreIndex === undefined ? {} : { ignoreIndex };
  return example(name, inputs, {
    run: (x, t, weight) => ldamLoss(x, t, { samplesPerClass, ...options, weight }),
    losses: (x, t, weight) => {
      const margin = (k: number) => maxMargin * (samplesPerClass[k] as number) ** -0.25;
      const moved = Float64Array.from(
        x.data,
        (v, i) => scale * (t.data[Math.floor(i / 4)] === i % 4 ? v - margin(i % 4) : v),
      );
      const rows = { logits: { shape: x.shape, data: moved }, labels: t, ...given(weight) };
      return crossEntropyReference(rows, { labelSmoothing: 0, reduction: "none", ...ignored }).loss;
    },
    ...(reduction && { reduction }),
    count: (t, weight) => weightOf(t, weight, ignoreIndex),
  });
}

const targets: OpInput = {
  shape: [5, 4],
  dtype: "i32",
  fill: (i) => [0, 2, -1, 0, 3, -1, 1, 1, -1, 0, 0, 0, 2, 1, 0, -1, 1, -1, 2, 3][i] ?? 0,
};
const many = (name: string, x: OpInput, reduction: Reduction) =>
  example(name, [x, targets], {
    run: (a, t) => multiLabelMarginLoss(a, t, { reduction }),
    losses: (a, t) => multiLabelReference({ x: a, targets: t }, {}).loss,
    reduction,
  });

export const cases: OpCases = {
  crossEntropy: [
    labelled("labels, weights, smoothing", [logits, labels(5), weights], { labelSmoothing: 0.2 }),
    labelled("safety: labels, logits ±1e4", [huge, labels(5)], { reduction: "none" }),
    ...all.map((reduction) =>
      softened(`probabilities, ${reduction}`, [logits, probabilities], { reduction }),
    ),
    softened("probabilities, weights, smoothing", [logits, probabilities, weights], {
      labelSmoothing: 0.2,
    }),
    softened("safety: probabilities, logits ±1e4", [huge, probabilities], { reduction: "none" }),
    softened("safety: probabilities, NaN stays NaN", [withNaN, probabilities], {
      reduction: "none",
    }),
  ],
  nllLoss: [
    ...all.map((reduction) => likelihood(reduction, [logits, labels(5)], { reduction })),
    likelihood("weights", [logits, labels(5), weights], {}),
    likelihood("weights, an ignored class, a map", [map, labels(2, 3), weights], {
      ignoreIndex: 2,
    }),
    likelihood("an ignored class", [logits, labels(5)], { ignoreIndex: 2 }),
    likelihood("i32 labels, −100 left out", [logits, signed], { ignoreIndex: -100 }),
    likelihood("safety: ±1e4", [huge, labels(5)], { reduction: "none" }),
    likelihood("safety: NaN stays NaN", [withNaN, labels(5)], { reduction: "none" }),
  ],
  focalLoss: [
    ...all.map((reduction) => focal(reduction, [logits, labels(5)], { reduction })),
    focal("weights, γ 0.5, an ignored class, a map", [map, labels(2, 3), weights], {
      gamma: 0.5,
      ignoreIndex: 2,
    }),
    focal("i32 labels, −100 left out", [logits, signed], { ignoreIndex: -100 }),
    focal("weights, the mean over all", [logits, labels(5), weights], { gamma: 1 }),
    focal("safety: logits ±1e4", [huge, labels(5)], { reduction: "none" }),
    focal("safety: NaN stays NaN", [withNaN, labels(5)], { reduction: "none" }),
  ],
  ldamLoss: [
    ...all.map((reduction) => ldam(reduction, [logits, labels(5)], { reduction, scale: 3 })),
    ldam("weights, larger margins", [logits, labels(5), weights], { maxMargin: 2, scale: 1.5 }),
    ldam("an ignored class", [logits, labels(5)], { ignoreIndex: 2, scale: 2 }),
    ldam("i32 labels, −100 left out", [logits, signed], { ignoreIndex: -100, scale: 2 }),
    ldam("safety: logits ±1e4", [huge, labels(5)], { reduction: "none" }),
    ldam("safety: NaN stays NaN", [withNaN, labels(5)], { reduction: "none" }),
  ],
  multiMarginLoss: [
    ...all.map((reduction) => margins(reduction, [logits, labels(5)], { reduction })),
    margins("p 2, a margin of 0.7, weights", [logits, labels(5), weights], { p: 2, margin: 0.7 }),
    margins("i32 labels", [logits, { ...labels(5), dtype: "i32" }], {}),
    margins("safety: scores ±1e4", [huge, labels(5)], { reduction: "none" }),
    margins("safety: NaN stays NaN", [withNaN, labels(5)], { reduction: "none" }),
  ],
  multiLabelMarginLoss: [
    ...all.map((reduction) => many(reduction, logits, reduction)),
    many("safety: scores ±1e4", huge, "none"),
    many("safety: NaN stays NaN", withNaN, "none"),
  ],
};
