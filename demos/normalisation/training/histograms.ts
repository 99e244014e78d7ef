import {
  abs,
  affine,
  bincount,
  cast,
  clamp,
  concat,
  log,
  maximum,
  noGrad,
  reshape,
  scope,
  std,
  type Tensor,
} from "wgrad";
import { DEPTH, type Network } from "./network.ts";

/** Bars of a histogram. */
export const BINS = 40;

/** Range of a histogram; values outside are counted in its first or last bar. */
export const spans = {
  /** Range of values. */
  activations: [-4, 4],
  /** Range of log₁₀ of absolute values. */
  gradients: [-8, 0],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** One entry a layer, first layer first. */
export interface Histograms {
  /** [layer][bar]: shares of a layer's outputs. */
  readonly activations: readonly (readonly number[])[];
  /** [layer][bar]: shares of the gradients of a convolution's weights, by magnitude. */
  readonly gradients: readonly (readonly number[])[];
  /** Standard deviations. */
  readonly sizes: {
    readonly activations: readonly number[];
    readonly gradients: readonly number[];
  };
}

/** Outputs of the layers for some digits, and the gradients of the last step, all in one readback. */
export async function histograms(model: Network, x: Tensor): Promise<Histograms> {
  using row = scope(() => noGrad(() => counted(model, x)));
  const data = Array.from(await row.read());
  const bars = (first: number) =>
    Array.from({ length: DEPTH }, (_, i) => {
      const own = data.slice((first + i) * BINS, (first + i + 1) * BINS);
      const all = own.reduce((a, b) => a + b, 0) || 1;
      return own.map((count) => count / all);
    });
  const sizes = data.slice(2 * DEPTH * BINS);
  return {
    ...{ activations: bars(0), gradients: bars(DEPTH) },
    sizes: { activations: sizes.slice(0, DEPTH), gradients: sizes.slice(DEPTH) },
  };
}

function counted(model: Network, x: Tensor): Tensor {
  const outputs = model.layers(x).slice(0, DEPTH);
  const gradients = model.convs.map(({ weight }) => {
    if (!weight.grad) throw new Error("expected gradients; take a step first");
    return weight.grad;
  });
  const powers = (gradient: Tensor) =>
    affine(log(maximum(abs(gradient), 1e-30)), { factor: 1 / Math.LN10 });
  return concat([
    ...outputs.map((h) => histogram(h, spans.activations)),
    ...gradients.map((gradient) => histogram(powers(gradient), spans.gradients)),
    ...[...outputs, ...gradients].map((each) => reshape(std(each), [1])),
  ]);
}

/** Number of elements of x in each of BINS equal parts of a range, [BINS]. */
function histogram(x: Tensor, [low, high]: readonly [number, number]): Tensor {
  const factor = BINS / (high - low);
  const places = clamp(affine(x, { factor, shift: -low * factor }), { min: 0, max: BINS - 1 });
  return bincount(cast(reshape(places, [x.size]), "u32"), BINS);
}
