import { scalingOf } from "../columns.ts";
import type { HostMatrix } from "../samples.ts";

/**
 * Coordinates for problems that are linear in their samples: the unknowns v [outputs, columns] are coefficients of features
 * scaled to a deviation of about 1, z = (x − shift)·factor, followed by a 1 if there is an intercept.
 */
export class Coordinates {
  readonly outputs: number;
  readonly columns: number;
  readonly size: number;
  readonly shift: Float64Array; // [features]
  readonly factor: Float64Array; // [features]
  /** `[size]`: weights of ½·v²; set before the first evaluation. */
  l2: Float64Array;

  constructor(
    matrix: HostMatrix,
    outputs: number,
    fitIntercept: boolean,
    weights?: ArrayLike<number>,
  ) {
    const { shift, factor } = scalingOf(matrix, fitIntercept, weights);
    this.shift = shift;
    this.factor = factor;
    this.outputs = outputs;
    this.columns = matrix.features + Number(fitIntercept);
    this.size = outputs * this.columns;
    this.l2 = new Float64Array(this.size);
  }

  /** A weight for every element of v, from the factor of its feature; 0 for intercepts, which are not penalised. */
  penalties(weight: (factor: number) => number): Float64Array<ArrayBuffer> {
    return Float64Array.from({ length: this.size }, (_, i) => {
      const factor = this.factor[i % this.columns];
      return factor === undefined ? 0 : weight(factor);
    });
  }

  /** Coefficients [outputs, features] and intercepts [outputs] in the original units of the features. */
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
}
