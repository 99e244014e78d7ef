import { noGrad } from "../../autograd/mode.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { describe } from "../../core/signature.ts";
import { abs } from "../../ops/elementwise/elementwise.ts";
import { max, sum } from "../../ops/reduce/reduce.ts";
import { isTensor } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ParameterVector } from "./parameter_vector.ts";
import { put } from "./vectors.ts";

/** Zeroes the gradients, computes the loss, calls `backward()` on it and returns it; called several times a step. */
export type Closure = () => Tensor;

/** When a call of `step` ends, with the names and defaults of torch.optim.LBFGS. */
export interface StopOptions {
  /** Maximum number of iterations per call; default 20. */
  readonly maxIter?: number;
  /** Maximum number of function evaluations per call; default 1.25 · maxIter. */
  readonly maxEval?: number;
  /** Ends when the largest absolute element of the gradient is at most this; default 1e-7. */
  readonly toleranceGrad?: number;
  /** Ends when the loss, or every parameter, changes by less than this; default 1e-9. */
  readonly toleranceChange?: number;
}

export const stopOptions = {
  maxIter: number,
  maxEval: number,
  toleranceGrad: number,
  toleranceChange: number,
};

/** Report of the last call of `step`. */
export interface Report {
  /** Steps along a direction. */
  readonly iterations: number;
  /** Calls of the closure. */
  readonly evaluations: number;
  /** Loss at the current parameters. */
  readonly loss: number;
  /** Largest absolute element of the gradient at the current parameters. */
  readonly gradient: number;
  /** Reason for the end; "line search": no step along the gradient lowers the loss. */
  readonly stopped: "gradient" | "change" | "iterations" | "evaluations" | "line search";
}

/** An evaluation of the function at one point. */
export interface LossEvaluation {
  readonly loss: number;
  /** ∇f · d for the direction that led to this point. */
  readonly slope: number;
  /** Largest absolute element of the gradient. */
  readonly largest: number;
  /** Sum of the absolute elements of the gradient. */
  readonly absSum: number;
  /** The optimiser's own numbers, read back from index OWN on. */
  readonly own: readonly number[];
}

/** Indices into `scalars` of the results of every function evaluation; an optimiser's own numbers begin at OWN. */
export const [LOSS, SLOPE, LARGEST, ABS_SUM, SLOPE_0, LONGEST] = [0, 1, 2, 3, 4, 5] as const;
export const OWN = 6;

/** The options with their defaults. Throws `ValueError` for negative ones. */
export function checkedStop(who: string, options: StopOptions): Required<StopOptions> {
  const { maxIter = 20, toleranceGrad = 1e-7, toleranceChange = 1e-9 } = options;
  const { maxEval = Math.max(Math.floor(1.25 * maxIter), 2) } = options;
  const stop = { maxIter, maxEval, toleranceGrad, toleranceChange };
  for (const [name, value] of Object.entries(stop)) {
    if (value >= 0) continue;
    throw new ValueError(`${who}: expected ${name} ≥ 0, got ${value}; 0 switches a tolerance off`);
  }
  return stop;
}

/** Counts during one call of `step`. */
export interface Count {
  iterations: number;
  evaluations: number;
}

/** The end point of an iteration. */
export interface Moved {
  readonly at: LossEvaluation;
  /** Whether the line search met its conditions. */
  readonly accepted: boolean;
  /** Whether the change is within the tolerance. */
  readonly still: boolean;
}

/** Tensors that an evaluation writes its results to. */
interface Destination {
  readonly vector: ParameterVector;
  readonly scalars: Tensor;
  /** The gradient as a vector. */
  readonly into: Tensor;
}

/**
 * Runs the closure and queues the readback of its results: loss and sizes of the gradient. Throws if the closure returns no
 * scalar loss.
 */
export function queueEvaluation(
  who: string,
  closure: Closure,
  { vector, scalars, into }: Destination,
): void {
  vector.zeroGrad();
  const loss = closure();
  if (!isTensor(loss)) {
    throw new ValueError(
      `${who}: expected the closure to return a loss, got ${describe(loss)}; return a tensor, not a promise`,
    );
  }
  if (loss.size !== 1) {
    throw new ShapeError(
      `${who}: expected the closure to return a loss of one element, got ${show(loss.shape, loss.name)}; ` +
        "reduce it with mean() or sum()",
    );
  }
  if (vector.parameters.every(({ grad }) => grad === null)) {
    throw new ValueError(
      `${who}: expected the closure to call backward(), got no gradient for any parameter; ` +
        "return the loss after loss.backward()",
    );
  }
  vector.readGrads(into);
  noGrad(() => {
    put(scalars, loss, LOSS);
    const sizes = abs(into);
    put(scalars, max(sizes), LARGEST);
    put(scalars, sum(sizes), ABS_SUM);
  });
}

/** The evaluation from the values read from `scalars`. */
export function evaluationOf(read: ArrayLike<number>): LossEvaluation {
  return {
    loss: read[LOSS] as number,
    slope: read[SLOPE] as number,
    largest: read[LARGEST] as number,
    absSum: read[ABS_SUM] as number,
    own: Array.from(read).slice(OWN),
  };
}
