import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";
import { abs } from "../../ops/elementwise/elementwise.ts";
import { max } from "../../ops/reduce/reduce.ts";
import { inPlace } from "../../scheduler/observe/place.ts";
import { transact } from "../../scheduler/transaction.ts";
import { tensor } from "../../tensor/create.ts";
import { keep, scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  type Closure,
  type Count,
  checkedStop,
  evaluationOf,
  LONGEST,
  LOSS,
  type LossEvaluation,
  type Moved,
  OWN,
  queueEvaluation,
  type Report,
  SLOPE,
  SLOPE_0,
  type StopOptions,
} from "./evaluation.ts";
import { type LineTrial, strongWolfe, type WolfeOptions } from "./line_search.ts";
import { ParameterVector } from "./parameter_vector.ts";
import { type ClosureState, checkClosureState, restoreState, saveState } from "./state.ts";
import { dotTo, put } from "./vectors.ts";

/** Fraction of the losses' running magnitude that counts as rounding, and the weight of older losses in it (Hager, Zhang). */
const ROUNDING = 1e-6;
const MEMORY = 0.7;

/**
 * Base of the optimisers that call a closure: each iteration searches a step along a direction computed from gradients.
 * Vectors and coefficients stay on the GPU; results of a function evaluation (loss, slope, gradient sizes) are read once.
 */
export abstract class ClosureOptimizer {
  readonly #who: string;
  readonly #stop: Required<StopOptions>;
  /** Options of the line search; undefined if every step has the length that `firstStep` returns. */
  readonly #search: WolfeOptions | undefined;
  protected readonly vector: ParameterVector;
  /** The current point, its gradient and the direction; the two `next` hold the point and gradient of a trial. */
  protected x: Tensor;
  protected g: Tensor;
  protected nextX: Tensor;
  protected nextG: Tensor;
  protected readonly d: Tensor;
  protected readonly scalars: Tensor;
  /** Iterations since the beginning. */
  iterations = 0;
  /** Report of the last `step`; undefined before. */
  report: Report | undefined;
  #noise = { weight: 0, size: 0 };

  /** Throws `ValueError` for invalid options or parameters. */
  constructor(
    who: string,
    parameters: readonly Tensor[],
    stop: StopOptions,
    { search, own = 0 }: { readonly search: WolfeOptions | undefined; readonly own?: number },
  ) {
    this.#who = who;
    this.#stop = checkedStop(who, stop);
    this.#search = search;
    this.vector = new ParameterVector(who, parameters);
    const names = ["x", "g", "next x", "next g", "d"] as const;
    const made = names.map((name) => this.vector.zeros(name));
    [this.x, this.g, this.nextX, this.nextG, this.d] = made as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const start = new Float32Array(OWN + own).fill(1);
    this.scalars = keep(tensor(start, { engine: this.vector.engine, name: "scalars" }));
  }

  /** Queues the computation of the direction d at x with gradient g; `at` is the evaluation there. */
  protected abstract direction(at: LossEvaluation, closure: Closure): void | Promise<void>;

  /** First step length to try along d. */
  protected abstract firstStep(at: LossEvaluation): number;

  /** Queues the update of the curvature from x → nextX, g → nextG: a step of length `step.t`, slope `step.slope` at x. */
  protected abstract learn(at: LossEvaluation, step: LineTrial): void;

  /** Discards the curvature: the next direction is the negative gradient. */
  protected abstract forget(): void;

  /** Queues dot products of the gradient at a trial, to be read back with its loss. */
  protected measure(_gradient: Tensor): void {}

  /** The state that `stateDict` saves besides the numbers of every optimiser. */
  protected abstract memory(): ClosureState<Tensor>;

  /** Restores the numbers of `memory`, and returns the tensors to fill. */
  protected abstract recall(numbers: Readonly<Record<string, number>>): Record<string, Tensor>;

  /**
   * Iterates until a tolerance is met, a limit is reached or no step lowers the loss. Returns the initial loss, as PyTorch
   * does; `report` says how it ended. One submit per function evaluation. If the closure throws, that evaluation is
   * undone and the parameters are at the end of the last iteration: the next `step` continues from there with the same bits.
   */
  async step(closure: Closure): Promise<number> {
    if (typeof closure !== "function") {
      throw new ValueError(
        `${this.#who}: expected a closure, got ${describe(closure)}; pass a function that zeroes the gradients, computes ` +
          "the loss, calls backward() and returns it",
      );
    }
    this.#evaluate(closure, this.g);
    this.vector.readValues(this.x);
    let at = evaluationOf(await this.scalars.read());
    const begin = at.loss;
    const count = { iterations: 0, evaluations: 1 };
    let stopped = this.#done(at, count);
    for (let fresh = false; !stopped; ) {
      const moved = await this.#advance(at, closure, count);
      if (!moved) {
        if (fresh) stopped = "line search";
        fresh = true;
        this.forget();
        continue;
      }
      stopped = moved.still ? "change" : this.#done(moved.at, count);
      if (!stopped && !moved.accepted && fresh) stopped = "line search";
      fresh = !moved.accepted;
      if (fresh) this.forget();
      at = moved.at;
    }
    this.report = { ...count, loss: at.loss, gradient: at.largest, stopped };
    return begin;
  }

