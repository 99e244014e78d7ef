import type { IndexedLabels } from "../labels.ts";
import { Pauses } from "../pause.ts";
import type { HostMatrix } from "../samples.ts";
import { Coordinates } from "./coordinates.ts";
import type { Evaluation } from "./minimise.ts";
import { type Curved, solveDamped } from "./newton.ts";

/** Number of multiplications after which the event loop may get a turn: some milliseconds. */
const TURN_AFTER = 2 ** 22;

/** The mean logistic loss in float64 on the host: one output for two classes, one per class for more. */
export class ExactLogistic extends Coordinates implements Curved {
  /** Columns without a penalty, for which only differences between classes matter. */
  free: readonly number[] = [];
  readonly #matrix: HostMatrix;
  readonly #index: Uint32Array; // [samples]
  readonly #weight: Float64Array; // [samples], sum 1
  readonly #z: Float64Array; // [columns], of one sample
  readonly #share: Float64Array; // [outputs], of one sample

  constructor(
    matrix: HostMatrix,
    { classes, index }: IndexedLabels,
    weights: Float64Array,
    fitIntercept: boolean,
  ) {
    super(matrix, classes.length === 2 ? 1 : classes.length, fitIntercept, weights);
    const total = weights.reduce((a, b) => a + b, 0);
    this.#matrix = matrix;
    this.#index = index;
    this.#weight = weights.map((w) => w / total);
    this.#z = new Float64Array(this.columns).fill(1);
    this.#share = new Float64Array(this.outputs);
  }

  async evaluate(v: Float64Array): Promise<Evaluation> {
    const { columns: p, outputs } = this;
    const [z, share] = [this.#z, this.#share];
    const gradient = new Float64Array(this.size);
    let value = 0;
    for (let i = 0; i < this.#matrix.samples; i++) {
      const weight = this.#weight[i] as number;
      if (weight === 0) continue;
      value += weight * this.#look(v, i);
      const own = (this.#index[i] as number) - (outputs === 1 ? 1 : 0);
      for (let k = 0; k < outputs; k++) {
        const residual = weight * ((share[k] as number) - (k === own ? 1 : 0));
        const at = k * p;
        for (let c = 0; c < p; c++) {
          gradient[at + c] = (gradient[at + c] as number) + residual * (z[c] as number);
        }
      }
    }
    for (let i = 0; i < this.size; i++) {
      const slope = (this.l2[i] as number) * (v[i] as number);
      value += (slope * (v[i] as number)) / 2;
      gradient[i] = (gradient[i] as number) + slope;
    }
    return { value, gradient };
  }

  /** Newton's step. */
  async step(v: Float64Array, gradient: Float64Array, signal?: AbortSignal) {
    return solveDamped(await this.hessian(v, signal), gradient);
  }

  /** Second derivatives [size, size] at v. */
  async hessian(v: Float64Array, signal?: AbortSignal): Promise<Float64Array<ArrayBuffer>> {
    const { size, outputs } = this;
    const pauses = new Pauses();
    const often = Math.max(1, Math.floor(TURN_AFTER / size ** 2));
    const share = this.#share;
    const h = new Float64Array(size * size);
    for (let i = 0; i < this.#matrix.samples; i++) {
      const weight = this.#weight[i] as number;
      if (weight === 0) continue;
      if (i % often === 0) await pauses.turn();
      signal?.throwIfAborted();
      this.#look(v, i);
      for (let a = 0; a < outputs; a++) {
        const own = weight * (share[a] as number);
        for (let b = a; b < outputs; b++) {
          const other = share[b] as number;
          this.#addSquare(h, a, b, a === b ? own * (1 - other) : -own * other);
        }
      }
    }
    for (let i = 0; i < size; i++) {
      h[i * size + i] = (h[i * size + i] as number) + (this.l2[i] as number);
      for (let j = 0; j < i; j++) h[i * size + j] = h[j * size + i] as number;
    }
    this.#pin(h);
    return h;
  }

  /** Adds curvature · z·zᵀ to the block of outputs a ≤ b. */
  #addSquare(h: Float64Array, a: number, b: number, curvature: number): void {
    const { columns: p, size } = this;
    const z = this.#z;
    for (let c = 0; c < p; c++) {
      const factor = curvature * (z[c] as number);
      if (factor === 0) continue;
      const at = (a * p + c) * size + b * p;
      for (let e = a === b ? c : 0; e < p; e++) {
        h[at + e] = (h[at + e] as number) + factor * (z[e] as number);
      }
    }
  }

  /**
   * The loss does not depend on a constant added to all classes: curvature in that direction keeps the sum over the classes
   * unchanged.
   */
  #pin(h: Float64Array): void {
    const { columns: p, size, outputs } = this;
    if (outputs === 1) return;
    for (const c of this.free) {
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += h[(k * p + c) * (size + 1)] as number;
      for (let a = c; a < size; a += p) {
        for (let b = c; b < size; b += p) {
          h[a * size + b] = (h[a * size + b] as number) + sum / outputs ** 2;
        }
      }
    }
  }

  /** Sets z and the outputs' probabilities of a sample; returns its loss. */
  #look(v: Float64Array, i: number): number {
    const { columns: p, outputs, shift, factor } = this;
    const { host, features } = this.#matrix;
    const [z, share] = [this.#z, this.#share];
    for (let c = 0; c < features; c++) {
      z[c] = ((host[i * features + c] as number) - (shift[c] as number)) * (factor[c] as number);
    }
    for (let k = 0; k < outputs; k++) {
      let logit = 0;
      for (let c = 0; c < p; c++) logit += (v[k * p + c] as number) * (z[c] as number);
      share[k] = logit;
    }
    const own = this.#index[i] as number;
    return outputs === 1 ? sigmoidAt(share, own === 1) : softmaxAt(share, own);
  }
}

/** Replaces a logit by its probability; returns the loss. */
function sigmoidAt(share: Float64Array, positive: boolean): number {
  const logit = share[0] as number;
  const small = Math.exp(-Math.abs(logit));
  share[0] = (logit < 0 ? small : 1) / (1 + small);
  return Math.max(0, positive ? -logit : logit) + Math.log1p(small);
}

/** Replaces logits by probabilities; returns the loss of class `own`. */
function softmaxAt(share: Float64Array, own: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of share) most = Math.max(most, logit);
  const mine = share[own] as number;
  let total = 0;
  for (let k = 0; k < share.length; k++) {
    const part = Math.exp((share[k] as number) - most);
    share[k] = part;
    total += part;
  }
  for (let k = 0; k < share.length; k++) share[k] = (share[k] as number) / total;
  return most - mine + Math.log(total);
}
