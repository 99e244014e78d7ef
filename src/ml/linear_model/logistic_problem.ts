import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import type { IndexedLabels } from "../labels.ts";
import {
  exp,
  logSoftmax,
  mul,
  neg,
  rowSums,
  sigmoid,
  slice,
  softplus,
  sub,
  sum,
  transposedProduct,
} from "../plain.ts";
import type { HostMatrix } from "../samples.ts";
import { conjugateGradients } from "./conjugate_gradients.ts";
import { LinearProblem, type Losses } from "./linear_problem.ts";
import type { Evaluation } from "./minimise.ts";

/** Maximum number of elements of weighted samples on the GPU while second derivatives are computed. */
const MOST_AT_ONCE = 2 ** 23;

/** The mean logistic loss: one output for two classes, one per class for more. */
export class LogisticProblem extends LinearProblem {
  /** Columns without a penalty, for which only differences between classes matter. */
  free: readonly number[] = [];
  /** For two classes ±1 [samples, 1]; for more the weight in the column of the sample's class, [samples, classes]. */
  readonly #target: Tensor;
  /** For more than two classes 1, and 0 in the column of the sample's class, [samples, classes]. */
  readonly #others: Tensor | undefined;

  constructor(
    x: HostMatrix,
    { classes, index }: IndexedLabels,
    weights: Float64Array,
    fitIntercept: boolean,
  ) {
    super(x, weights, classes.length === 2 ? 1 : classes.length, fitIntercept);
    const shape = [x.samples, this.outputs];
    const target = new Float32Array(x.samples * this.outputs);
    const others = new Float32Array(target.length).fill(1);
    index.forEach((c, i) => {
      const share = (weights[i] as number) / this.total;
      if (this.outputs === 1) target[i] = c === 1 ? 1 : -1;
      else target[i * this.outputs + c] = share;
      others[i * this.outputs + c] = 0;
    });
    this.#target = tensor(target, { shape });
    this.#others = this.outputs > 1 ? tensor(others, { shape }) : undefined;
  }

  override async evaluate(v: Float64Array): Promise<Evaluation> {
    const { value, gradient } = await super.evaluate(v);
    if (this.outputs > 1) this.#centre(gradient);
    return { value, gradient };
  }

  /** Second derivatives [size, size] at v, in f32, which suffices to choose a direction. */
  async hessian(v: Float64Array, signal?: AbortSignal): Promise<Float64Array<ArrayBuffer>> {
    const [n, p] = [this.z.shape[0] as number, this.columns];
    const rows = Math.max(1, Math.floor(MOST_AT_ONCE / this.size));
    const result = new Float64Array(this.size ** 2);
    for (let start = 0; start < n; start += rows) {
      for (let a = 0; a < this.outputs; a++) {
        signal?.throwIfAborted();
        const strip = scope(() => this.#strip(v, a, start, Math.min(n, start + rows)));
        try {
          const numbers = await strip.read(); // [columns, size]
          numbers.forEach((value, i) => {
            const at = a * p * this.size + i;
            result[at] = (result[at] as number) + value;
          });
        } finally {
          strip.dispose();
        }
      }
    }
    for (let i = 0; i < this.size; i++) {
      const at = i * this.size + i;
      result[at] = (result[at] as number) + (this.l2[i] as number);
    }
    return result;
  }

  /** Solves for the step whose product with the second derivatives at v is the gradient, with the precision of f32 products. */
  async step(v: Float64Array, gradient: Float64Array, signal?: AbortSignal) {
    const p = scope(() => {
      const logits = this.scores(v);
      return this.outputs === 1 ? sigmoid(logits) : exp(logSoftmax(logits));
    });
    try {
      return await conjugateGradients((d) => this.#along(p, d), gradient, signal);
    } finally {
      p.dispose();
    }
  }

  /** The product of the second derivatives, at probabilities p [samples, outputs], with d [size]. */
  async #along(p: Tensor, d: Float64Array): Promise<Float64Array> {
    const image = scope(() => {
      const part = mul(p, this.scores(d));
      const both = this.outputs === 1 ? part : rowSums(part);
      const residual = mul(sub(part, mul(p, both)), this.weight);
      return view(transposedProduct(residual, this.z), [this.size]);
    });
    try {
      const numbers = await image.read();
      const result = d.map((x, i) => (numbers[i] as number) + (this.l2[i] as number) * x);
      if (this.outputs > 1) this.#centre(result);
      return result;
    } finally {
      image.dispose();
    }
  }

  override dispose(): void {
    super.dispose();
    this.#target.dispose();
    this.#others?.dispose();
  }

  /** Slopes of unpenalised columns sum to 0 over the classes; this removes rounding errors that would accumulate. */
  #centre(gradient: Float64Array): void {
    for (const column of this.free) {
      let sum = 0;
      for (let i = column; i < this.size; i += this.columns) sum += gradient[i] as number;
      for (let i = column; i < this.size; i += this.columns) {
        gradient[i] = (gradient[i] as number) - sum / this.outputs;
      }
    }
  }

  protected losses(v: Float64Array): Losses {
    const logits = this.scores(v);
    if (this.#others) {
      const logs = logSoftmax(logits);
      const wrong = mul(exp(logs), this.#others);
      const missing = rowSums(wrong); // 1 − p of the sample's class, without cancellation
      const residual = sub(mul(wrong, this.weight), mul(this.#target, missing));
      return { loss: neg(sum(mul(this.#target, logs))), residual };
    }
    const against = mul(neg(logits), this.#target);
    const loss = sum(mul(softplus(against), this.weight));
    return { loss, residual: neg(mul(mul(sigmoid(against), this.#target), this.weight)) };
  }

  /** Rows of the second derivatives for output a, from some of the samples: [columns, size]. */
  #strip(v: Float64Array, a: number, start: number, end: number): Tensor {
    const part = (whole: Tensor) => slice(whole, 0, start, end);
    const z = part(this.z);
    const logits = part(this.scores(v));
    const weight = part(this.weight);
    if (this.outputs === 1) {
      const curvature = mul(mul(sigmoid(logits), sigmoid(neg(logits))), weight);
      return transposedProduct(z, mul(z, curvature));
    }
    const p = exp(logSoftmax(logits));
    const own = slice(p, 1, a, a + 1);
    const unit = new Float32Array(this.outputs);
    unit[a] = 1;
    const curvature = mul(mul(sub(tensor(unit, { shape: [1, this.outputs] }), p), own), weight);
    const rows = end - start;
    const spread = mul(view(curvature, [rows, this.outputs, 1]), view(z, [rows, 1, this.columns]));
    return transposedProduct(z, view(spread, [rows, this.size]));
  }
}
