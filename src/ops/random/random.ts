import { differentiable } from "../../autograd/node.ts";
import { once } from "../../autograd/recompute.ts";
import { ValueError } from "../../core/errors.ts";
import { number, optional, required, shape as shapeKind } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { dropout as dropoutKernel } from "../../kernels/random/dropout.ts";
import { normal as normalKernel } from "../../kernels/random/normal.ts";
import type { Stream } from "../../kernels/random/stream.ts";
import { uniform as uniformKernel } from "../../kernels/random/uniform.ts";
import { moving } from "../../scheduler/step/recording.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

let seed = 0;
let draws = 0;

/**
 * Restarts the random sequence: the same seed and the same calls give the same numbers. Default seed 0.
 *
 * @example
 * ```ts
 * import { manualSeed, sub, uniform } from "wgrad";
 * manualSeed(7);
 * const first = uniform([3]);
 * manualSeed(7);
 * console.log(await sub(uniform([3]), first).read()); // [0, 0, 0]
 * ```
 */
export const manualSeed = /* @__PURE__ */ checked(
  "manualSeed",
  { value: number },
  (value: number): void => {
    checkSeed("manualSeed", value);
    seed = value;
    draws = 0;
  },
);

/** Position in the random sequence: plain data. */
export interface RandomState {
  /** The seed of `manualSeed`. */
  readonly seed: number;
  /** Number of draws so far, for example tensors filled or dropouts run. */
  readonly draws: number;
}

/** The state of the random sequence: `setRandomState` continues from it, here or on another page. */
export const randomState = /* @__PURE__ */ checked("randomState", {}, (): RandomState => {
  return { seed, draws };
});

/** Continues the random sequence from a `randomState()`. Throws `ValueError` for any other argument. */
export const setRandomState = /* @__PURE__ */ checked(
  "setRandomState",
  {
    state: /* @__PURE__ */ options<RandomState>({
      seed: /* @__PURE__ */ required(number),
      draws: /* @__PURE__ */ required(number),
    }),
  },
  (state: RandomState): void => {
    checkSeed("setRandomState", state.seed);
    if (!Number.isInteger(state.draws) || state.draws < 0) {
      throw new ValueError(
        `setRandomState: expected draws an integer ≥ 0, got ${state.draws}; pass what randomState() gave`,
      );
    }
    ({ seed, draws } = state);
  },
);

function checkSeed(who: string, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return;
  throw new ValueError(
    `${who}: expected an integer seed in 0..4294967295, got ${value}; use seed >>> 0`,
  );
}

/**
 * These options with a random stream of their own, as a function for `run`: a captured step draws anew in every replay.
 * Forward and backward of one operation share the call, and so the draws.
 */
export function drawn<Options extends object>(options: Options): () => Options & Stream {
  const stream = once(drawnStream);
  return () => ({ ...options, ...stream() });
}

/** Takes the next random stream, and another one in every replay of a captured step; the returned function gives the current one. */
function drawnStream(): () => Stream {
  let stream: Stream = { seed };
  moving(() => {
    const drawn = { seed, offset: draws++ };
    stream = drawn;
    return () => {
      const { offset } = drawn;
      // taken back only if no other operation has drawn since
      if (seed === drawn.seed && draws === offset + 1) draws = offset;
    };
  });
  return () => stream;
}

/** Bounds of uniform numbers. */
export interface UniformOptions {
  /** Lower bound. Default 0. */
  readonly low?: number;
  /** Upper bound, above `low`, excluded. Default 1. */
  readonly high?: number;
}

/**
 * Uniform numbers in [low, high), by default [0, 1): high, as a float32, is excluded. The same on every device; see
 * `random/uniform`. Throws `ValueError` unless low < high.
 *
 * @example
 * ```ts
 * import { manualSeed, max, uniform } from "wgrad";
 * manualSeed(1);
 * const x = uniform([1000], { low: -1, high: 1 });
 * console.log((await max(x).item()) < 1); // true
 * ```
 */
export const uniform = /* @__PURE__ */ checked(
  "uniform",
  {
    shape: shapeKind,
    options: /* @__PURE__ */ options<UniformOptions>({ low: number, high: number }),
  },
  (shape: Shape, { low = 0, high = 1 }: UniformOptions = {}): Tensor =>
    run(uniformKernel, {}, drawn({ shape, low, high })).y,
);

/** Mean and deviation of normal numbers. */
export interface NormalOptions {
  /** Mean. Default 0. */
  readonly mean?: number;
  /** Standard deviation, ≥ 0. Default 1. */
  readonly std?: number;
}

/**
 * Normal numbers, by default of mean 0 and standard deviation 1.
 *
 * @example
 * ```ts
 * import { manualSeed, mean, normal } from "wgrad";
 * manualSeed(1);
 * const x = normal([10_000], { mean: 5, std: 2 });
 * console.log(Math.round(await mean(x).item())); // 5
 * ```
 */
export const normal = /* @__PURE__ */ checked(
  "normal",
  {
    shape: shapeKind,
    options: /* @__PURE__ */ options<NormalOptions>({ mean: number, std: number }),
  },
  (shape: Shape, { mean = 0, std = 1 }: NormalOptions = {}): Tensor =>
    run(normalKernel, {}, drawn({ shape, mean, std })).y,
);

/** Zeroes each element with probability p and scales the rest by 1/(1 − p) (Srivastava et al. 2014). */
export const dropout = /* @__PURE__ */ checked(
  "dropout",
  { x: tensorKind, p: /* @__PURE__ */ optional(number) },
  (x: Tensor, p = 0.5): Tensor => {
    const options = drawn({ p });
    const { y } = run(dropoutKernel, { x }, options);
    return differentiable("dropout", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(run(dropoutKernel, { x: dy }, options, { y: dx.into }).y);
    });
  },
);
