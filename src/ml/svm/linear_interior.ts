import { dot, multiply } from "../dense.ts";
import { betweenRounds } from "../fit_options.ts";
import type { Minimum } from "../linear_model/minimise.ts";
import { solveDamped } from "../linear_model/newton.ts";
import { Pauses } from "../pause.ts";
import type { Dual } from "./dual.ts";
import type { FloatRows, LinearUnknowns } from "./linear_unknowns.ts";
import type { SolveOptions } from "./solve.ts";

/** Maximum number of rounds: 20 to 40 are usual. */
const ROUNDS = 200;
/** The smallest relative gap that float64 can resolve. */
const LEAST_GAP = 1e-14;
/** A gap that counts as 0, relative to mean |p| · Σ C, about the loss at q = 0. */
const NOTHING = 2 ** -130;
/** Fraction of the way to the boundary that a step goes at most, and the shortest useful step. */
const [INSIDE, LEAST_STEP] = [0.995, 1e-12];

/**
 * An iterate of the method: α and β = C − α, the slack of samples short of the margin (ξ) and beyond it (w); all are
 * positive.
 */
interface IterateArrays {
  readonly q: Float64Array<ArrayBuffer>; // [size]
  readonly alpha: Float64Array<ArrayBuffer>; // [variables], as all below
  readonly beta: Float64Array<ArrayBuffer>;
  readonly short: Float64Array<ArrayBuffer>;
  readonly spare: Float64Array<ArrayBuffer>;
}

/**
 * Minimizes penalty + Σ C·(h − s·f)₊ over the variables of `dual` (h = −p) with a primal-dual interior-point method
 * (Mehrotra 1992) in float64: some tens of rounds, whatever the units. Ends when the gap between the objective and its
 * dual, which is at least half the squared error of w, is at most tol² times the objective.
 */
export async function interiorPoint(
  unknowns: LinearUnknowns,
  rows: FloatRows,
  dual: Dual,
  { tol, maxIter, ...between }: SolveOptions,
): Promise<Minimum> {
  const pauses = new Pauses();
  const machine = new InteriorMachine(unknowns, rows, dual);
  let place = machine.start();
  let best = { ...machine.gapAt(place), q: place.q };
  const most = maxIter < 0 ? ROUNDS : Math.min(maxIter, ROUNDS);
  const goal = Math.max(tol * tol, LEAST_GAP);
  for (let nIter = 0; ; nIter++) {
    const converged = best.gap <= goal * best.value || best.gap <= machine.nothing;
    if (converged || nIter >= most) return { v: best.q, value: best.value, nIter, converged };
    await betweenRounds(between, { iteration: nIter, maxIterations: most, value: best.gap });
    const next = machine.next(place);
    await pauses.turn();
    if (!next) return { v: best.q, value: best.value, nIter, converged: false };
    place = next;
    const found = machine.gapAt(place);
    if (found.gap < best.gap) best = { ...found, q: place.q };
  }
}

class InteriorMachine {
  readonly #unknowns: LinearUnknowns;
  readonly #rows: FloatRows;
  readonly #dual: Dual;
  readonly #penalty: Float64Array;
  readonly #size: number;
  readonly nothing: number;

  constructor(unknowns: LinearUnknowns, rows: FloatRows, dual: Dual) {
    this.#unknowns = unknowns;
    this.#rows = rows;
    this.#dual = dual;
    this.#penalty = unknowns.curvature();
    const { p, C } = dual;
    this.#size = p.reduce((sum, value) => sum + Math.abs(value), 0) / p.length || 1;
    this.nothing = NOTHING * this.#size * C.reduce((sum, price) => sum + price, 0);
  }

