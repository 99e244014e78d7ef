import * as loss from "../../src/loss/index.ts";
import * as nn from "../../src/nn/index.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { initShared } from "./shared_device.ts";

await initShared();

const numbers = (seed: number, from = -2, to = 2) =>
  tensor(
    Float32Array.from(
      { length: 12 },
      (_, i) => from + (to - from) * ((((i + 1) * seed) % 37) / 37),
    ),
    { shape: [3, 4] },
  );
export const scores = () => numbers(7);
const others = () => numbers(11);
const inside = () => numbers(13, 0.1, 0.9);
const truths = () => tensor([1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1], { shape: [3, 4] });
const signs = () => tensor([1, -1, 1, 1, -1, -1, 1, -1, 1, 1, -1, 1], { shape: [3, 4] });
const sides = () => tensor([1, -1, 1]);
export const labels = () => tensor([3, 0, 2], { dtype: "u32" });
const sets = () => tensor([0, 2, -1, 0, 3, -1, 1, 1, 2, 1, 0, -1], { shape: [3, 4], dtype: "i32" });
export const weight = tensor([0.5, 2, 1, 0.25]);
const posWeight = tensor([3, 1, 0.5, 2]);

export interface ModuleCase {
  /** The module, and the function call that it must equal. */
  readonly module: () => nn.AnyModule;
  readonly loss: (...inputs: Tensor[]) => Tensor;
  readonly inputs: readonly (() => Tensor)[];
  /** Names of its entries in the state dict. */
  readonly buffers?: readonly string[];
}

