import { dot, eigen, multiply } from "../dense.ts";
import type { LeastSquares } from "./least_squares.ts";

/** Fraction of the largest eigenvalue below which the products' nine digits do not suffice: only five would remain. */
const LEAST_EIGENVALUE = 1e-4;
/** The square of the rounding error of float64 sums of numbers near 1. */
const LEAST_SQUARE = 1e-26;
/**
 * Number of rounds of refinement: the first leaves a relative error of at least 1e-9, the products' error; each further one
 * multiplies it by that.
 */
const ROUNDS = 3;

/** The system correlation·u = right, with u = v / unit. */
interface System {
  readonly correlation: Float64Array; // [n, n], with a unit diagonal
  readonly unit: Float64Array; // [n]
  readonly alpha: number;
}

/** Every solution is `solution` plus multiples of the `free` directions. */
export interface Solutions {
  readonly solution: Float64Array<ArrayBuffer>;
  readonly free: readonly Float64Array[];
}

/** A direction u with its square uᵀ·A·u: for large ones from the correlations, for small ones from the samples. */
interface Direction {
  readonly u: Float64Array; // [n]
  readonly square: number;
  /** Z·u, for a small direction. */
  readonly column?: Float64Array; // [samples]
}

/**
 * Solves a system with nearly collinear features. Directions of small eigenvalues are made conjugate to the large ones and
 * measured again from the samples, in float64, which resolves 1e-8 of a deviation where the products resolve 1e-4;
 * residuals are also computed in float64. Directions below the samples' own rounding are free.
 */
export function nearlyCollinear(problem: LeastSquares, system: System): Solutions {
  const n = problem.features;
  const exact = new Exact(problem, system);
  const { values, vectors } = eigen(system.correlation, n);
  const least = LEAST_EIGENVALUE * Math.max(values[0] as number, 0);
  const all = Array.from(values, (square, k) => ({
    square,
    u: Float64Array.from(vectors.subarray(k * n, (k + 1) * n)),
  }));
  const large: Direction[] = all.filter(({ square }) => square > least);
  const conjugate = conjugateTo(
    large,
    all.slice(large.length).map(({ u }) => u),
    exact,
  );
  const small = conjugate.map((u) => exact.measured(u));
  const counting = small.filter(({ square, u }) => square > exact.noise(u));
  const solution = new Float64Array(n);
  for (let round = 0; round < ROUNDS; round++) {
    const left = exact.residual(solution);
    for (const { u, square, column } of [...large, ...counting]) {
      const share = (column ? left.along(u, column) : dot(u, left.slope)) / square;
      u.forEach((value, i) => {
        solution[i] = (solution[i] as number) + share * value;
      });
    }
  }
  return { solution, free: small.filter((each) => !counting.includes(each)).map(({ u }) => u) };
}

/** The small directions without their components along the large ones, rotated to be conjugate to each other. */
function conjugateTo(
  large: readonly Direction[],
  small: readonly Float64Array[],
  exact: Exact,
): Float64Array[] {
  const images = small.map((u) => exact.image(u));
  const k = small.length;
  const rest = Float64Array.from({ length: k * k }, (_, at) =>
    dot(small[Math.floor(at / k)] as Float64Array, images[at % k] as Float64Array),
  );
  const directions = small.map((u) => Float64Array.from(u));
  for (const { u: big, square } of large) {
    const shared = images.map((image) => dot(big, image));
    directions.forEach((u, a) => {
      const part = (shared[a] as number) / square;
      for (let i = 0; i < u.length; i++) u[i] = (u[i] as number) - part * (big[i] as number);
      shared.forEach((other, b) => {
        rest[a * k + b] = (rest[a * k + b] as number) - part * other;
      });
    });
  }
  const { vectors } = eigen(rest, k);
  return directions.map((first, a) =>
    first.map((_, i) =>
      directions.reduce((sum, u, b) => sum + (vectors[a * k + b] as number) * (u[i] as number), 0),
    ),
  );
}

/** The system in float64, computed from the samples: A = (Z·unit)ᵀ·(Z·unit) + penalty. */
class Exact {
  readonly #z: Float64Array; // [samples, n]
  readonly #y: Float64Array; // [samples]
  readonly #penalty: Float64Array; // [n]
  readonly #rounding: Float64Array; // [n]

  constructor({ exact, features: n, factor }: LeastSquares, { unit, alpha }: System) {
    const { z, y, rounding } = exact();
    this.#z = z.map((value, at) => value * (unit[at % n] as number));
    this.#y = y;
    this.#penalty = unit.map((own, i) => alpha * (own * (factor[i] as number)) ** 2);
    this.#rounding = rounding.map((value, i) => value * (unit[i] as number));
  }

  /** A·u. */
  image(u: Float64Array): Float64Array {
    return this.#products(multiply(this.#z, u)).map((value, i) => value + this.#shrunk(u, i));
  }

  measured(u: Float64Array): Direction & { readonly column: Float64Array } {
    const column = multiply(this.#z, u);
    const penalty = u.reduce((sum, value, i) => sum + value * this.#shrunk(u, i), 0);
    return { u, column, square: dot(column, column) + penalty };
  }

  /** The square below which a direction may be 0 up to rounding. */
  noise(u: Float64Array): number {
    const lost = u.reduce((sum, v, i) => sum + Math.abs(v * (this.#rounding[i] as number)), 0);
    return Math.max(lost ** 2, LEAST_SQUARE);
  }

  /** The residual of a solution: the slope of the objective, and its component along a small direction. */
  residual(solution: Float64Array) {
    const made = multiply(this.#z, solution);
    const left = this.#y.map((value, row) => value - (made[row] as number));
    return {
      slope: this.#products(left).map((value, i) => value - this.#shrunk(solution, i)),
      along: (u: Float64Array, column: Float64Array) =>
        dot(column, left) - u.reduce((sum, value, i) => sum + value * this.#shrunk(solution, i), 0),
    };
  }

  #shrunk(u: Float64Array, i: number): number {
    return (this.#penalty[i] as number) * (u[i] as number);
  }

  /** (Z·unit)ᵀ·column, [n]. */
  #products(column: Float64Array): Float64Array {
    const sums = new Float64Array(this.#penalty.length);
    const n = sums.length;
    column.forEach((value, row) => {
      for (let i = 0; i < n; i++) {
        sums[i] = (sums[i] as number) + value * (this.#z[row * n + i] as number);
      }
    });
    return sums;
  }
}
