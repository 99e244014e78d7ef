import type { HostTensor } from "../kernels/kernel.ts";
import type { PointwiseLoss } from "../kernels/loss/pointwise_losses.ts";
import type { OpCase, OpCases, OpInput } from "../ops/op_case.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { klDiv } from "./divergence.ts";
import {
  hingeEmbeddingLoss,
  hingeLoss,
  marginRankingLoss,
  softMarginLoss,
  squaredHingeLoss,
} from "./margin.ts";
import type { Reduction } from "./reduction.ts";
import { elementLosses, reduceLosses } from "./reference.ts";
import {
  gaussianNllLoss,
  huberLoss,
  l1Loss,
  mseLoss,
  poissonNllLoss,
  smoothL1Loss,
} from "./regression.ts";

const sizes = { shape: [5, 7] };
/** Inputs at a distance from kinks of a loss of x − t that exceeds the step of the differences. */
const apart: OpInput = {
  ...sizes,
  fill: (i, random) => (i % 2 ? 3 : -3) + random() / 2 + (i % 5) / 2,
};
const counts: OpInput = { ...sizes, fill: (i) => [0, 1, 3, 7, 2][i % 5] ?? 0, grad: false };
const signs: OpInput = { ...sizes, fill: (i) => (i % 3 ? 1 : -1), grad: false };
const positive: OpInput = { ...sizes, fill: (_, random) => 0.25 + random() };
const withNaN: OpInput = { shape: [3], fill: (i) => (i === 1 ? NaN : 0.5), grad: false };
const emptied: OpInput = { shape: [3], fill: (i) => (i ? -i / 2 : -Infinity), grad: false };
const ones: OpInput = { shape: [3], fill: () => 1, grad: false };

type LossFunction = (x: Tensor, t: Tensor, options: { reduction?: Reduction }) => Tensor;

/** Cases of every loss of an input and a target: the three reductions, one element, long sums, NaN. */
function examples(
  loss: PointwiseLoss,
  run: LossFunction,
  [x, t]: readonly [OpInput, OpInput],
  numbers: { readonly a?: number; readonly b?: number } = {},
): OpCase[] {
  const example = (name: string, inputs: OpInput[], reduction: Reduction): OpCase => ({
    name,
    inputs,
    run: (a, b) => run(a as Tensor, b as Tensor, { reduction }),
    reference: (a, b) =>
      elementLosses({ x: a as HostTensor, t: b as HostTensor }, { loss, reduction, ...numbers }),
    shape: reduction === "none" ? (inputs[0]?.shape ?? []) : [],
    tolerance: { length: reduction === "none" ? 1 : 35 },
  });
  return [
    example("mean", [x, t], "mean"),
    example("sum", [x, t], "sum"),
    example("none", [x, t], "none"),
    example("safety: NaN stays NaN, none", [withNaN, ones], "none"),
    example("safety: NaN stays NaN, mean", [withNaN, ones], "mean"),
  ];
}

const regression = [apart, sizes] as const;
const scored = [sizes, signs] as const;
const logOf = { ...positive, fill: (_: number, random: () => number) => -0.1 - 2 * random() };

const long: OpCase = {
  name: "a mean of more than one piece",
  inputs: [
    { shape: [9, 500], grad: false },
    { shape: [9, 500], grad: false },
  ],
  run: (x, t) => mseLoss(x, t),
  reference: (x, t) => elementLosses({ x, t }, { loss: "mse" }),
  tolerance: { length: 64 },
};

const same: OpCase = {
  name: "a tensor against itself",
  inputs: [sizes],
  run: (x) => mseLoss(x, x),
  reference: () => [0],
};

const gaussian = (name: string, variance: OpInput, full: boolean, eps = 1e-6): OpCase => ({
  name,
  inputs: [apart, sizes, variance],
  run: (x, t, v) => gaussianNllLoss(x, t, v, { full, eps }),
  reference: (x, t, v) =>
    elementLosses(
      { x, t, v },
      { loss: "gaussian_nll", a: eps, b: full ? 0.5 * Math.log(2 * Math.PI) : 0 },
    ),
  tolerance: { length: 64 },
  gradTolerance: { atol: 5e-6, rtol: 5e-6 },
});

const ranking = (name: string, target: OpInput, margin: number, reduction: Reduction): OpCase => ({
  name,
  inputs: [apart, sizes, target],
  run: (x1, x2, t) => marginRankingLoss(x1, x2, t, { margin, reduction }),
  reference: (x, t, v) =>
    elementLosses({ x, t, v }, { loss: "margin_ranking", a: margin, reduction }),
  tolerance: { length: 35 },
});

