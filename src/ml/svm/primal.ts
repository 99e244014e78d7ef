import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { LinearProblem, type Losses } from "../linear_model/linear_problem.ts";
import type { Evaluation } from "../linear_model/minimise.ts";
import { affine, mul, neg, relu, square, sub, sum } from "../plain.ts";
import type { HostMatrix } from "../samples.ts";
import type { LinearUnknowns } from "./linear_unknowns.ts";

/**
 * The squared quantity of a loss: how far an output f falls short of a margin of 1, with t = ±1, or exceeds a tube around
 * t.
 */
export type Miss = { readonly kind: "hinge" } | { readonly kind: "tube"; readonly epsilon: number };

/**
 * The miss of f, positive where f is too large and negative where it is too small: its square is the loss, and twice the
 * miss is the derivative of the loss.
 */
export function missOf(miss: Miss, f: number, target: number): number {
  if (miss.kind === "hinge") return -target * Math.max(0, 1 - f * target);
  const error = f - target;
  return Math.max(0, error - miss.epsilon) - Math.max(0, -error - miss.epsilon);
}

/**
 * The primal problem of linear support vector machines with squared losses, one per output, divided by Σ weight: their
 * prices times miss², and the penalties of their unknowns.
 */
export class PrimalProblem extends LinearProblem {
  readonly #miss: Miss;
  readonly #target: Tensor; // [samples, outputs]
  readonly #unknowns: LinearUnknowns;

  constructor(
    x: HostMatrix,
    target: Float64Array,
    weights: Float64Array,
    { miss, unknowns }: { readonly miss: Miss; readonly unknowns: LinearUnknowns },
  ) {
    super(x, weights, target.length / x.samples, unknowns.size > x.features);
    this.#miss = miss;
    this.#unknowns = unknowns;
    this.#target = tensor(Float32Array.from(target), { shape: [x.samples, this.outputs] });
  }

  override async evaluate(q: Float64Array): Promise<Evaluation> {
    const own = (all: Float64Array, k: number) =>
      all.subarray(k * this.columns, (k + 1) * this.columns);
    const v = new Float64Array(this.size);
    for (let k = 0; k < this.outputs; k++) own(v, k).set(this.#unknowns.toV(own(q, k)));
    const { value: losses, gradient } = await super.evaluate(v);
    const share = 1 / this.total;
    let value = losses;
    for (let k = 0; k < this.outputs; k++) {
      const penalty = this.#unknowns.penalty(own(q, k));
      value += share * penalty.value;
      const slopes = this.#unknowns.toQ(own(gradient, k));
      own(gradient, k).set(slopes.map((g, c) => g + share * (penalty.gradient[c] as number)));
    }
    return { value, gradient };
  }

  override dispose(): void {
    super.dispose();
    this.#target.dispose();
  }

  protected losses(v: Float64Array): Losses {
    const missed = this.#signed(this.scores(v));
    const loss = sum(mul(square(missed), this.weight));
    return { loss, residual: mul(affine(missed, 2, 0), this.weight) };
  }

  /** The miss of f, positive where f is too large and negative where it is too small. */
  #signed(f: Tensor): Tensor {
    if (this.#miss.kind === "hinge") {
      const short = relu(affine(mul(f, this.#target), -1, 1));
      return neg(mul(short, this.#target));
    }
    const error = sub(f, this.#target);
    const { epsilon } = this.#miss;
    return sub(relu(affine(error, 1, -epsilon)), relu(affine(error, -1, -epsilon)));
  }
}
