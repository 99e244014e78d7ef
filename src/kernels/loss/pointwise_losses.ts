import type shader from "#shaders/loss/pointwise.wgsl";
import { times } from "./labels.ts";

/** Names of the files in shaders/loss/pointwise. */
export type PointwiseLoss = NonNullable<typeof shader.signature>["slots"]["loss"];

/** The inputs of one element's loss: `LossElement` of shaders/loss/point.wgsl. */
export interface LossElement {
  readonly x: number;
  readonly t: number;
  readonly v: number;
  readonly a: number;
  readonly b: number;
}

/** One file of shaders/loss/pointwise in float64. */
interface PointwiseTwin {
  value(p: LossElement): number;
  /** ∂/∂x, ∂/∂t, ∂/∂v; 0 for operands without a gradient. */
  slope(p: LossElement): readonly [number, number, number];
}

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const positive = (x: number) => (x <= 0 ? 0 : x);
const step = (open: boolean, x: number) => (Number.isNaN(x) ? NaN : open ? 1 : 0);

/** Losses of x − t: the derivative with respect to the target is the negative of the input's. */
const ofDifference = (
  value: (d: number, p: LossElement) => number,
  slope: (d: number, p: LossElement) => number,
): PointwiseTwin => ({
  value: (p) => value(p.x - p.t, p),
  slope: (p) => {
    const s = slope(p.x - p.t, p);
    return [s, -s, 0];
  },
});

/** Losses whose target has no gradient. */
const ofInput = (
  value: (p: LossElement) => number,
  slope: (p: LossElement) => number,
): PointwiseTwin => ({
  value,
  slope: (p) => [slope(p), 0, 0],
});

const isProbability = (x: number) => x >= 0 && x <= 1;
const boundedLog = (y: number) => Math.max(y, -100);
const binary = ({ x }: LossElement) =>
  [boundedLog(Math.log(x)), boundedLog(Math.log1p(-x))] as const;

function focal({ x, t, a, b }: LossElement) {
  const balance = a >= 0 ? a * t + (1 - a) * (1 - t) : 1;
  const q = t * sigmoid(-x) + (1 - t) * sigmoid(x);
  const entropy = times(t, softplus(-x)) + times(1 - t, softplus(x));
  const share = q === 0 ? 0 : (sigmoid(x) * sigmoid(-x)) / q;
  const inner = sigmoid(x) - t + times((1 - 2 * t) * share, times(b, entropy));
  return { value: times(balance * q ** b, entropy), slope: balance * q ** b * inner };
}

const stirling = (t: number) =>
  t > 1 ? t * Math.log(t) - t + 0.5 * Math.log(2 * Math.PI * t) : step(false, t);

/** All of shaders/loss/pointwise in float64. The type requires an entry for each file. */
export const pointwiseLosses: Readonly<Record<PointwiseLoss, PointwiseTwin>> = {
  l1: ofDifference(Math.abs, Math.sign),
  mse: ofDifference(
    (d) => d * d,
    (d) => 2 * d,
  ),
  smooth_l1: ofDifference(
    (d, { a }) => (Math.abs(d) < a ? (d * d) / (2 * a) : Math.abs(d) - a / 2),
    (d, { a }) => (Math.abs(d) < a ? d / a : Math.sign(d)),
  ),
  huber: ofDifference(
    (d, { a }) => (Math.abs(d) <= a ? (d * d) / 2 : a * (Math.abs(d) - a / 2)),
    (d, { a }) => Math.min(Math.max(d, -a), a),
  ),
  bce: {
    value: (p) => {
      if (!isProbability(p.x)) return NaN;
      const [yes, no] = binary(p);
      return -p.t * yes - (1 - p.t) * no;
    },
    slope: (p) => {
      if (!isProbability(p.x)) return [NaN, NaN, 0];
      const [yes, no] = binary(p);
      return [(p.x - p.t) / Math.max(p.x * (1 - p.x), 1e-12), no - yes, 0];
    },
  },
  bce_logits: {
    value: ({ x, t, v }) => times(v * t, softplus(-x)) + times(1 - t, softplus(x)),
    slope: ({ x, t, v }) => [
      (1 - t) * sigmoid(x) - v * t * sigmoid(-x),
      times(v, softplus(-x)) - softplus(x),
      times(t, softplus(-x)),
    ],
  },
  kl_div: {
    value: ({ x, t }) => (t === 0 ? 0 : t * Math.log(t)) - times(t, x),
    slope: ({ x, t }) => [-t, t === 0 ? 0 : Math.log(t) + 1 - x, 0],
  },
  kl_div_log: {
    value: ({ x, t }) => (t < -104 ? step(false, x) : Math.exp(t) * (t - x)),
    slope: ({ x, t }) =>
      t < -104 ? [0, step(false, x), 0] : [-Math.exp(t), Math.exp(t) * (t - x + 1), 0],
  },
  focal: ofInput(
    (p) => focal(p).value,
    (p) => focal(p).slope,
  ),
  hinge: ofInput(
    ({ x, t }) => positive(1 - t * x),
    ({ x, t }) => -t * step(1 - t * x > 0, x),
  ),
  squared_hinge: ofInput(
    ({ x, t }) => positive(1 - t * x) ** 2,
    ({ x, t }) => -2 * t * positive(1 - t * x),
  ),
  hinge_embedding: ofInput(
    ({ x, t, a }) => (t === -1 ? 0 : x) + (t === 1 ? 0 : positive(a - x)),
    ({ x, t, a }) => (t === -1 ? 0 : 1) - (t === 1 ? 0 : step(a - x >= 0, x)),
  ),
  soft_margin: ofInput(
    ({ x, t }) => softplus(-t * x),
    ({ x, t }) => -t * sigmoid(-t * x),
  ),
  margin_ranking: {
    value: ({ x, t, v, a }) => positive(a - v * (x - t)),
    slope: ({ x, t, v, a }) => {
      const s = v * step(a - v * (x - t) >= 0, x - t);
      return [-s, s, 0];
    },
  },
  cosine_embedding: ofInput(
    ({ x, t, a }) => (t === 1 ? 1 - x : t === -1 ? positive(x - a) : 0),
    ({ x, t, a }) => (t === 1 ? -1 : t === -1 ? step(x - a >= 0, x) : 0),
  ),
  poisson_nll_log: ofInput(
    ({ x, t, b }) => (x === Infinity ? x : Math.exp(x) - times(t, x) + b * stirling(t)),
    ({ x, t }) => Math.exp(x) - t,
  ),
  poisson_nll: ofInput(
    ({ x, t, a, b }) => x - times(t, Math.log(x + a)) + b * stirling(t),
    ({ x, t, a }) => (t === 0 && x + a === 0 ? 1 : 1 - t / (x + a)),
  ),
  gaussian_nll: {
    value: ({ x, t, v, a, b }) => {
      const s = Math.max(v, a);
      return 0.5 * (Math.log(s) + (x - t) ** 2 / s) + b;
    },
    slope: ({ x, t, v, a }) => {
      const s = Math.max(v, a);
      const pull = (x - t) / s;
      return [pull, -pull, 0.5 * (1 / s - pull * pull)];
    },
  },
};
