import { grid, list, type PointwiseExample } from "./pointwise_examples.ts";
import type { PointwiseLoss } from "./pointwise_losses.ts";

const differences = [0, 0.125, -0.125, 0.25, -0.25, 0.75, 1, -1, 1.5, -3, 1e4, -1e4, 1e-20];
const logits = [0, 1e-3, -1e-3, 0.5, -0.5, 3, -3, 20, -20, 88, -88, 100, -100];
const huge = [1e3, -1e3, 1e4, -1e4, 1e30, -1e30, 0];
const probabilities = [0, 1e-30, 1e-6, 0.1, 0.25, 0.49, 0.5, 0.51, 0.75, 0.999, 1 - 2 ** -24, 1];
const logProbabilities = [0, -1e-3, -0.1, -1, -5, -50, -1e4];
const scores = [0, 0.5, -0.5, 1, -1, 1.25, 2, -2, 3, 100, -100, 1e-6];
const sides = [1, -1, 0.5];

const difference = (loss: PointwiseLoss, ...numbers: number[]) =>
  numbers.map((a) => grid(`${loss}, ${a}`, { loss, a }, differences, [0, 0.5, -2]));

const focal = [
  { a: 0.25, b: 2 },
  { a: -1, b: 2 },
  { a: 0, b: 1 },
  { a: 0.75, b: 0 },
  { a: 1, b: 0.5 },
  { a: 0.5, b: 5 },
].flatMap(({ a, b }) => [
  grid(`focal, α ${a}, γ ${b}`, { loss: "focal", a, b }, logits, [0, 1, 0.3]),
  grid(`safety: focal at ±1e3 and more, α ${a}, γ ${b}`, { loss: "focal", a, b }, huge, [0, 1]),
]);

const poisson = [0, 1].flatMap((b) => [
  grid(
    `poisson from logarithms, full ${b}`,
    { loss: "poisson_nll_log", b },
    [0, 1, -2, 5, -100],
    [0, 1, 1.5, 2, 7],
  ),
  grid(
    `poisson, full ${b}`,
    { loss: "poisson_nll", a: 1e-8, b },
    [0, 1e-3, 0.5, 1, 1.5, 4, 30],
    [0, 1, 1.5, 2, 7],
  ),
]);

/** Examples with finite numbers, so that sums stay finite. */
export const finiteExamples: readonly PointwiseExample[] = [
  ...difference("l1", 0),
  ...difference("mse", 0),
  ...difference("smooth_l1", 1, 0, 0.25),
  ...difference("huber", 1, 0.25),
  grid("bce", { loss: "bce" }, probabilities, [0, 0.3, 1]),
  grid("bce_logits", { loss: "bce_logits" }, logits, [0, 0.3, 1]),
  grid(
    "safety: bce_logits at ±1e3 and ±1e4",
    { loss: "bce_logits" },
    [1e3, -1e3, 1e4, -1e4],
    [0, 1, 0.5],
  ),
  grid(
    "bce_logits, weights of positive targets",
    { loss: "bce_logits" },
    logits,
    [0, 0.3, 1],
    list(0.5, 3, 0),
  ),
  grid("kl_div", { loss: "kl_div" }, logProbabilities, [0, 1e-6, 0.3, 0.49, 0.7, 1, 1.5, 3]),
  grid("kl_div_log", { loss: "kl_div_log" }, logProbabilities, [
    0,
    -1e-6,
    -0.7,
    -50,
    -200,
    -Infinity,
    1,
  ]),
  ...focal,
  ...(["hinge", "squared_hinge", "soft_margin"] as const).map((loss) =>
    grid(loss, { loss }, scores, sides),
  ),
  ...[1, 0.5].map((a) =>
    grid(`hinge_embedding, margin ${a}`, { loss: "hinge_embedding", a }, scores, [1, -1, 0, 2]),
  ),
  ...[0, 0.5].map((a) =>
    grid(
      `margin_ranking, margin ${a}`,
      { loss: "margin_ranking", a },
      scores,
      [0.5, -1],
      list(1, -1),
    ),
  ),
  grid(
    "margin_ranking, ties belong to the slope",
    { loss: "margin_ranking" },
    [1, 2],
    [1, 2],
    list(-1),
  ),
  ...[0, 0.5].map((a) =>
    grid(
      `cosine_embedding, margin ${a}`,
      { loss: "cosine_embedding", a },
      [-1, 0, 0.25, 0.5, 0.75, 1],
      [1, -1, 0],
    ),
  ),
  ...poisson,
  grid(
    "gaussian_nll",
    { loss: "gaussian_nll", a: 1e-6, b: 0.5 },
    differences.slice(0, 10),
    [0, 0.5],
    list(0.5, 2),
  ),
  grid(
    "gaussian_nll, variances at and below eps",
    { loss: "gaussian_nll", a: 0.25 },
    [0, 1, -2],
    [0, 0.25, 1],
    list(0.25, 0.125, 0),
  ),
  {
    name: "bce_logits, weights of positive targets by channel",
    inputs: {
      x: { shape: [2, 3, 5], fill: (_, random) => random() },
      t: { shape: [2, 3, 5], fill: (i) => (i % 2) / 2 },
      v: { shape: [3, 1], fill: (i) => 0.5 + i },
    },
    options: { loss: "bce_logits" },
  },
  {
    name: "weights for rows of the middle axis",
    inputs: {
      x: { shape: [3, 5, 2, 7], fill: (_, random) => random() },
      t: { shape: [3, 5, 2, 7], fill: (i) => i % 3 },
      weight: [5, 1, 1],
      v: [2, 7],
    },
    options: { loss: "bce_logits" },
  },
];

