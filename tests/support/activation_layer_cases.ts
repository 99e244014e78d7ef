import * as nn from "../../src/nn/index.ts";
import type { LayerCase } from "./layer_cases.ts";
import { each, type State } from "./layer_references.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);

/** Φ by Simpson's rule from 0. */
function normalCdf(x: number): number {
  const n = 2000;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  const h = x / n;
  let total = density(0) + density(x);
  for (let i = 1; i < n; i++) total += (i % 2 === 1 ? 4 : 2) * density(i * h);
  return 0.5 + (total * h) / 3;
}

const pointwise = (
  make: LayerCase["make"],
  f: (x: number, channel: number, state: State) => number,
): LayerCase => ({ make, x: [2, 3, 4], reference: each(f) });

const evaluated =
  (make: LayerCase["make"]): LayerCase["make"] =>
  () =>
    make().eval();

export const activationCases: Readonly<Record<string, LayerCase>> = {
  Activation: pointwise(
    () => new nn.Activation({ act: "elu", alpha: 2 }),
    (x) => (x > 0 ? x : 2 * Math.expm1(x)),
  ),
  ReLU: pointwise(
    () => new nn.ReLU(),
    (x) => Math.max(x, 0),
  ),
  ReLU6: pointwise(
    () => new nn.ReLU6(),
    (x) => clamp(x, 0, 6),
  ),
  LeakyReLU: pointwise(
    () => new nn.LeakyReLU(0.2),
    (x) => (x > 0 ? x : 0.2 * x),
  ),
  PReLU: pointwise(
    () => new nn.PReLU(3),
    (x, c, { weight }) => (x > 0 ? x : (weight?.data[c] as number) * x),
  ),
  RReLU: pointwise(
    evaluated(() => new nn.RReLU(0.1, 0.3)),
    (x) => (x > 0 ? x : 0.2 * x),
  ),
  ELU: pointwise(
    () => new nn.ELU(0.5),
    (x) => (x > 0 ? x : 0.5 * Math.expm1(x)),
  ),
  CELU: pointwise(
    () => new nn.CELU(2),
    (x) => (x > 0 ? x : 2 * Math.expm1(x / 2)),
  ),
  SELU: pointwise(
    () => new nn.SELU(),
    (x) =>
      x > 0 ? 1.0507009873554805 * x : 1.0507009873554805 * 1.6732632423543772 * Math.expm1(x),
  ),
  GELU: pointwise(
    () => new nn.GELU(),
    (x) => x * normalCdf(x),
  ),
  SiLU: pointwise(
    () => new nn.SiLU(),
    (x) => x * sigmoid(x),
  ),
  Mish: pointwise(
    () => new nn.Mish(),
    (x) => x * Math.tanh(softplus(x)),
  ),
  Sigmoid: pointwise(() => new nn.Sigmoid(), sigmoid),
  Tanh: pointwise(() => new nn.Tanh(), Math.tanh),
  Hardsigmoid: pointwise(
    () => new nn.Hardsigmoid({ alpha: 0.2, beta: 0.4 }),
    (x) => clamp(0.2 * x + 0.4, 0, 1),
  ),
  Hardswish: pointwise(
    () => new nn.Hardswish(),
    (x) => (x * clamp(x + 3, 0, 6)) / 6,
  ),
  Hardtanh: pointwise(
    () => new nn.Hardtanh(-2, 1),
    (x) => clamp(x, -2, 1),
  ),
  LogSigmoid: pointwise(
    () => new nn.LogSigmoid(),
    (x) => -softplus(-x),
  ),
  Softsign: pointwise(
    () => new nn.Softsign(),
    (x) => x / (1 + Math.abs(x)),
  ),
  Tanhshrink: pointwise(
    () => new nn.Tanhshrink(),
    (x) => x - Math.tanh(x),
  ),
  Threshold: pointwise(
    () => new nn.Threshold(0.3, -2),
    (x) => (x > 0.3 ? x : -2),
  ),
  Softshrink: pointwise(
    () => new nn.Softshrink(1),
    (x) => x - clamp(x, -1, 1),
  ),
  Hardshrink: pointwise(
    () => new nn.Hardshrink(1),
    (x) => (Math.abs(x) > 1 ? x : 0),
  ),
  Softplus: pointwise(
    () => new nn.Softplus(2, 20),
    (x) => softplus(2 * x) / 2,
  ),
  Identity: pointwise(
    () => new nn.Identity(),
    (x) => x,
  ),
  Dropout: pointwise(
    evaluated(() => new nn.Dropout(0.5)),
    (x) => x,
  ),
  Dropout1d: pointwise(
    evaluated(() => new nn.Dropout1d(0.5)),
    (x) => x,
  ),
  Dropout2d: pointwise(
    evaluated(() => new nn.Dropout2d(0.5)),
    (x) => x,
  ),
  Dropout3d: pointwise(
    evaluated(() => new nn.Dropout3d(0.5)),
    (x) => x,
  ),
  AlphaDropout: pointwise(
    evaluated(() => new nn.AlphaDropout(0.5)),
    (x) => x,
  ),
};
