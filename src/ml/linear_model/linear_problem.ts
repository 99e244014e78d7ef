import { matmul } from "../../ops/matmul.ts";
import { reshape } from "../../ops/reshape.ts";
import { concat } from "../../ops/shape.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { scalingOf } from "../columns.ts";
import { type HostMatrix, onGpu } from "../samples.ts";
import type { Evaluation, Smooth } from "./minimise.ts";

/** What a point of the problem is worth, and its derivatives by the outputs, on the GPU within a scope of the caller. */
export interface Losses {
  /** One number. */
  readonly loss: Tensor;
  /** [samples, outputs] */
  readonly residual: Tensor;
}

/**
 * A mean loss of linear functions of samples z = (x − shift)·factor, with a 1 behind them if there is an intercept, at v
 * [outputs, columns], plus ½·Σ l2·v². Lives on the GPU until `dispose`.
 */
export abstract class LinearProblem implements Smooth {
  readonly outputs: number;
  readonly columns: number;
  readonly size: number;
  readonly shift: Float64Array; // [features]
  readonly factor: Float64Array; // [features]
  /** [size]; set before the first evaluation. */
  l2: Float64Array;
  /** Σ weight. */
  protected readonly total: number;
  protected readonly z: Tensor; // [samples, columns]
  protected readonly weight: Tensor; // [samples, 1], sum 1

  constructor(matrix: HostMatrix, weights: Float64Array, outputs: number, fitIntercept: boolean) {
    const { samples, features } = matrix;
    const { shift, factor } = scalingOf(matrix, fitIntercept);
    this.shift = shift;
    this.factor = factor;
    this.outputs = outputs;
    this.columns = features + Number(fitIntercept);
    this.size = outputs * this.columns;
    this.l2 = new Float64Array(this.size);
    const total = weights.reduce((a, b) => a + b, 0);
    this.total = total;
    const shape = [samples, 1];
    this.weight = tensor(
      Float32Array.from(weights, (w) => w / total),
      { shape },
    );
    this.z = scope(() => {
      const { x } = onGpu(matrix, { shift, factor });
      if (!fitIntercept) return x;
      return concat([x, tensor(new Float32Array(samples).fill(1), { shape })], 1);
    });
  }

  protected abstract losses(v: Float64Array): Losses;

  async evaluate(v: Float64Array): Promise<Evaluation> {
    const result = scope(() => {
      const { loss, residual } = this.losses(v);
      const gradient = matmul(residual, this.z, { transposeA: true });
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
      return { value, gradient };
    } finally {
      result.dispose();
    }
  }

  /** A weight for every number of v, by the factor of its feature; 0 for intercepts, which have no penalty. */
  penalties(weight: (factor: number) => number): Float64Array<ArrayBuffer> {
    return Float64Array.from({ length: this.size }, (_, i) => {
      const factor = this.factor[i % this.columns];
      return factor === undefined ? 0 : weight(factor);
    });
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
    return { coef: [...coef], intercept: [...intercept], shift: [...this.shift] };
  }

  dispose(): void {
    this.z.dispose();
    this.weight.dispose();
  }

  /** z · vᵀ [samples, outputs]. */
  protected scores(v: Float64Array): Tensor {
    const shape = [this.outputs, this.columns];
    return matmul(this.z, tensor(Float32Array.from(v), { shape }), { transposeB: true });
  }
}