export const cases: OpCases = {
  l1Loss: [...examples("l1", l1Loss, regression)],
  mseLoss: [...examples("mse", mseLoss, regression), long, same],
  smoothL1Loss: [
    ...examples("smooth_l1", smoothL1Loss, regression, { a: 1 }),
    ...[0, 4].flatMap((beta) =>
      examples("smooth_l1", (x, t, o) => smoothL1Loss(x, t, { ...o, beta }), regression, {
        a: beta,
      })
        .slice(0, 1)
        .map((c) => ({ ...c, name: `β ${beta}` })),
    ),
  ],
  huberLoss: [
    ...examples("huber", huberLoss, regression, { a: 1 }),
    ...examples("huber", (x, t, o) => huberLoss(x, t, { ...o, delta: 4 }), regression, { a: 4 })
      .slice(2, 3)
      .map((c) => ({ ...c, name: "δ 4, none" })),
  ],
  poissonNllLoss: [
    ...examples("poisson_nll_log", poissonNllLoss, [sizes, counts], { a: 1e-8 }),
    ...examples(
      "poisson_nll",
      (x, t, o) => poissonNllLoss(x, t, { ...o, logInput: false, full: true, eps: 0.125 }),
      [positive, counts],
      { a: 0.125, b: 1 },
    )
      .slice(0, 1)
      .map((c) => ({ ...c, name: "a rate, with Stirling's term" })),
  ],
  gaussianNllLoss: [
    gaussian("a variance for every element", positive, false),
    gaussian("a variance for every column, in full", { ...positive, shape: [7] }, true),
    gaussian("a frozen variance for every row", { ...positive, shape: [5, 1], grad: false }, true),
    {
      ...gaussian("variances below eps", { ...positive, grad: false }, false, 2),
    },
  ],
  klDiv: [
    ...examples("kl_div", klDiv, [logOf, positive]),
    ...examples("kl_div_log", (x, t, o) => klDiv(x, t, { ...o, logTarget: true }), [logOf, logOf])
      .slice(0, 3)
      .map((c) => ({ ...c, name: `logarithms of targets, ${c.name}` })),
    {
      name: "safety: a target of 0 at −∞ adds 0",
      inputs: [emptied, { shape: [3], fill: (i) => i / 4, grad: false }],
      run: (x, t) => klDiv(x, t, { reduction: "sum" }),
      reference: (x, t) => elementLosses({ x, t }, { loss: "kl_div", reduction: "sum" }),
      shape: [],
    },
    {
      name: "safety: logarithms of targets, −∞ at −∞ adds 0",
      inputs: [emptied, { ...emptied, fill: (i) => (i ? -i : -Infinity) }],
      run: (x, t) => klDiv(x, t, { reduction: "sum", logTarget: true }),
      reference: (x, t) => elementLosses({ x, t }, { loss: "kl_div_log", reduction: "sum" }),
      shape: [],
    },
    {
      name: "batchmean",
      inputs: [logOf, positive],
      run: (x, t) => klDiv(x, t, { reduction: "batchmean" }),
      reference: (x, t) =>
        reduceLosses(elementLosses({ x, t }, { loss: "kl_div", reduction: "none" }), "mean", 5),
      shape: [],
      tolerance: { length: 35 },
    },
  ],
  hingeLoss: [...examples("hinge", hingeLoss, scored)],
  squaredHingeLoss: [...examples("squared_hinge", squaredHingeLoss, scored)],
  softMarginLoss: [...examples("soft_margin", softMarginLoss, scored)],
  hingeEmbeddingLoss: [
    ...examples("hinge_embedding", hingeEmbeddingLoss, scored, { a: 1 }),
    ...examples(
      "hinge_embedding",
      (x, t, o) => hingeEmbeddingLoss(x, t, { ...o, margin: 0.3 }),
      scored,
      { a: 0.3 },
    )
      .slice(0, 1)
      .map((c) => ({ ...c, name: "margin 0.3" })),
  ],
  marginRankingLoss: [
    ranking("a target for every pair, mean", signs, 0, "mean"),
    ranking("one target, a margin, none", { shape: [], fill: () => -1, grad: false }, 0.5, "none"),
    ranking("safety: NaN stays NaN", { shape: [], fill: () => NaN, grad: false }, 0.5, "sum"),
  ],
};
