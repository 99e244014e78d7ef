import { relu } from "../../ops/activation.ts";
import { affine, mul, neg, square, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { LinearProblem, type Losses } from "../linear_model/linear_problem.ts";
import type { HostMatrix } from "../samples.ts";

/** What is squared of the outputs f: a margin of 1 that is missed, with t = ±1, or an error beyond a tube around t. */
export type Miss = { readonly kind: "hinge" } | { readonly kind: "tube"; readonly epsilon: number };

/** The primal problem of a linear support vector machine with squared losses: Σ weight · miss² + ½‖w‖² / (C · Σ weight). */
export class PrimalProblem extends LinearProblem {
  readonly #miss: Miss;
  readonly #target: Tensor; // [samples, outputs]

  constructor(
    x: HostMatrix,
    target: Float32Array<ArrayBuffer>,
    weights: Float64Array,
    {
      miss,
      C,
      fitIntercept,
    }: { readonly miss: Miss; readonly C: number; readonly fitIntercept: boolean },
  ) {
    super(x, weights, target.length / x.samples, fitIntercept);
    this.l2 = this.penalties((factor) => (factor * factor) / (C * this.total));
    this.#miss = miss;
    this.#target = tensor(target, { shape: [x.samples, this.outputs] });
  }

  override dispose(): void {
    super.dispose();
    this.#target.dispose();
  }

  protected losses(v: Float64Array): Losses {
    const missed = this.#signed(this.scores(v));
    const loss = sum(mul(square(missed), this.weight));
    return { loss, residual: mul(affine(missed, { factor: 2 }), this.weight) };
  }

  /** By how much f misses, with the sign of what it should change by: its square is the loss, twice it the slope. */
  #signed(f: Tensor): Tensor {
    if (this.#miss.kind === "hinge") {
      const short = relu(affine(mul(f, this.#target), { factor: -1, shift: 1 }));
      return neg(mul(short, this.#target));
    }
    const error = sub(f, this.#target);
    const { epsilon } = this.#miss;
    return sub(relu(sub(error, epsilon)), relu(affine(error, { factor: -1, shift: -epsilon })));
  }
}
