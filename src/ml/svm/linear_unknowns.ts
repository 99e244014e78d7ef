import { scalingOf } from "../columns.ts";
import type { HostMatrix } from "../samples.ts";

/**
 * The unknowns q of a linear machine with penalty ½‖w‖² + ½·(b/scaling)². About the features' means, with z = (x −
 * shift)·factor and a 1 appended, its function is z·v, and its constant at x = 0 is b = a·v with a = (−shift·factor, 1).
 * Far from 0 the penalty of b would dominate, so b itself is the unknown at the index p of the largest element of a: vₚ =
 * (b − Σ aᵢqᵢ) / aₚ, v = q elsewhere; every factor is at most 1.
 */
export class LinearUnknowns {
  readonly size: number;
  readonly shift: Float64Array; // [features]
  readonly factor: Float64Array; // [features]
  readonly #pivot: number;
  /** `[size]`: coefficients of vₚ in q; undefined if b has no penalty or there is no b. */
  readonly #row: Float64Array | undefined;
  /** Weights of ½·v² and of ½·b². */
  readonly #ofV: Float64Array; // [size]
  readonly #ofB: number;

  constructor(
    matrix: HostMatrix,
    weights: ArrayLike<number>,
    { fitIntercept, interceptScaling }: { fitIntercept: boolean; interceptScaling: number },
  ) {
    const { shift, factor } = scalingOf(matrix, fitIntercept, weights);
    const d = matrix.features;
    this.shift = shift;
    this.factor = factor;
    this.size = d + Number(fitIntercept);
    this.#ofV = Float64Array.from({ length: this.size }, (_, c) => (factor[c] ?? 0) ** 2);
    this.#ofB = interceptScaling ** -2;
    const a = Float64Array.from({ length: this.size }, (_, c) =>
      c < d ? -(shift[c] as number) * (factor[c] as number) : 1,
    );
    this.#pivot = a.reduce((at, x, c) => (Math.abs(x) >= Math.abs(a[at] as number) ? c : at), 0);
    const largest = a[this.#pivot] as number;
    if (!fitIntercept || this.#ofB === 0) return;
    this.#row = a.map((x, c) => (c === this.#pivot ? 1 : -x) / largest);
  }

  /** v from q. */
  toV(q: Float64Array): Float64Array<ArrayBuffer> {
    const v = Float64Array.from(q);
    const row = this.#row;
    if (row) v[this.#pivot] = q.reduce((sum, x, i) => sum + x * (row[i] as number), 0);
    return v;
  }

  /** Gradients with respect to q from those with respect to v; or the factors of q for a sample from its z. */
  toQ(slopes: Float64Array): Float64Array<ArrayBuffer> {
    const result = Float64Array.from(slopes);
    const row = this.#row;
    if (!row) return result;
    const own = slopes[this.#pivot] as number;
    result[this.#pivot] = 0;
    for (let i = 0; i < row.length; i++)
      result[i] = (result[i] as number) + own * (row[i] as number);
    return result;
  }

  /** The penalty, and its gradient with respect to q. */
  penalty(q: Float64Array): {
    readonly value: number;
    readonly gradient: Float64Array<ArrayBuffer>;
  } {
    const v = this.toV(q);
    let value = 0;
    const slopes = v.map((x, c) => {
      const slope = x * (this.#ofV[c] as number);
      value += (x * slope) / 2;
      return slope;
    });
    const gradient = this.toQ(slopes);
    if (this.#row) {
      const b = q[this.#pivot] as number;
      value += (this.#ofB * b * b) / 2;
      gradient[this.#pivot] = (gradient[this.#pivot] as number) + this.#ofB * b;
    }
    return { value, gradient };
  }

  /** Second derivatives of the penalty with respect to q [size, size]. */
  curvature(): Float64Array<ArrayBuffer> {
    const n = this.size;
    const result = new Float64Array(n * n);
    const row = this.#row;
    const own = this.#ofV[this.#pivot] as number;
    for (let i = 0; i < n; i++) {
      if (!row || i !== this.#pivot) result[i * n + i] = this.#ofV[i] as number;
      for (let j = 0; row && j < n; j++) {
        result[i * n + j] =
          (result[i * n + j] as number) + own * (row[i] as number) * (row[j] as number);
      }
    }
    const at = this.#pivot * (n + 1);
    if (row) result[at] = (result[at] as number) + this.#ofB;
    return result;
  }

  /** The maximum of forces·q − penalty(q), from the w and b where it is attained: the conjugate of the penalty. */
  conjugate(forces: Float64Array): number {
    const d = this.factor.length;
    const ofMean = this.#row && this.#pivot < d ? (forces[d] as number) : 0;
    let sum = 0;
    for (let c = 0; c < d; c++) {
      const own = this.#row && c === this.#pivot ? 0 : (forces[c] as number);
      sum += (own / (this.factor[c] as number) + ofMean * (this.shift[c] as number)) ** 2;
    }
    if (this.#row) sum += ((forces[this.#pivot] as number) + ofMean) ** 2 / this.#ofB;
    return sum / 2;
  }

  /** Factors of q for every sample [samples, size]. */
  rows({ host, samples, features }: HostMatrix): Float64Array<ArrayBuffer> {
    const result = new Float64Array(samples * this.size);
    const z = new Float64Array(this.size).fill(1);
    for (let i = 0; i < samples; i++) {
      for (let c = 0; c < features; c++) {
        const far = (host[i * features + c] as number) - (this.shift[c] as number);
        z[c] = far * (this.factor[c] as number);
      }
      result.set(this.toQ(z), i * this.size);
    }
    return result;
  }

  /** Coefficients [features] and the intercept in the features' own units. */
  inUnits(q: Float64Array): { readonly coef: number[]; readonly intercept: number } {
    const v = this.toV(q);
    const coef = Array.from(this.factor, (factor, c) => factor * (v[c] as number));
    const mean = this.size > coef.length ? (v[coef.length] as number) : 0;
    const intercept = this.#row
      ? (q[this.#pivot] as number)
      : coef.reduce((sum, w, c) => sum - w * (this.shift[c] as number), mean);
    return { coef, intercept };
  }
}

/** Rows [samples, size] of a machine's samples, in float64. */
export class FloatRows {
  readonly samples: number;
  readonly size: number;
  readonly #data: Float64Array;

  constructor(data: Float64Array, size: number) {
    this.#data = data;
    this.size = size;
    this.samples = data.length / size;
  }

  /** rows · q [samples]. */
  times(q: Float64Array): Float64Array<ArrayBuffer> {
    const [n, data] = [this.size, this.#data];
    const result = new Float64Array(this.samples);
    for (let i = 0; i < result.length; i++) {
      let sum = 0;
      for (let c = 0; c < n; c++) sum += (data[i * n + c] as number) * (q[c] as number);
      result[i] = sum;
    }
    return result;
  }

  /** Σ weight · row [size]. */
  sum(weights: Float64Array): Float64Array<ArrayBuffer> {
    const [n, data] = [this.size, this.#data];
    const result = new Float64Array(n);
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      if (weight === 0) continue;
      for (let c = 0; c < n; c++)
        result[c] = (result[c] as number) + weight * (data[i * n + c] as number);
    }
    return result;
  }

  /** Adds Σ weight · row·rowᵀ to a matrix [size, size]. */
  addSquares(weights: Float64Array, to: Float64Array): void {
    const [n, data] = [this.size, this.#data];
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      if (weight === 0) continue;
      for (let a = 0; a < n; a++) {
        const factor = weight * (data[i * n + a] as number);
        if (factor === 0) continue;
        for (let b = 0; b <= a; b++)
          to[a * n + b] = (to[a * n + b] as number) + factor * (data[i * n + b] as number);
      }
    }
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < a; b++) to[b * n + a] = to[a * n + b] as number;
    }
  }
}