const nan = (loss: PointwiseLoss, x = 0.5, t = 1) =>
  grid(`safety: ${loss}, NaN stays NaN`, { loss, a: 0.5, b: 1 }, [x, NaN, x], [t]);

const [low, high] = [-Infinity, Infinity];

/** Extreme examples without infinities, and without squares that overflow before a division. */
const extremes: readonly PointwiseExample[] = [
  grid(
    "safety: bce_logits at ±∞, 0 for the right target",
    { loss: "bce_logits" },
    [low, high],
    [0, 1],
  ),
  grid(
    "safety: bce_logits at −∞, positive targets weigh nothing",
    { loss: "bce_logits" },
    [low],
    [0, 1],
    list(0),
  ),
  ...[-1, 0, 0.25].flatMap((a) =>
    [0, 2].map((b) =>
      grid(
        `safety: focal at ±1e38 and ±∞, α ${a}, γ ${b}`,
        { loss: "focal", a, b },
        [1e38, -1e38, low, high],
        [0, 1],
      ),
    ),
  ),
  grid("safety: kl_div at −∞, 0 for a target of 0", { loss: "kl_div" }, [low, -1], [0, 0.5]),
  grid(
    "safety: kl_div_log at −∞, 0 for a target of −∞",
    { loss: "kl_div_log" },
    [low, -1],
    [low, -1],
  ),
  grid("safety: kl_div_log, NaN for a target of −∞", { loss: "kl_div_log" }, [NaN, -1], [low]),
  grid("safety: poisson_nll_log at ±∞", { loss: "poisson_nll_log" }, [low, high], [0, 1]),
  grid("safety: poisson_nll, no count at a rate of 0", { loss: "poisson_nll" }, [0, 1], [0]),
  grid(
    "safety: gaussian_nll of 1e20 under a variance of 1e30",
    { loss: "gaussian_nll", a: 1e-6 },
    [1e20, -1e15],
    [0],
    list(1e30),
  ),
];

/** Cases of `pointwise` and `pointwiseGrad`: every loss at its kinks and limits, and where the result must be NaN. */
export const pointwiseExamples: readonly PointwiseExample[] = [
  ...finiteExamples,
  ...extremes,
  grid(
    "bce, outside of [0, 1] there is no loss",
    { loss: "bce" },
    [-1e-6, 1 + 2 ** -20, 2, NaN, 0.5],
    [0, 0.3, 1],
  ),
  ...(
    ["l1", "mse", "smooth_l1", "huber", "bce_logits", "kl_div", "kl_div_log", "focal"] as const
  ).map((loss) => nan(loss)),
  ...(["hinge", "squared_hinge", "hinge_embedding", "soft_margin", "margin_ranking"] as const).map(
    (loss) => nan(loss),
  ),
  ...(["poisson_nll", "poisson_nll_log", "gaussian_nll", "cosine_embedding"] as const).map((loss) =>
    nan(loss),
  ),
  ...(["hinge_embedding", "cosine_embedding"] as const).map((loss) => ({
    ...nan(loss, 0.5, -1),
    name: `safety: ${loss} of a negative pair, NaN stays NaN`,
  })),
  ...(["kl_div", "poisson_nll"] as const).map((loss) =>
    grid(
      `safety: ${loss}, a target of NaN or below 0`,
      { loss, b: 1 },
      [0.5],
      loss === "kl_div" ? [NaN, -1, 0.5] : [NaN, 2],
    ),
  ),
  // the argument of the underlying exp2, up to 128, is rounded to f32
  {
    ...grid(
      "poisson from logarithms, up to where the rate overflows",
      { loss: "poisson_nll_log" },
      [60, 88.5, 1e4],
      [1],
    ),
    tolerance: { rtol: 128 * 2 ** -24 },
  },
  grid(
    "poisson, a rate below 0 has no loss",
    { loss: "poisson_nll", a: 1e-8 },
    [-1, -0.5, 1],
    [1, 2],
  ),
];
