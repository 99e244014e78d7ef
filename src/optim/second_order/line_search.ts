/** An evaluation along a direction: φ(t) = f(x + t·d) and φ'(t) = ∇f(x + t·d) · d. */
export interface LineTrial {
  /** Step length. */
  readonly t: number;
  readonly loss: number;
  readonly slope: number;
}

export interface WolfeOptions {
  /** Constant of the sufficient decrease condition; default 1e-4. */
  readonly c1?: number;
  /** Constant of the curvature condition, in (c1, 1); default 0.9. */
  readonly c2?: number;
  /** Maximum number of function evaluations, the first one included; default 25. */
  readonly maxEvaluations?: number;
  /** Losses that differ by at most this count as equal, and slopes are compared instead; default 0. */
  readonly noise?: number;
}

/** The result of a line search. */
export interface LineSearchResult {
  readonly trial: LineTrial;
  readonly evaluations: number;
  /** Whether a trial meets the conditions; if not, `trial` is the best trial, or the start. */
  readonly accepted: boolean;
}

/**
 * Strong Wolfe line search from `start` (t = 0, slope < 0) with the trial `first` already evaluated: bracketing and zooming
 * of Nocedal and Wright, Numerical Optimization (2nd ed.), algorithms 3.5 and 3.6, with cubic interpolation kept away from
 * the ends. Accepts |φ'(t)| ≤ c2·|φ'(0)| with φ(t) ≤ φ(0) + c1·t·φ'(0), or, where rounding hides a decrease, with φ'(t) ≤
 * (2·c1 − 1)·φ'(0) and |φ(t) − φ(0)| ≤ noise (the approximate Wolfe conditions, Hager and Zhang 2005).
 */
export async function strongWolfe(
  evaluate: (t: number) => Promise<LineTrial>,
  start: LineTrial,
  first: LineTrial,
  options: WolfeOptions = {},
): Promise<LineSearchResult> {
  const search = new Search(evaluate, start, options);
  return search.bracket(first);
}

/** Minimum distance of a trial from the ends of a bracket, as a fraction of its length. */
const MARGIN = 0.1;
/** Minimum and maximum factor by which a step grows that has not passed the minimum yet. */
const GROWTH = { least: 1.1, most: 10 };
/** Difference of two losses, in units of the noise, from which cubic interpolation is reliable. */
const TRUSTED = 1e3;

class Search {
  readonly #evaluate: (t: number) => Promise<LineTrial>;
  readonly #start: LineTrial;
  readonly #c1: number;
  readonly #c2: number;
  readonly #most: number;
  readonly #noise: number;
  #evaluations = 1;

  constructor(
    evaluate: (t: number) => Promise<LineTrial>,
    start: LineTrial,
    options: WolfeOptions,
  ) {
    this.#evaluate = evaluate;
    this.#start = start;
    this.#c1 = options.c1 ?? 1e-4;
    this.#c2 = options.c2 ?? 0.9;
    this.#most = options.maxEvaluations ?? 25;
    this.#noise = options.noise ?? 0;
  }

  /** Algorithm 3.5: increases the step until it is acceptable or a bracket contains an acceptable one. */
  async bracket(first: LineTrial): Promise<LineSearchResult> {
    let before = this.#start;
    let trial = first;
    for (;;) {
      if (!finite(trial) || !this.#sufficient(trial) || this.#worse(trial, before)) {
        return this.#zoom(before, trial);
      }
      if (this.#flat(trial)) return this.#found(trial, true);
      if (trial.slope >= 0) return this.#zoom(trial, before);
      if (this.#evaluations >= this.#most) return this.#found(trial, false);
      const t = clamp(
        this.#minimum(before, trial) ?? Infinity,
        GROWTH.least * trial.t,
        GROWTH.most * trial.t,
      );
      before = trial;
      trial = await this.#try(t);
    }
  }

  /** Algorithm 3.6: `low` meets the sufficient decrease condition, and its slope points towards `high`. */
  async #zoom(low: LineTrial, high: LineTrial): Promise<LineSearchResult> {
    for (let [lo, hi] = [low, high]; ; ) {
      const [a, b] = [Math.min(lo.t, hi.t), Math.max(lo.t, hi.t)];
      if (this.#evaluations >= this.#most || b - a <= 1e-7 * b) return this.#found(lo, false);
      const margin = MARGIN * (b - a);
      const inside = finite(hi) ? (this.#minimum(lo, hi) ?? (a + b) / 2) : a + margin;
      const trial = await this.#try(clamp(inside, a + margin, b - margin));
      const climbs = trial.slope * (hi.t - lo.t) >= 0;
      if (!finite(trial) || !this.#sufficient(trial) || this.#worse(trial, lo)) {
        hi = trial;
      } else {
        if (this.#flat(trial)) return this.#found(trial, true);
        if (climbs) hi = lo;
        lo = trial;
      }
    }
  }

  /** Minimum of the interpolating cubic or, if the losses are too close to rely on, of the parabola through the slopes. */
  #minimum(a: LineTrial, b: LineTrial): number | undefined {
    const trusted = Math.abs(a.loss - b.loss) > TRUSTED * this.#noise;
    return trusted ? cubicMinimum(a, b) : parabolaMinimum(a, b);
  }

  async #try(t: number): Promise<LineTrial> {
    this.#evaluations++;
    return this.#evaluate(t);
  }

  #found(trial: LineTrial, accepted: boolean): LineSearchResult {
    return { trial, evaluations: this.#evaluations, accepted };
  }

  #flat({ slope }: LineTrial): boolean {
    return Math.abs(slope) <= -this.#c2 * this.#start.slope;
  }

  #sufficient({ t, loss, slope }: LineTrial): boolean {
    const { loss: loss0, slope: slope0 } = this.#start;
    if (loss <= loss0 + this.#c1 * t * slope0) return true;
    return Math.abs(loss - loss0) <= this.#noise && slope <= (2 * this.#c1 - 1) * slope0;
  }

  /** Whether a trial's loss is not below another's or, if rounding hides that, its slope is larger. */
  #worse(trial: LineTrial, than: LineTrial): boolean {
    if (Math.abs(trial.loss - than.loss) > this.#noise) return trial.loss >= than.loss;
    return Math.abs(trial.slope) >= Math.abs(than.slope);
  }
}

const finite = ({ loss, slope }: LineTrial) => Number.isFinite(loss) && Number.isFinite(slope);

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Minimum of the cubic through the losses and slopes of two trials (equation 3.59), or undefined if it has none. */
export function cubicMinimum(a: LineTrial, b: LineTrial): number | undefined {
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.t - b.t);
  const square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0)) return undefined;
  const d2 = Math.sign(b.t - a.t) * Math.sqrt(square);
  const t = b.t - ((b.t - a.t) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
  return Number.isFinite(t) ? t : undefined;
}

/** Minimum of the parabola with the slopes of two trials, or undefined if it has none. */
function parabolaMinimum(a: LineTrial, b: LineTrial): number | undefined {
  const curvature = (b.slope - a.slope) / (b.t - a.t);
  return curvature > 0 ? b.t - b.slope / curvature : undefined;
}
