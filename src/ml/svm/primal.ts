import { relu } from "../../ops/activation.ts";
import { affine, mul, neg, square, sub } from "../../ops/elementwise.ts";
import { matmul } from "../../ops/matmul.ts";
import { sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/reshape.ts";
import { concat } from "../../ops/shape.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { scalingOf } from "../columns.ts";
import type { Evaluation, Smooth } from "../linear_model/minimise.ts";
import type { SampleMatrix } from "../samples.ts";

/** What is squared of the outputs f: a margin of 1 that is missed, with t = ±1, or an error beyond a tube around t. */
export type Miss = { readonly kind: "hinge" } | { readonly kind: "tube"; readonly epsilon: number };

/**
 * Σ weight · miss² + strength/2 · ‖w‖² of linear functions of standardised features, weights of sum 1: the primal problem of a
 * linear support vector machine with squared losses. Lives on the GPU until `dispose`.
 */
export class PrimalProblem implements Smooth {
  readonly outputs: number;
  readonly columns: number;
  readonly size: number;
  readonly shift: Float32Array<ArrayBuffer>; // [features]
  readonly factor: Float32Array<ArrayBuffer>; // [features]
  readonly #miss: Miss;
  readonly #strength: number;
  readonly #z: Tensor; // [samples, columns]
  readonly #target: Tensor; // [samples, outputs]
  readonly #weight: Tensor; // [samples, 1]

  constructor(
    x: SampleMatrix,
    target: Float32Array<ArrayBuffer>,
    weights: Float64Array,
    options: { readonly miss: Miss; readonly C: number; readonly fitIntercept: boolean },
  ) {
    const { samples, features } = x;
    const scaling = scalingOf(x, options.fitIntercept);
    this.shift = scaling.shift;
    this.factor = scaling.factor;
    this.outputs = target.length / samples;
    this.columns = features + Number(options.fitIntercept);
    this.size = this.outputs * this.columns;
    const all = weights.reduce((a, b) => a + b, 0);
    this.#miss = options.miss;
    this.#strength = 1 / (options.C * all);
    this.#target = tensor(target, { shape: [samples, this.outputs] });
    this.#weight = tensor(
      Float32Array.from(weights, (w) => w / all),
      { shape: [samples, 1] },
    );
    this.#z = scope(() => {
      const scaled = mul(sub(x.x, tensor(scaling.shift)), tensor(scaling.factor));
      if (!options.fitIntercept) return scaled;
      const ones = tensor(new Float32Array(samples).fill(1), { shape: [samples, 1] });
      return concat([scaled, ones], 1);
    });
  }

  async evaluate(v: Float64Array): Promise<Evaluation> {
    const result = scope(() => {
      const shape = [this.outputs, this.columns];
      const f = matmul(this.#z, tensor(Float32Array.from(v), { shape }), { transposeB: true });
      const missed = this.#signed(f);
      const weighed = mul(missed, this.#weight);
      const gradient = matmul(weighed, this.#z, { transposeA: true });
      const loss = sum(mul(square(missed), this.#weight));
      return concat([reshape(gradient, [this.size]), reshape(loss, [1])], 0);
    });
    try {
      const numbers = await result.read();
      let value = numbers[this.size] as number;
      const gradient = Float64Array.from(v, (x, i) => {
        const factor = this.factor[i % this.columns]; // none for the intercept
        const l2 = factor === undefined ? 0 : this.#strength * factor * factor;
        value += (l2 * x * x) / 2;
        return 2 * (numbers[i] as number) + l2 * x;
      });
      return { value, gradient };
    } finally {
      result.dispose();
    }
  }

  /** Coefficients [outputs, features] and intercepts [outputs] in the features' own units. */
  inUnits(v: Float64Array) {
    const d = this.factor.length;
    const coef = new Float64Array(this.outputs * d);
    const intercept = new Float64Array(this.outputs);
    for (let k = 0; k < this.outputs; k++) {
      let constant = this.columns > d ? (v[k * this.columns + d] as number) : 0;
      for (let c = 0; c < d; c++) {
        const w = (v[k * this.columns + c] as number) * (this.factor[c] as number);
        coef[k * d + c] = w;
        constant -= w * (this.shift[c] as number);
      }
      intercept[k] = constant;
    }
    return { coef, intercept };
  }

  dispose(): void {
    for (const each of [this.#z, this.#weight, this.#target]) each.dispose();
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
