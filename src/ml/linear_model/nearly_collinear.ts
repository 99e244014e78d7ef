import { dot, eigen, multiply } from "../dense.ts";
import type { LeastSquares } from "./least_squares.ts";

/** Share of the largest eigenvalue below which the products' nine digits are not enough: five would be left. */
const LEAST_EIGENVALUE = 1e-4;
/** The square of what sums of numbers near 1 lose in float64. */
const LEAST_SQUARE = 1e-26;
/** The first leaves what the products' errors make of it, 1e-9 or more, each further one as little of that. */
const ROUNDS = 3;

/** correlation·u = right, of u = v / unit. */
interface System {
  readonly correlation: Float64Array; // [n, n], with a unit diagonal
  readonly unit: Float64Array; // [n]
  readonly alpha: number;
}

/** Every solution is `solution` and any multiples of the `free` ones. */
export interface Solutions {
  readonly solution: Float64Array<ArrayBuffer>;
  readonly free: readonly Float64Array[];
}

/** A direction u with its square uᵀ·A·u: large ones as the correlations have it, small ones as the samples do. */
interface Direction {
  readonly u: Float64Array; // [n]
  readonly square: number;
  /** Z·u of a small one. */
  readonly column?: Float64Array; // [samples]
}

/**
 * Solves a system whose features nearly depend on each other. Directions of small eigenvalues are made conjugate to the large
 * ones and measured again in the samples themselves, in float64, which tell 1e-8 of a deviation apart where the products
 * tell 1e-4; residuals are float64's, too. What is left below the samples' own rounding is free.
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

/** The small directions less their part in the large ones, turned so that they do not share anything either. */
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

/** The system in float64, from the samples: A = (Z·unit)ᵀ·(Z·unit) + penalty. */
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

  /** The square below which a direction may be what rounding made of 0. */
  noise(u: Float64Array): number {
    const lost = u.reduce((sum, v, i) => sum + Math.abs(v * (this.#rounding[i] as number)), 0);
    return Math.max(lost ** 2, LEAST_SQUARE);
  }

  /** What a solution leaves: the slope of the objective, and its part along a small direction. */
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
