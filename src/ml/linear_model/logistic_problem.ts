import { sigmoid, softplus } from "../../ops/activation.ts";
import { exp, mul, neg, sub } from "../../ops/elementwise.ts";
import { matmul } from "../../ops/matmul.ts";
import { sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/reshape.ts";
import { concat, slice } from "../../ops/shape.ts";
import { logSoftmax } from "../../ops/softmax.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { scalingOf } from "../columns.ts";
import type { Labels, SampleMatrix } from "../samples.ts";
import type { Evaluation, Smooth } from "./minimise.ts";

/** Numbers of weighted samples that are on the GPU at once while second derivatives are made. */
const MOST_AT_ONCE = 2 ** 23;

/**
 * The mean logistic loss of samples z = (x − shift)·factor, with a 1 behind them if there is an intercept, at v [outputs,
 * columns]: one output for two classes, one a class for more. Plus ½·Σ l2·v². Lives on the GPU until `dispose`.
 */
export class LogisticProblem implements Smooth {
  readonly outputs: number;
  readonly columns: number;
  readonly shift: Float32Array<ArrayBuffer>; // [features]
  readonly factor: Float32Array<ArrayBuffer>; // [features]
  readonly size: number;
  /** [size]; set before the first evaluation. */
  l2: Float64Array;
  /** Columns without a penalty: only differences of the classes count there. */
  free: readonly number[] = [];
  readonly #z: Tensor; // [samples, columns]
  readonly #weight: Tensor; // [samples, 1], sum 1
  /** Two classes: ±1 [samples, 1]; more: the weight in the column of its class, [samples, classes]. */
  readonly #target: Tensor;
  /** More than two classes: 1, and 0 in the column of the sample's class, [samples, classes]. */
  readonly #others: Tensor | undefined;

  constructor(
    x: SampleMatrix,
    { classes, index }: Labels,
    weights: Float64Array,
    fitIntercept: boolean,
  ) {
    const { samples, features } = x;
    const scaling = scalingOf(x, fitIntercept);
    this.shift = scaling.shift;
    this.factor = scaling.factor;
    this.outputs = classes.length === 2 ? 1 : classes.length;
    this.columns = features + Number(fitIntercept);
    this.size = this.outputs * this.columns;
    this.l2 = new Float64Array(this.size);
    const all = weights.reduce((a, b) => a + b, 0);
    const share = Float32Array.from(weights, (w) => w / all);
    const target = new Float32Array(samples * this.outputs);
    const others = new Float32Array(target.length).fill(1);
    index.forEach((c, i) => {
      if (this.outputs === 1) target[i] = c === 1 ? 1 : -1;
      else target[i * this.outputs + c] = share[i] as number;
      others[i * this.outputs + c] = 0;
    });
    this.#weight = tensor(share, { shape: [samples, 1] });
    this.#target = tensor(target, { shape: [samples, this.outputs] });
    this.#others = this.outputs > 1 ? tensor(others, { shape: this.#target.shape }) : undefined;
    this.#z = scope(() => {
      const scaled = mul(sub(x.x, tensor(scaling.shift)), tensor(scaling.factor));
      if (!fitIntercept) return scaled;
      const ones = tensor(new Float32Array(samples).fill(1), { shape: [samples, 1] });
      return concat([scaled, ones], 1);
    });
  }

  async evaluate(v: Float64Array): Promise<Evaluation> {
    const result = scope(() => {
      const { loss, residual } = this.#losses(v);
      const gradient = matmul(residual, this.#z, { transposeA: true });
      return concat([reshape(gradient, [this.size]), reshape(loss, [1])], 0);
    });
    try {
      const numbers = await result.read();
      let value = numbers[this.size] as number;
      const gradient = Float64Array.from(v, (x, i) => {
        const l2 = this.l2[i] as number;
        value += (l2 * x * x) / 2;
        return (numbers[i] as number) + l2 * x;
      });
      if (this.outputs > 1) this.#centre(gradient);
      return { value, gradient };
    } finally {
      result.dispose();
    }
  }

  /** Second derivatives [size, size] at v, in f32: enough to choose a direction. */
  async hessian(v: Float64Array, signal?: AbortSignal): Promise<Float64Array<ArrayBuffer>> {
    const [n, p] = [this.#z.shape[0] as number, this.columns];
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

  dispose(): void {
    for (const each of [this.#z, this.#weight, this.#target, this.#others]) each?.dispose();
  }

  /** Slopes of free columns sum to 0 over the classes; rounding would let them drift together. */
  #centre(gradient: Float64Array): void {
    for (const column of this.free) {
      let sum = 0;
      for (let i = column; i < this.size; i += this.columns) sum += gradient[i] as number;
      for (let i = column; i < this.size; i += this.columns) {
        gradient[i] = (gradient[i] as number) - sum / this.outputs;
      }
    }
  }

  #logits(v: Float64Array): Tensor {
    const shape = [this.outputs, this.columns];
    return matmul(this.#z, tensor(Float32Array.from(v), { shape }), { transposeB: true });
  }

  /** The mean loss, and its derivatives by the logits [samples, outputs]. */
  #losses(v: Float64Array): { readonly loss: Tensor; readonly residual: Tensor } {
    const logits = this.#logits(v);
    if (this.#others) {
      const logs = logSoftmax(logits);
      const wrong = mul(exp(logs), this.#others);
      const missing = sum(wrong, { axes: [1], keepDims: true }); // 1 − p of the own class, to its last digit
      const residual = sub(mul(wrong, this.#weight), mul(this.#target, missing));
      return { loss: neg(sum(mul(this.#target, logs))), residual };
    }
    const against = mul(neg(logits), this.#target);
    const loss = sum(mul(softplus(against), this.#weight));
    return { loss, residual: neg(mul(mul(sigmoid(against), this.#target), this.#weight)) };
  }

  /** Rows of second derivatives that belong to output a, from some of the samples: [columns, size]. */
  #strip(v: Float64Array, a: number, start: number, end: number): Tensor {
    const part = (whole: Tensor) => slice(whole, [{ start, end }]);
    const z = part(this.#z);
    const logits = part(this.#logits(v));
    const weight = part(this.#weight);
    if (this.outputs === 1) {
      const curvature = mul(mul(sigmoid(logits), sigmoid(neg(logits))), weight);
      return matmul(z, mul(z, curvature), { transposeA: true });
    }
    const p = exp(logSoftmax(logits));
    const own = slice(p, [{}, { start: a, end: a + 1 }]);
    const unit = new Float32Array(this.outputs);
    unit[a] = 1;
    const curvature = mul(mul(sub(tensor(unit, { shape: [1, this.outputs] }), p), own), weight);
    const rows = end - start;
    const spread = mul(
      reshape(curvature, [rows, this.outputs, 1]),
      reshape(z, [rows, 1, this.columns]),
    );
    return matmul(z, reshape(spread, [rows, this.size]), { transposeA: true });
  }
}
