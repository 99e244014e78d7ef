import { dot } from "../dense.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";

/** A smooth convex function at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface Smooth {
  readonly size: number;
  evaluate(v: Float64Array): Promise<Evaluation>;
}

/** Result of a minimisation. */
export interface Minimum {
  readonly v: Float64Array<ArrayBuffer>;
  readonly value: number;
  readonly nIter: number;
  /** Whether the largest slope fell below the tolerance. */
  readonly converged: boolean;
}

export interface MinimiseOptions extends FitControl {
  /** Maximum number of steps. */
  readonly maxIter: number;
  /** The largest slope at which it stops. */
  readonly tol: number;
  /** Weights of |v| that are added to the function, ≥ 0. */
  readonly l1: Float64Array;
}

/** Number of (step, change of the gradient) pairs that are kept. */
const MEMORY = 10;
/** Absolute or relative difference of two values from the GPU that is attributed to rounding. */
const NOISE = 1e-6;
const HALVINGS = 25;

/** A point with its value, including |v|, its slopes, and the direction of steepest ascent. */
interface Iterate {
  readonly v: Float64Array<ArrayBuffer>;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly slope: Float64Array;
}

interface HostCurvaturePair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly product: number;
}

/**
 * Limited-memory BFGS (Liu and Nocedal 1989); with weights of |v|, its orthant-wise form (Andrew and Gao 2007), in which
 * every step keeps the signs of all numbers. Usually one evaluation per step.
 */
export async function minimise(
  smooth: Smooth,
  { maxIter, tol, l1, ...between }: MinimiseOptions,
): Promise<Minimum> {
  const pairs: HostCurvaturePair[] = [];
  let point = await at(smooth, new Float64Array(smooth.size), l1);
  for (let nIter = 0; ; nIter++) {
    const steepest = largest(point.slope);
    const converged = steepest <= tol;
    if (converged || nIter >= maxIter) return { ...point, nIter, converged };
    await betweenRounds(between, { iteration: nIter, maxIterations: maxIter, value: point.value });
    const next = await search(smooth, point, descent(point.slope, pairs), l1, pairs.length === 0);
    if (!next) {
      if (pairs.length === 0) return { ...point, nIter, converged: false };
      pairs.length = 0; // try again along the slope itself
      continue;
    }
    remember(pairs, point, next);
    point = next;
  }
}

export const largest = (v: Float64Array): number =>
  v.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

async function at(
  smooth: Smooth,
  v: Float64Array<ArrayBuffer>,
  l1: Float64Array,
): Promise<Iterate> {
  const { value, gradient } = await smooth.evaluate(v);
  const penalty = v.reduce((sum, x, i) => sum + (l1[i] as number) * Math.abs(x), 0);
  return { v, value: value + penalty, gradient, slope: pseudoGradient(v, gradient, l1) };
}

/** The pseudo-gradient of Andrew and Gao: the one-sided slope of steepest descent; 0 if neither side descends. */
function pseudoGradient(v: Float64Array, gradient: Float64Array, l1: Float64Array): Float64Array {
  return gradient.map((g, i) => {
    const [x, weight] = [v[i] as number, l1[i] as number];
    if (x !== 0) return g + Math.sign(x) * weight;
    return Math.sign(g) * Math.max(0, Math.abs(g) - weight);
  });
}

/** −H·slope by the two-loop recursion over the pairs; components that would ascend are set to 0. */
function descent(slope: Float64Array, pairs: readonly HostCurvaturePair[]): Float64Array {
  const direction = slope.map((g) => -g);
  const shares: number[] = [];
  for (const { step, change, product } of pairs.toReversed()) {
    const share = dot(step, direction) / product;
    shares.push(share);
    add(direction, change, -share);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = last.product / dot(last.change, last.change);
    direction.forEach((value, i) => {
      direction[i] = scale * value;
    });
  }
  for (const { step, change, product } of pairs) {
    const share = shares.pop() ?? 0;
    add(direction, step, share - dot(change, direction) / product);
  }
  return direction.map((value, i) => (value * (slope[i] as number) < 0 ? value : 0));
}

function add(to: Float64Array, v: Float64Array, share: number): void {
  v.forEach((value, i) => {
    to[i] = (to[i] as number) + share * value;
  });
}

/** Halves the step until the value decreases sufficiently; undefined if it does not. */
async function search(
  smooth: Smooth,
  from: Iterate,
  direction: Float64Array,
  l1: Float64Array,
  first: boolean,
): Promise<Iterate | undefined> {
  const whole = first ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
  return halved(whole, async (length) => {
    const v = from.v.map((value, i) => {
      const moved = value + length * (direction[i] as number);
      const side = Math.sign(value) || -Math.sign(from.slope[i] as number);
      return (l1[i] as number) > 0 && moved * side < 0 ? 0 : moved;
    });
    const fall = v.reduce(
      (sum, value, i) => sum + (from.slope[i] as number) * (value - (from.v[i] as number)),
      0,
    );
    if (fall === 0) return null;
    const next = await at(smooth, v, l1);
    const step = v.map((value, i) => value - (from.v[i] as number));
    return fallsEnough(from.value, next.value, fall, dot(next.slope, step)) ? next : undefined;
  });
}

/** The first result of `trial` for `length`, its half, its quarter, … that is not undefined; a null result ends the search. */
export async function halved<T>(
  length: number,
  trial: (length: number) => Promise<T | undefined | null>,
): Promise<T | undefined> {
  for (let k = 0; k < HALVINGS; k++) {
    const found = await trial(length / 2 ** k);
    if (found !== undefined) return found ?? undefined;
  }
  return undefined;
}

/**
 * Whether a step is accepted: by Armijo's rule or, if the decrease is within the noise of the values, by the slopes at both
 * ends, which are more precise there (Hager and Zhang 2005).
 */
export function fallsEnough(
  from: number,
  to: number,
  slope: number,
  slopeThere: number,
  noise = NOISE,
): boolean {
  if (to <= from + 1e-4 * slope) return true;
  return to <= from + noise * Math.max(1, Math.abs(from)) && slopeThere <= -slope;
}

function remember(pairs: HostCurvaturePair[], from: Iterate, to: Iterate): void {
  const step = to.v.map((value, i) => value - (from.v[i] as number));
  const change = to.gradient.map((value, i) => value - (from.gradient[i] as number));
  const product = dot(step, change);
  if (!(product > 1e-10 * dot(change, change))) return;
  pairs.push({ step, change, product });
  if (pairs.length > MEMORY) pairs.shift();
}