  start(): IterateArrays {
    const { p, C } = this.#dual;
    const half = C.map((price) => price / 2);
    return {
      q: new Float64Array(this.#unknowns.size),
      alpha: half,
      beta: Float64Array.from(half),
      short: p.map((value) => Math.max(0, -value) + this.#size),
      spare: p.map((value) => Math.max(0, value) + this.#size),
    };
  }

  /** The objective at q, and its difference from the dual at α. */
  gapAt({ q, alpha }: IterateArrays): { readonly value: number; readonly gap: number } {
    const { p, C } = this.#dual;
    let value = this.#unknowns.penalty(q).value;
    this.#signed(q).forEach((f, i) => {
      value += (C[i] as number) * Math.max(0, -(p[i] as number) - f);
    });
    const gap = value + dot(p, alpha) + this.#unknowns.conjugate(this.#sum(alpha));
    return { value, gap: Number.isFinite(gap) ? Math.max(0, gap) : Number.POSITIVE_INFINITY };
  }

  /** One predictor and corrector step; undefined if rounding allows no progress. */
  next(place: IterateArrays): IterateArrays | undefined {
    const { alpha, beta, short, spare } = place;
    const stiffness = alpha.map(
      (a, i) => 1 / ((short[i] as number) / (beta[i] as number) + (spare[i] as number) / a),
    );
    const h = Float64Array.from(this.#penalty);
    this.#rows.addSquares(this.#bySample(stiffness), h);
    const count = 2 * alpha.length;
    const mu = (dot(alpha, spare) + dot(beta, short)) / count;
    const toward = (goal: (i: number) => readonly [number, number]) =>
      this.#direction(place, h, stiffness, goal);
    const aim = toward((i) => [
      -(alpha[i] as number) * (spare[i] as number),
      -(beta[i] as number) * (short[i] as number),
    ]);
    const far = room(place, aim);
    const then = moved(place, aim, far);
    const left = (dot(then.alpha, then.spare) + dot(then.beta, then.short)) / count;
    const centre = mu * Math.min(1, (left / mu) ** 3);
    const step = toward((i) => {
      const secondOrder = (aim.alpha[i] as number) * (aim.spare[i] as number);
      const other = -(aim.alpha[i] as number) * (aim.short[i] as number);
      return [
        centre - (alpha[i] as number) * (spare[i] as number) - secondOrder,
        centre - (beta[i] as number) * (short[i] as number) - other,
      ];
    });
    const length = Math.min(1, INSIDE * room(place, step));
    const result = moved(place, step, length);
    const lives = [result.alpha, result.beta, result.short, result.spare].every((list) =>
      list.every((x) => x > 0 && Number.isFinite(x)),
    );
    return lives && length > LEAST_STEP ? result : undefined;
  }

  /** The direction in which α·w and β·ξ would change by `goal`, were they linear. */
  #direction(
    { q, alpha, beta, short, spare }: IterateArrays,
    h: Float64Array,
    stiffness: Float64Array,
    goal: (i: number) => readonly [spare: number, short: number],
  ): IterateArrays {
    const { p } = this.#dual;
    const f = this.#signed(q);
    const pull = stiffness.map((weight, i) => {
      const [ofSpare, ofShort] = goal(i);
      const off = (f[i] as number) + (short[i] as number) - (spare[i] as number) + (p[i] as number);
      return weight * (-off - ofShort / (beta[i] as number) + ofSpare / (alpha[i] as number));
    });
    const owed = multiply(this.#penalty, q);
    const wanted = this.#sum(alpha);
    const toQ = this.#sum(pull).map((x, c) => x - (owed[c] as number) + (wanted[c] as number));
    const dq = solveDamped(h, toQ);
    const df = this.#signed(dq);
    const da = pull.map((x, i) => x - (stiffness[i] as number) * (df[i] as number));
    return {
      q: dq,
      alpha: da,
      beta: da.map((x) => -x),
      short: da.map((x, i) => (goal(i)[1] + (short[i] as number) * x) / (beta[i] as number)),
      spare: da.map((x, i) => (goal(i)[0] - (spare[i] as number) * x) / (alpha[i] as number)),
    };
  }

  /** s·f for every variable. */
  #signed(q: Float64Array): Float64Array<ArrayBuffer> {
    const { sign, row } = this.#dual;
    const f = this.#rows.times(q);
    return Float64Array.from(sign, (s, i) => s * (f[row[i] as number] as number));
  }

  /** Σ value · s · row [size]. */
  #sum(values: Float64Array): Float64Array<ArrayBuffer> {
    return this.#rows.sum(this.#bySample(values.map((x, i) => x * (this.#dual.sign[i] as number))));
  }

  #bySample(values: Float64Array): Float64Array<ArrayBuffer> {
    const { row } = this.#dual;
    const result = new Float64Array(this.#rows.samples);
    values.forEach((x, i) => {
      const at = row[i] as number;
      result[at] = (result[at] as number) + x;
    });
    return result;
  }
}

const SIDES = ["alpha", "beta", "short", "spare"] as const;

/** The largest factor of a step for which no number becomes negative; at most 1e3. */
function room(place: IterateArrays, step: IterateArrays): number {
  let most = 1e3;
  for (const side of SIDES) {
    place[side].forEach((x, i) => {
      const by = step[side][i] as number;
      if (by < 0) most = Math.min(most, -x / by);
    });
  }
  return most;
}

function moved(place: IterateArrays, step: IterateArrays, length: number): IterateArrays {
  const go = (x: Float64Array, by: Float64Array) =>
    Float64Array.from(x, (value, i) => value + length * (by[i] as number));
  return {
    q: go(place.q, step.q),
    alpha: go(place.alpha, step.alpha),
    beta: go(place.beta, step.beta),
    short: go(place.short, step.short),
    spare: go(place.spare, step.spare),
  };
}
