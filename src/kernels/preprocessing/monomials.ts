import shader from "#shaders/preprocessing/monomials.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** A factor that counts as 1. */
export const NO_FACTOR = 0xffffffff;

/**
 * Products of columns of x [rows, features]: column t of y [rows, terms] is the product of the columns that
 * `factors` u32 [terms, degree] names; `NO_FACTOR` names none.
 */
export const monomials = kernel(shader, ({ x, factors }, _: object) => {
  const [rows = 0, features = 0] = x;
  const [terms = 0, degree = 0] = factors;
  if (x.length !== 2 || factors.length !== 2) {
    throw new ShapeError(
      `monomials: expected x [rows, features] and factors [terms, degree], got ${show(x, "x")} and ` +
        `${show(factors, "factors")}; reshape them`,
    );
  }
  return {
    outputs: { y: [rows, terms] },
    params: { rows, features, terms, degree },
    grid: grid1d(Math.ceil((rows * terms) / 64)),
    flops: rows * terms * degree,
    bytes: 4 * (rows * features + terms * degree + rows * terms),
  };
});

export const reference: Reference<typeof monomials> = ({ x, factors }) => {
  const [rows = 0, features = 0] = x.shape;
  const [terms = 0, degree = 0] = factors.shape;
  const y = new Float64Array(rows * terms);
  for (let r = 0; r < rows; r++) {
    for (let t = 0; t < terms; t++) {
      let product = 1;
      for (let k = 0; k < degree; k++) {
        const feature = factors.data[t * degree + k] as number;
        if (feature !== NO_FACTOR) product *= x.data[r * features + feature] as number;
      }
      y[r * terms + t] = product;
    }
  }
  return { y };
};

const example = (
  name: string,
  [rows, features]: readonly [number, number],
  factors: readonly (readonly number[])[],
): Case<typeof monomials> => ({
  name,
  inputs: {
    x: [rows, features],
    factors: {
      shape: [factors.length, factors[0]?.length ?? 0],
      fill: (i) => factors.flat()[i] ?? NO_FACTOR,
    },
  },
  options: {},
});

export const cases: Case<typeof monomials>[] = [
  example("one number, no factor", [1, 1], [[NO_FACTOR]]),
  example(
    "squares and products",
    [9, 3],
    [
      [0, NO_FACTOR],
      [0, 0],
      [0, 2],
      [2, 1],
      [NO_FACTOR, 1],
    ],
  ),
  example(
    "more numbers than a workgroup has lanes",
    [41, 2],
    [
      [0, 0, 1],
      [1, 1, 1],
      [NO_FACTOR, 0, 0],
    ],
  ),
  {
    name: "safety: NaN stays in its row and its terms",
    inputs: {
      x: { shape: [3, 2], fill: (i) => (i === 2 ? Number.NaN : i + 1) },
      factors: { shape: [2, 2], fill: (i) => [0, 0, 1, NO_FACTOR][i] ?? 0 },
    },
    options: {},
  },
];

export const benches: Case<typeof monomials>[] = [
  example(
    "65536 × 8, 45 terms",
    [65536, 8],
    Array.from({ length: 45 }, (_, t) => [t % 8, (t * 3) % 8]),
  ),
];
