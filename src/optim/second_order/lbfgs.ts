import { ValueError } from "../../core/errors.ts";
import { number, oneOf } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { parameterList } from "../kinds.ts";
import { ClosureOptimizer } from "./closure_optimizer.ts";
import { type LossEvaluation, OWN, type StopOptions, stopOptions } from "./evaluation.ts";
import type { ClosureState } from "./state.ts";
import { combine, difference, dotTo } from "./vectors.ts";

/** Names and defaults of torch.optim.LBFGS. */
export interface LbfgsOptions extends StopOptions {
  /** First step length to try or, without a line search, the length of every step; default 1. */
  readonly lr?: number;
  /** Number of pairs of steps and gradient changes kept; default 100. */
  readonly historySize?: number;
  /** "strongWolfe", or "none" (default): steps of length lr. */
  readonly lineSearch?: "strongWolfe" | "none";
}

/** A step and the change of the gradient over it. */
interface CurvaturePair {
  readonly s: Tensor;
  readonly y: Tensor;
}

/** Indices into `scalars`: γ, yᵀs and the current coefficient; then ρ and α of every pair. */
const [GAMMA, YS, COEFFICIENT, RHO] = [OWN, OWN + 1, OWN + 2, OWN + 3] as const;

/**
 * L-BFGS as torch.optim.LBFGS: the two-loop recursion (Nocedal and Wright, 2nd ed., algorithm 7.4) with H₀ = γ·I, γ = yᵀs /
 * yᵀy. All coefficients of the recursion stay on the GPU; a pair with yᵀs ≤ 0 is ignored. Steps s are differences of the
 * rounded parameters, so that pairs stay correct near a minimum.
 *
 * @example
 * ```ts
 * import { square, sub, sum, tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { LBFGS } from "wgrad/optim";
 * const w = parameter(tensor([3, -2]));
 * const optimizer = new LBFGS([w], { lineSearch: "strongWolfe" });
 * await optimizer.step(() => {
 *   optimizer.zeroGrad();
 *   const loss = sum(square(sub(w, 1)));
 *   loss.backward();
 *   return loss;
 * });
 * console.log(await w.read()); // [1, 1]
 * ```
 */
export class LBFGS extends ClosureOptimizer {
  static readonly signature = /* @__PURE__ */ signature("LBFGS", {
    parameters: parameterList,
    options: options<LbfgsOptions>({
      ...stopOptions,
      lr: number,
      historySize: number,
      lineSearch: oneOf("strongWolfe", "none"),
    }),
  });

  readonly #lr: number;
  readonly #history: number;
  readonly #pairs: CurvaturePair[] = [];
  readonly #q: Tensor;
  /** Number of pairs learned since the start or the last reset; pair k is at index k modulo the history's size. */
  #learned = 0;

  /** Throws `ValueError` for invalid options or parameters. */
  constructor(parameters: readonly Tensor[], given: LbfgsOptions = {}) {
    checkArguments(LBFGS.signature, arguments);
    const { lr = 1, historySize = 100, lineSearch = "none", ...stop } = given;
    if (!(lr > 0) || !Number.isInteger(historySize) || historySize < 1) {
      throw new ValueError(
        `LBFGS: expected lr > 0 and historySize an integer ≥ 1, got ${lr} and ${historySize}; leave them out for the defaults`,
      );
    }
    const search = lineSearch === "strongWolfe" ? {} : undefined;
    super("LBFGS", parameters, stop, { search, own: 3 + 2 * historySize });
    this.#lr = lr;
    this.#history = historySize;
    this.#q = this.vector.zeros("q");
  }

  override dispose(): void {
    super.dispose();
    this.#q.dispose();
    for (const { s, y } of this.#pairs.splice(0)) {
      s.dispose();
      y.dispose();
    }
  }

  protected override direction(): void {
    const { scalars, g, d } = this;
    const newest = this.#learned - 1;
    const oldest = Math.max(0, this.#learned - this.#history);
    const q = newest < 0 ? d : this.#q;
    combine(q, g, { keep: 0, factor: -1 });
    if (newest < 0) return;
    for (let k = newest; k >= oldest; k--) {
      const { s, y, rho, alpha } = this.#pair(k);
      dotTo(scalars, s, q, { to: alpha, finish: "times", a: rho });
      combine(q, y, { factor: -1, scaled: "factor", scalars, at: alpha });
    }
    combine(d, q, { keep: 0, scaled: "factor", scalars, at: GAMMA });
    for (let k = oldest; k <= newest; k++) {
      const { s, y, rho, alpha } = this.#pair(k);
      dotTo(scalars, y, d, { to: COEFFICIENT, finish: "rest", a: alpha, b: rho });
      combine(d, s, { scaled: "factor", scalars, at: COEFFICIENT });
    }
  }

  protected override firstStep({ absSum }: LossEvaluation): number {
    return this.#learned === 0 ? Math.min(1, 1 / absSum) * this.#lr : this.#lr;
  }

  protected override learn(): void {
    const { scalars } = this;
    const { s, y, rho } = this.#pair(this.#learned++);
    difference(s, this.nextX, this.x);
    difference(y, this.nextG, this.g);
    dotTo(scalars, y, s, { to: YS }, { to: rho, finish: "inverse" });
    dotTo(scalars, y, y, { to: GAMMA, finish: "quotient", a: YS, b: GAMMA });
  }

  protected override forget(): void {
    this.#learned = 0;
  }

  protected override memory(): ClosureState<Tensor> {
    return { numbers: { learned: this.#learned }, tensors: this.#tensors() };
  }

  protected override recall({ learned = 0 }: Readonly<Record<string, number>>) {
    this.#learned = learned;
    return this.#tensors();
  }

  #tensors(): Record<string, Tensor> {
    const held = Array.from({ length: Math.min(this.#learned, this.#history) }, (_, i) => {
      const { s, y } = this.#pair(i);
      return { [`s.${i}`]: s, [`y.${i}`]: y };
    });
    return Object.assign({ scalars: this.scalars }, ...held);
  }

  /** CurvaturePair k with the indices of its ρ and α. */
  #pair(k: number): CurvaturePair & { readonly rho: number; readonly alpha: number } {
    const place = k % this.#history;
    this.#pairs[place] ??= { s: this.vector.zeros("s"), y: this.vector.zeros("y") };
    return { ...this.#pairs[place], rho: RHO + place, alpha: RHO + this.#history + place };
  }
}
