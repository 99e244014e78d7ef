/**
 * The dual of a support vector machine in the form of libsvm: minimize ½·Σ sᵢsⱼαᵢαⱼK(rᵢ, rⱼ) + Σ pᵢαᵢ subject to Σ sᵢαᵢ = 0
 * and 0 ≤ αᵢ ≤ Cᵢ. Classification has one variable per sample, regression two: one for errors upwards and one for errors
 * downwards.
 */
export interface Dual {
  /** `[variables]`: ±1. */
  readonly sign: Int8Array;
  /** `[variables]`: the sample of each variable. */
  readonly row: Uint32Array;
  /** [variables] */
  readonly p: Float64Array;
  /** [variables] */
  readonly C: Float64Array;
}

/** State of the dual: `f` [samples] contains Σ sᵢαᵢK(rᵢ, ·). */
export interface DualState {
  readonly alpha: Float64Array<ArrayBuffer>;
  readonly f: Float64Array<ArrayBuffer>;
}

const at = (a: ArrayLike<number>, i: number) => a[i] as number;

/** −sᵢ·(gradient of variable i): the decrease of the objective per unit of sᵢαᵢ. */
export const gain = (dual: Dual, { f }: DualState, i: number): number =>
  -(at(f, at(dual.row, i)) + at(dual.sign, i) * at(dual.p, i));

/** f [samples] from the gains of all variables. */
export function gainsToSums({ sign, row, p }: Dual, gains: Float64Array, samples: number) {
  const f = new Float64Array(samples);
  gains.forEach((own, i) => {
    f[at(row, i)] = -own - at(sign, i) * at(p, i);
  });
  return f;
}

/** Whether sᵢαᵢ may increase. */
export const mayRise = ({ sign, C }: Dual, alpha: Float64Array, i: number): boolean =>
  at(sign, i) > 0 ? at(alpha, i) < at(C, i) : at(alpha, i) > 0;

/** Whether sᵢαᵢ may decrease. */
export const mayFall = ({ sign, C }: Dual, alpha: Float64Array, i: number): boolean =>
  at(sign, i) > 0 ? at(alpha, i) > 0 : at(alpha, i) < at(C, i);

/** Distance of the state from the optimum: the largest gain of a pair of variables (Keerthi et al. 2001). */
export function gapOf(dual: Dual, state: DualState): number {
  let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < state.alpha.length; i++) {
    const own = gain(dual, state, i);
    if (own > high && mayRise(dual, state.alpha, i)) high = own;
    if (own < low && mayFall(dual, state.alpha, i)) low = own;
  }
  return high - low;
}

/**
 * The constant of the decision function: the mean gain of variables strictly between their bounds, or the middle of the
 * possible range.
 */
export function interceptOf(dual: Dual, state: DualState): number {
  let [high, low] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [sum, free] = [0, 0];
  for (let i = 0; i < state.alpha.length; i++) {
    const own = gain(dual, state, i);
    const [rises, falls] = [mayRise(dual, state.alpha, i), mayFall(dual, state.alpha, i)];
    if (rises && falls) {
      sum += own;
      free++;
    } else if (rises) low = Math.max(low, own);
    else if (falls) high = Math.min(high, own);
  }
  if (free > 0) return sum / free;
  if (!Number.isFinite(high)) return Number.isFinite(low) ? low : 0;
  return Number.isFinite(low) ? (high + low) / 2 : high;
}

/** The value of the dual, less than 0 once a machine has learned. */
export function objectiveOf(dual: Dual, { alpha, f }: DualState): number {
  let sum = 0;
  for (let i = 0; i < alpha.length; i++) {
    const own = at(dual.sign, i) * at(f, at(dual.row, i)) + 2 * at(dual.p, i);
    sum += (at(alpha, i) * own) / 2;
  }
  return sum;
}

/** Σ of sᵢαᵢ for each sample: [samples]. */
export function coefficientsOf({ sign, row }: Dual, alpha: Float64Array, samples: number) {
  const coef = new Float64Array(samples);
  alpha.forEach((value, i) => {
    coef[at(row, i)] = at(coef, at(row, i)) + at(sign, i) * value;
  });
  return coef;
}
