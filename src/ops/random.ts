import { differentiable } from "../autograd/node.ts";
import { once } from "../autograd/recompute.ts";
import { ValueError } from "../core/errors.ts";
import type { Shape } from "../core/shape.ts";
import { dropout as dropoutKernel } from "../kernels/random/dropout.ts";
import { normal as normalKernel } from "../kernels/random/normal.ts";
import type { Stream } from "../kernels/random/stream.ts";
import { uniform as uniformKernel } from "../kernels/random/uniform.ts";
import { onReplay } from "../scheduler/recording.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

let seed = 0;
let draws = 0;

/** Starts every random sequence anew: the same seed and the same calls give the same numbers. Default 0. */
export function manualSeed(value: number): void {
  checkSeed("manualSeed", value);
  seed = value;
  draws = 0;
}

/** Where the random sequence stands: plain data. */
export interface RandomState {
  readonly seed: number;
  /** Draws so far: tensors made, dropouts run. */
  readonly draws: number;
}

/** What to give `setRandomState`, here or on another page, to draw the same numbers from here on. */
export function randomState(): RandomState {
  return { seed, draws };
}

/** Goes on where `randomState()` was called. Throws `ValueError` for anything else. */
export function setRandomState(state: RandomState): void {
  checkSeed("setRandomState", state.seed);
  if (!Number.isInteger(state.draws) || state.draws < 0) {
    throw new ValueError(`setRandomState: expected draws an integer ≥ 0, got ${state.draws}`);
  }
  ({ seed, draws } = state);
}

function checkSeed(who: string, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return;
  throw new ValueError(`${who}: expected an integer seed in 0..4294967295, got ${value}`);
}

/**
 * These options with a random stream of their own, as `run` takes options that change from step to step: a captured step
 * draws anew in every replay. Forward and backward of one operation share the call, and so the draws.
 */
export function drawn<Options extends object>(options: Options): () => Options & Stream {
  const stream = once(drawnStream);
  return () => ({ ...options, ...stream() });
}

/** The next stream, and in every replay of a captured step the next one then. */
function drawnStream(): () => Stream {
  const next = (): Stream => ({ seed, offset: draws++ });
  let stream = next();
  onReplay(
    () => {
      stream = next();
    },
    () => {
      draws = stream.offset ?? 0;
    },
  );
  return () => stream;
}

/** Uniform numbers in [low, high), by default [0, 1). The same on every device; see `random/uniform`. */
export function uniform(
  shape: Shape,
  { low = 0, high = 1 }: { low?: number; high?: number } = {},
): Tensor {
  return run(uniformKernel, {}, drawn({ shape, low, high })).y;
}

/** Normal numbers, by default of mean 0 and standard deviation 1. */
export function normal(
  shape: Shape,
  { mean = 0, std = 1 }: { mean?: number; std?: number } = {},
): Tensor {
  return run(normalKernel, {}, drawn({ shape, mean, std })).y;
}

/** Zeroes each element with probability p and scales the rest by 1/(1 − p) (Srivastava et al. 2014). */
export function dropout(x: Tensor, p = 0.5): Tensor {
  const options = drawn({ p });
  const { y } = run(dropoutKernel, { x }, options);
  return differentiable("dropout", { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(dropoutKernel, { x: dy }, options, { y: dx.into }).y);
  });
}
