import type { Evaluation } from "../linear_model/minimise.ts";
import { type Curved, solveDamped } from "../linear_model/newton.ts";
import type { FloatRows, LinearUnknowns } from "./linear_unknowns.ts";
import { type Miss, missOf } from "./primal.ts";

/** Penalty + Σ price · miss² in float64 on the host: quadratic as long as the same samples have losses. */
export class SquaredMachine implements Curved {
  readonly size: number;
  readonly #unknowns: LinearUnknowns;
  readonly #rows: FloatRows;
  readonly #target: Float64Array; // [samples]
  readonly #price: Float64Array; // [samples]
  readonly #miss: Miss;

  constructor(
    unknowns: LinearUnknowns,
    rows: FloatRows,
    target: Float64Array,
    price: Float64Array,
    miss: Miss,
  ) {
    this.size = unknowns.size;
    this.#unknowns = unknowns;
    this.#rows = rows;
    this.#target = target;
    this.#price = price;
    this.#miss = miss;
  }

  async evaluate(q: Float64Array): Promise<Evaluation> {
    const { value: penalty, gradient } = this.#unknowns.penalty(q);
    let value = penalty;
    const slopes = this.#missed(q).map((miss, i) => {
      const slope = 2 * (this.#price[i] as number) * miss;
      value += (slope * miss) / 2;
      return slope;
    });
    const sum = this.#rows.sum(slopes);
    return { value, gradient: gradient.map((g, i) => g + (sum[i] as number)) };
  }

  /** Newton's step: second derivatives of the samples with losses. */
  async step(q: Float64Array, gradient: Float64Array): Promise<Float64Array<ArrayBuffer>> {
    const h = this.#unknowns.curvature();
    const weights = this.#missed(q).map((miss, i) =>
      miss === 0 ? 0 : 2 * (this.#price[i] as number),
    );
    this.#rows.addSquares(weights, h);
    return solveDamped(h, gradient);
  }

  #missed(q: Float64Array): Float64Array<ArrayBuffer> {
    return this.#rows.times(q).map((f, i) => missOf(this.#miss, f, this.#target[i] as number));
  }
}