/** At least one case for each class. */
export const cases: Readonly<Record<string, readonly ModuleCase[]>> = {
  L1Loss: [
    { module: () => new nn.L1Loss(), loss: (x, t) => loss.l1Loss(x, t), inputs: [scores, others] },
  ],
  MSELoss: [
    {
      module: () => new nn.MSELoss(),
      loss: (x, t) => loss.mseLoss(x, t),
      inputs: [scores, others],
    },
    {
      module: () => new nn.MSELoss({ reduction: "sum" }),
      loss: (x, t) => loss.mseLoss(x, t, { reduction: "sum" }),
      inputs: [scores, others],
    },
  ],
  SmoothL1Loss: [
    {
      module: () => new nn.SmoothL1Loss({ beta: 2 }),
      loss: (x, t) => loss.smoothL1Loss(x, t, { beta: 2 }),
      inputs: [scores, others],
    },
  ],
  HuberLoss: [
    {
      module: () => new nn.HuberLoss({ delta: 0.5 }),
      loss: (x, t) => loss.huberLoss(x, t, { delta: 0.5 }),
      inputs: [scores, others],
    },
  ],
  PoissonNLLLoss: [
    {
      module: () => new nn.PoissonNLLLoss({ full: true }),
      loss: (x, t) => loss.poissonNllLoss(x, t, { full: true }),
      inputs: [scores, truths],
    },
  ],
  GaussianNLLLoss: [
    {
      module: () => new nn.GaussianNLLLoss({ full: true }),
      loss: (x, t, v) => loss.gaussianNllLoss(x, t, v as Tensor, { full: true }),
      inputs: [scores, others, inside],
    },
  ],
  KLDivLoss: [
    {
      module: () => new nn.KLDivLoss({ reduction: "batchmean" }),
      loss: (x, t) => loss.klDiv(x, t, { reduction: "batchmean" }),
      inputs: [scores, inside],
    },
  ],
  BCELoss: [
    {
      module: () => new nn.BCELoss({ weight }),
      loss: (x, t) => loss.binaryCrossEntropy(x, t, { weight }),
      inputs: [inside, truths],
      buffers: ["weight"],
    },
  ],
  BCEWithLogitsLoss: [
    {
      module: () => new nn.BCEWithLogitsLoss({ posWeight, weight }),
      loss: (x, t) => loss.binaryCrossEntropyWithLogits(x, t, { posWeight, weight }),
      inputs: [scores, truths],
      buffers: ["weight", "pos_weight"],
    },
  ],
  MultiLabelSoftMarginLoss: [
    {
      module: () => new nn.MultiLabelSoftMarginLoss({ weight }),
      loss: (x, t) => loss.multiLabelSoftMarginLoss(x, t, { weight }),
      inputs: [scores, truths],
      buffers: ["weight"],
    },
  ],
  CrossEntropyLoss: [
    {
      module: () => new nn.CrossEntropyLoss({ weight, labelSmoothing: 0.1, ignoreIndex: 0 }),
      loss: (x, t) => loss.crossEntropy(x, t, { weight, labelSmoothing: 0.1, ignoreIndex: 0 }),
      inputs: [scores, labels],
      buffers: ["weight"],
    },
    {
      module: () => new nn.CrossEntropyLoss(),
      loss: (x, t) => loss.crossEntropy(x, t),
      inputs: [scores, inside],
    },
  ],
  NLLLoss: [
    {
      module: () => new nn.NLLLoss({ weight }),
      loss: (x, t) => loss.nllLoss(x, t, { weight }),
      inputs: [scores, labels],
      buffers: ["weight"],
    },
  ],
  FocalLoss: [
    {
      module: () => new nn.FocalLoss({ gamma: 3 }),
      loss: (x, t) => loss.focalLoss(x, t, { gamma: 3 }),
      inputs: [scores, labels],
    },
  ],
  LDAMLoss: [
    {
      module: () => new nn.LDAMLoss({ samplesPerClass: [50, 3, 7, 1], scale: 2, weight }),
      loss: (x, t) => loss.ldamLoss(x, t, { samplesPerClass: [50, 3, 7, 1], scale: 2, weight }),
      inputs: [scores, labels],
      buffers: ["weight"],
    },
  ],
  MultiMarginLoss: [
    {
      module: () => new nn.MultiMarginLoss({ p: 2, margin: 0.5, weight }),
      loss: (x, t) => loss.multiMarginLoss(x, t, { p: 2, margin: 0.5, weight }),
      inputs: [scores, labels],
      buffers: ["weight"],
    },
  ],
  MultiLabelMarginLoss: [
    {
      module: () => new nn.MultiLabelMarginLoss({ reduction: "sum" }),
      loss: (x, t) => loss.multiLabelMarginLoss(x, t, { reduction: "sum" }),
      inputs: [scores, sets],
    },
  ],
  HingeEmbeddingLoss: [
    {
      module: () => new nn.HingeEmbeddingLoss({ margin: 0.5 }),
      loss: (x, t) => loss.hingeEmbeddingLoss(x, t, { margin: 0.5 }),
      inputs: [scores, signs],
    },
  ],
  SoftMarginLoss: [
    {
      module: () => new nn.SoftMarginLoss(),
      loss: (x, t) => loss.softMarginLoss(x, t),
      inputs: [scores, signs],
    },
  ],
  MarginRankingLoss: [
    {
      module: () => new nn.MarginRankingLoss({ margin: 0.25 }),
      loss: (a, b, t) => loss.marginRankingLoss(a, b, t as Tensor, { margin: 0.25 }),
      inputs: [scores, others, signs],
    },
  ],
  CosineEmbeddingLoss: [
    {
      module: () => new nn.CosineEmbeddingLoss({ margin: -0.5 }),
      loss: (a, b, t) => loss.cosineEmbeddingLoss(a, b, t as Tensor, { margin: -0.5 }),
      inputs: [scores, others, sides],
    },
  ],
  TripletMarginLoss: [
    {
      module: () => new nn.TripletMarginLoss({ margin: 2, swap: true }),
      loss: (a, p, n) => loss.tripletMarginLoss(a, p, n as Tensor, { margin: 2, swap: true }),
      inputs: [scores, others, signs],
    },
  ],
  CosineSimilarity: [
    {
      module: () => new nn.CosineSimilarity({ axis: 0 }),
      loss: (a, b) => loss.cosineSimilarity(a, b, { axis: 0 }),
      inputs: [scores, others],
    },
  ],
};
