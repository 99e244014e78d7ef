import { product } from "../../ops/matmul/product.ts";
import { sideBySide } from "../../ops/shape/side_by_side.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { transposedProduct } from "../plain.ts";
import { type HostMatrix, onGpu } from "../samples.ts";
import { Coordinates } from "./coordinates.ts";
import type { Evaluation, Smooth } from "./minimise.ts";

/** The loss at a point and its derivatives with respect to the outputs, on the GPU within the caller's scope. */
export interface Losses {
  /** A scalar. */
  readonly loss: Tensor;
  /** [samples, outputs] */
  readonly residual: Tensor;
}

/** A mean loss of linear functions of samples, plus ½·Σ l2·v², in f32. Its tensors are on the GPU until `dispose`. */
export abstract class LinearProblem extends Coordinates implements Smooth {
  /** Σ weight. */
  protected readonly total: number;
  protected readonly z: Tensor; // [samples, columns]
  protected readonly weight: Tensor; // [samples, 1], sum 1

  constructor(matrix: HostMatrix, weights: Float64Array, outputs: number, fitIntercept: boolean) {
    super(matrix, outputs, fitIntercept, weights);
    const { samples } = matrix;
    const { shift, factor } = this;
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
      return sideBySide(x, [tensor(new Float32Array(samples).fill(1), { shape })], 1).y;
    });
  }

  protected abstract losses(v: Float64Array): Losses;

  async evaluate(v: Float64Array): Promise<Evaluation> {
    const result = scope(() => {
      const { loss, residual } = this.losses(v);
      const gradient = transposedProduct(residual, this.z);
      return sideBySide(view(gradient, [this.size]), [view(loss, [1])], 0).y;
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

  dispose(): void {
    this.z.dispose();
    this.weight.dispose();
  }

  /** z · vᵀ [samples, outputs]. */
  protected scores(v: Float64Array): Tensor {
    const shape = [this.outputs, this.columns];
    const weights = tensor(Float32Array.from(v), { shape });
    return product(this.z, weights, { transposeA: false, transposeB: true });
  }
}
