import { NO_POINT } from "../../kernels/neighbors/least.ts";
import type { Measure } from "./measures.ts";

/** Number of groups of four points that are compared at once: some KiB of distances. */
const QUADS = 64;

/** The nearest points found so far for every query, ordered by (distance, index). */
export class Lists {
  /** `[queries, k]`: values of `Measure.between`. */
  readonly far: Float64Array<ArrayBuffer>;
  readonly who: Uint32Array<ArrayBuffer>;
  readonly #measure: Measure;
  readonly #k: number;
  readonly #between = new Float64Array(4 * QUADS);

  constructor(measure: Measure, k: number) {
    const n = measure.queries.samples;
    this.#measure = measure;
    this.#k = k;
    this.far = new Float64Array(n * k).fill(Number.POSITIVE_INFINITY);
    this.who = new Uint32Array(n * k).fill(NO_POINT);
  }

  /** Empties the list of query i. */
  clear(i: number): void {
    const k = this.#k;
    this.far.fill(Number.POSITIVE_INFINITY, i * k, (i + 1) * k);
    this.who.fill(NO_POINT, i * k, (i + 1) * k);
  }

  /** Compares query i with the points from 4·from up to but excluding 4·to. */
  offer(i: number, from: number, to: number): void {
    const { samples } = this.#measure.points;
    const [between, far, last] = [this.#between, this.far, (i + 1) * this.#k - 1];
    const all = Math.min(to, Math.ceil(samples / 4));
    for (let quad = from; quad < all; quad += QUADS) {
      const next = Math.min(all, quad + QUADS);
      this.#measure.between(i, [quad, next], between);
      const end = Math.min(samples, 4 * next);
      for (let p = 4 * quad, at = 0; p < end; p++, at++) {
        const own = between[at] as number;
        if (own <= (far[last] as number)) this.#insert(i, p, own);
      }
    }
  }

  /**
   * Whether no point of a block with this bound `near`, or of a later one that begins with point `first`, can be among the
   * k nearest.
   */
  isBeyond(i: number, near: number, first: number): boolean {
    const last = (i + 1) * this.#k - 1;
    const [least, most] = [this.#measure.atLeast(near, i), this.far[last] as number];
    if (least !== most) return least > most;
    return this.#measure.exact && first > (this.who[last] as number);
  }

  #insert(i: number, p: number, own: number): void {
    const { far, who } = this;
    const first = i * this.#k;
    let at = first + this.#k - 1;
    const isBefore = (other: number) =>
      own < (far[other] as number) || (own === far[other] && p < (who[other] as number));
    if (!isBefore(at)) return;
    for (; at > first && isBefore(at - 1); at--) {
      far[at] = far[at - 1] as number;
      who[at] = who[at - 1] as number;
    }
    far[at] = own;
    who[at] = p;
  }
}