  /** Removes the gradients; the next backward pass writes new ones. */
  zeroGrad(): void {
    this.vector.zeroGrad();
  }

  /** All state except the parameters: after restoring it, training continues bit for bit. */
  async stateDict(): Promise<ClosureState> {
    const { numbers, tensors } = this.memory();
    const { weight, size } = this.#noise;
    const common = { iterations: this.iterations, noiseWeight: weight, noiseSize: size };
    return saveState({ numbers: { ...numbers, ...common }, tensors });
  }

  /** Restores a state of `stateDict`. Throws `ValueError` if the optimiser or parameters differ; then nothing changes. */
  loadStateDict(state: ClosureState): void {
    const { numbers } = this.memory();
    checkClosureState(this.#who, state, Object.keys(numbers));
    const { iterations = 0, noiseWeight = 0, noiseSize = 0, ...own } = state.numbers;
    try {
      restoreState(this.#who, state, this.recall(own));
    } catch (error) {
      this.recall(numbers);
      throw error;
    }
    this.iterations = iterations;
    this.#noise = { weight: noiseWeight, size: noiseSize };
  }

  /** Frees the vectors. Parameters are not freed. */
  dispose(): void {
    this.vector.dispose();
    const { x, g, nextX, nextG, d, scalars } = this;
    for (const owned of [x, g, nextX, nextG, d, scalars]) owned.dispose();
  }

  #done(at: LossEvaluation, { iterations, evaluations }: Count): Report["stopped"] | undefined {
    if (at.largest <= this.#stop.toleranceGrad) return "gradient";
    if (iterations >= this.#stop.maxIter) return "iterations";
    return evaluations >= this.#stop.maxEval ? "evaluations" : undefined;
  }

  /** One iteration. Undefined, with the parameters back at x, if d does not descend or no step along it lowers the loss. */
  async #advance(at: LossEvaluation, closure: Closure, count: Count): Promise<Moved | undefined> {
    await update(() => this.direction(at, closure));
    update(() =>
      scope(() => {
        dotTo(this.scalars, this.g, this.d, { to: SLOPE_0 });
        put(this.scalars, max(abs(this.d)), LONGEST);
      }),
    );
    let last = { t: 0, read: new Float32Array() };
    const attempt = async (t: number): Promise<LineTrial> => {
      count.evaluations++;
      update(() => this.vector.move(this.x, this.d, t));
      try {
        this.#evaluate(closure, this.nextG);
      } catch (error) {
        update(() => this.vector.move(this.x, this.d, 0));
        throw error;
      }
      last = { t, read: (await this.scalars.read()) as Float32Array<ArrayBuffer> };
      return { t, loss: last.read[LOSS] as number, slope: last.read[SLOPE] as number };
    };
    const first = await attempt(this.firstStep(at));
    const start = { t: 0, loss: at.loss, slope: last.read[SLOPE_0] as number };
    const found = start.slope < 0 ? await this.#find(attempt, start, first) : undefined;
    if (!found || found.trial.t === 0 || !Number.isFinite(found.trial.slope)) {
      update(() => this.vector.move(this.x, this.d, 0));
      return undefined;
    }
    if (last.t !== found.trial.t) await attempt(found.trial.t);
    this.vector.readValues(this.nextX);
    const after = evaluationOf(last.read);
    update(() => this.learn(after, { ...found.trial, slope: start.slope }));
    [this.x, this.nextX] = [this.nextX, this.x];
    [this.g, this.nextG] = [this.nextG, this.g];
    this.iterations++;
    count.iterations++;
    const change = found.trial.t * (last.read[LONGEST] as number);
    const least = this.#stop.toleranceChange;
    const still = change <= least || Math.abs(after.loss - at.loss) < least;
    return { at: after, accepted: found.accepted, still };
  }

  /** Queues the closure and the readback of its results; the gradient is written to `into`. */
  #evaluate(closure: Closure, into: Tensor): void {
    const { vector, scalars, d } = this;
    const evaluate = () => {
      queueEvaluation(this.#who, closure, { vector, scalars, into });
      dotTo(scalars, into, d, { to: SLOPE });
      this.measure(into);
    };
    transact(vector.engine, () => scope(evaluate));
  }

  async #find(attempt: (t: number) => Promise<LineTrial>, start: LineTrial, first: LineTrial) {
    if (!this.#search) return { trial: first, accepted: true };
    const weight = 1 + MEMORY * this.#noise.weight;
    const size = this.#noise.size + (Math.abs(start.loss) - this.#noise.size) / weight;
    const options = { ...this.#search, noise: ROUNDING * size };
    const found = await strongWolfe(attempt, start, first, options);
    this.#noise = { weight, size };
    return found;
  }
}

/** Marks the optimiser's own dispatches for profiles; those of the closure count as forward and backward. */
function update<R>(work: () => R): R {
  return inPlace({ phase: "optimizer" }, work);
}
