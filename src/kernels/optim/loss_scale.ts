import shader from "#shaders/optim/loss_scale.wgsl";
import { number, required } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";

/** How a loss scale is adapted; see `GradScaler`. */
export interface LossScaleOptions {
  /** Factor of the scale when it grows. */
  readonly growthFactor: number;
  /** Factor of the scale after a step with NaN or ±∞. */
  readonly backoffFactor: number;
  /** Number of consecutive steps without NaN and ±∞ after which the scale grows. */
  readonly growthInterval: number;
}

/** Advances the state (scale, steps since it changed) by one step, and clears `found`. */
export const lossScale = kernel(shader, (_, options: LossScaleOptions) => ({
  outputs: {},
  params: {
    growth: options.growthFactor,
    backoff: options.backoffFactor,
    interval: options.growthInterval,
  },
  grid: [1],
  flops: 3,
}));

export const kinds = () => ({
  growthFactor: required(number),
  backoffFactor: required(number),
  growthInterval: required(number),
});

export const reference: Reference<typeof lossScale> = ({ state, found }, options) => {
  const [scale = 0, steps = 0] = Array.from(state.data);
  if (found.data[0] !== 0) return { state: [scale * options.backoffFactor, 0], found: [0] };
  if (steps + 1 < options.growthInterval) return { state: [scale, steps + 1], found: [0] };
  const grown = scale * options.growthFactor;
  return { state: [grown < 3e38 ? grown : scale, 0], found: [0] };
};

function example(
  name: string,
  scale: number,
  steps: number,
  found: number,
): Case<typeof lossScale> {
  const inputs = {
    state: { shape: [2], fill: (i: number) => (i === 0 ? scale : steps) },
    found: { shape: [], fill: () => found },
  };
  const options = { growthFactor: 4, backoffFactor: 0.5, growthInterval: 10 };
  return { name, inputs, options, tolerance: "exact" };
}

export const cases: Case<typeof lossScale>[] = [
  example("a good step", 64, 3, 0),
  example("one before the interval is full", 64, 8, 0),
  example("the interval is full", 64, 9, 0),
  example("NaN or infinity found", 64, 3, 1),
  example("found where the interval would be full", 64, 9, 1),
  example("as large as it gets", 2 ** 127, 9, 0),
];
