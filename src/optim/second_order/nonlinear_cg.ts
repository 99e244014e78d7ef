import { ValueError } from "../../core/errors.ts";
import { number, oneOf } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { parameterList } from "../kinds.ts";
import { ClosureOptimizer } from "./closure_optimizer.ts";
import { type LossEvaluation, OWN, type StopOptions, stopOptions } from "./evaluation.ts";
import type { LineTrial } from "./line_search.ts";
import type { ClosureState } from "./state.ts";
import { combine, dotTo } from "./vectors.ts";

/** Formula of β: Fletcher–Reeves, Polak–Ribière (never negative), Hestenes–Stiefel. */
export type ConjugacyFormula = "fletcherReeves" | "polakRibiere" | "hestenesStiefel";

/** Options of `NonlinearCG`. */
export interface NonlinearCgOptions extends StopOptions {
  /** Formula for the weight of the previous direction. Default "polakRibiere". */
  readonly formula?: ConjugacyFormula;
  /**
   * Restarts with the negative gradient after this many iterations; default the number of elements for Fletcher–Reeves,
   * else never.
   */
  readonly restartEvery?: number;
}

/** Dot products that the formulas use, with g and d before the step and g' after it. */
interface Products {
  readonly after: number; // g'·g'
  readonly across: number; // g'·g
  readonly before: number; // g·g
  readonly slopeAfter: number; // g'·d
  readonly slopeBefore: number; // g·d
}

const formulas: Readonly<Record<ConjugacyFormula, (p: Products) => number>> = {
  fletcherReeves: ({ after, before }) => after / before,
  polakRibiere: ({ after, across, before }) => Math.max(0, (after - across) / before),
  hestenesStiefel: ({ after, across, slopeAfter, slopeBefore }) =>
    (after - across) / (slopeAfter - slopeBefore),
};

/** Indices into the values read back: g'·g', g'·g and g·g. */
const [AFTER, ACROSS, BEFORE] = [0, 1, 2] as const;

/**
 * Nonlinear conjugate gradients (Nocedal and Wright, 2nd ed., section 5.2): d ← −g + β·d with a strong Wolfe line search,
 * c2 = 0.1. Memory: seven vectors. The first trial step has the same first-order change of the loss as the previous step.
 */
export class NonlinearCG extends ClosureOptimizer {
  static readonly signature = /* @__PURE__ */ signature("NonlinearCG", {
    parameters: parameterList,
    options: options<NonlinearCgOptions>({
      ...stopOptions,
      formula: oneOf("fletcherReeves", "polakRibiere", "hestenesStiefel"),
      restartEvery: number,
    }),
  });

  readonly #formula: ConjugacyFormula;
  readonly #restartEvery: number;
  /** The direction of the last iteration that was accepted. */
  readonly #last: Tensor;
  #next = { beta: 0, slope: 0, lastStep: 0, lastSlope: 0, since: 0 };

  /** Throws `ValueError` for invalid options or parameters. */
  constructor(parameters: readonly Tensor[], given: NonlinearCgOptions = {}) {
    checkArguments(NonlinearCG.signature, arguments);
    const { formula = "polakRibiere", restartEvery, ...stop } = given;
    super("NonlinearCG", parameters, stop, { search: { c2: 0.1 }, own: 3 });
    if (!(formula in formulas) || (restartEvery !== undefined && !(restartEvery >= 1))) {
      throw new ValueError(
        `NonlinearCG: expected formula ${Object.keys(formulas).join(" or ")} and restartEvery ≥ 1, got ${formula} and ` +
          `${restartEvery}; leave them out`,
      );
    }
    this.#formula = formula;
    const usual = formula === "fletcherReeves" ? this.vector.count : Infinity;
    this.#restartEvery = restartEvery ?? usual;
    this.#last = this.vector.zeros("last d");
  }

  override dispose(): void {
    super.dispose();
    this.#last.dispose();
  }

  protected override measure(gradient: Tensor): void {
    dotTo(this.scalars, gradient, gradient, { to: OWN + AFTER });
    if (gradient === this.g) return;
    dotTo(this.scalars, gradient, this.g, { to: OWN + ACROSS });
    dotTo(this.scalars, this.g, this.g, { to: OWN + BEFORE });
  }

  protected override direction(): void {
    combine(this.d, this.#last, { keep: 0 });
    combine(this.d, this.g, { keep: this.#next.beta, factor: -1 });
  }

  protected override firstStep({ absSum }: LossEvaluation): number {
    const { slope, lastStep, lastSlope } = this.#next;
    const t = (lastStep * lastSlope) / slope;
    return t > 0 && Number.isFinite(t) ? t : Math.min(1, 1 / absSum);
  }

  protected override learn(
    { own, slope: slopeAfter }: LossEvaluation,
    { t, slope }: LineTrial,
  ): void {
    combine(this.#last, this.d, { keep: 0 });
    const [after = 0, across = 0, before = 0] = own;
    const since = this.#next.since + 1;
    const value = formulas[this.#formula]({
      after,
      across,
      before,
      slopeAfter,
      slopeBefore: slope,
    });
    const beta = since % this.#restartEvery !== 0 && Number.isFinite(value) ? value : 0;
    const next = { lastStep: t, lastSlope: slope, since };
    this.#next = { ...next, beta, slope: beta * slopeAfter - after };
  }

  protected override forget(): void {
    this.#next = { beta: 0, slope: 0, lastStep: 0, lastSlope: 0, since: 0 };
  }

  protected override memory(): ClosureState<Tensor> {
    return { numbers: this.#next, tensors: { d: this.#last } };
  }

  protected override recall(numbers: Readonly<Record<string, number>>) {
    const { beta = 0, slope = 0, lastStep = 0, lastSlope = 0, since = 0 } = numbers;
    this.#next = { beta, slope, lastStep, lastSlope, since };
    return { d: this.#last };
  }
}
