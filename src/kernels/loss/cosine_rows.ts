import { ShapeError } from "../../core/errors.ts";
import { normalizeAxis, type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { FilledInput, Tolerance } from "../kernel.ts";
import { type AxisOption, rowPlan, rowsAlong } from "../softmax/rows.ts";

/** How lengths are computed, and the axis of the vectors. */
export interface CosineRowsOptions extends AxisOption {
  /** Minimum length, or the number added to its square, depending on `length`. */
  readonly eps: number;
  /** "clamped": max(‖x‖, eps); "padded": √(‖x‖² + eps). */
  readonly length: "clamped" | "padded";
}

/** The common part of both plans, and the shape without the axis. */
export function cosinePlan(who: string, a: Shape, b: Shape, options: CosineRowsOptions) {
  if (!sameShape(a, b) || size(a) === 0) {
    throw new ShapeError(
      `${who}: expected two tensors of one shape with at least one element, got ${show(a)} and ${show(b)}; expand one`,
    );
  }
  const axis = normalizeAxis(who, options.axis ?? -1, a.length);
  const { params, ...rest } = rowPlan(rowsAlong(who, a, options));
  return {
    shape: a.filter((_, k) => k !== axis),
    params: { ...params, eps: options.eps },
    ...rest,
    slots: { length: options.length },
    flops: 6 * size(a),
  } as const;
}

/** The cosine of one row, and its derivatives with respect to the row's elements. */
export function cosineRow(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  row: readonly number[],
  { eps, length }: CosineRowsOptions,
) {
  const dot = (u: ArrayLike<number>, v: ArrayLike<number>) =>
    row.reduce((sum, i) => sum + (u[i] as number) * (v[i] as number), 0);
  const measure = (square: number) =>
    length === "padded" ? Math.sqrt(square + eps) : Math.max(Math.sqrt(square), eps);
  const grows = (square: number) => (length === "padded" || !(Math.sqrt(square) < eps) ? 1 : 0);
  const [la, lb] = [measure(dot(a, a)), measure(dot(b, b))];
  const value = dot(a, b) / la / lb;
  const slope = (own: ArrayLike<number>, l: number, other: ArrayLike<number>, m: number) => {
    const keep = grows(dot(own, own));
    return (i: number) =>
      (other[i] as number) / (l * m) - (keep * value * (own[i] as number)) / (l * l);
  };
  return { value, da: slope(a, la, b, lb), db: slope(b, lb, a, la) };
}

interface CosineExample {
  readonly name: string;
  readonly inputs: { readonly a: Shape | FilledInput; readonly b: Shape | FilledInput };
  readonly options: CosineRowsOptions;
  readonly tolerance?: Tolerance;
}

const clamped = { eps: 1e-8, length: "clamped" } as const;
const padded = { eps: 1e-12, length: "padded" } as const;

const plain = (
  name: string,
  shape: Shape,
  options: CosineRowsOptions = clamped,
): CosineExample => ({
  name,
  inputs: { a: shape, b: shape },
  options,
  tolerance: { length: 4 },
});

const rows = (fill: (row: number, k: number) => number): FilledInput => ({
  shape: [4, 3],
  fill: (i) => fill(Math.floor(i / 3), i % 3),
});

/** Cases of both kernels, without dy. */
export const cosineExamples: readonly CosineExample[] = [
  plain("one element", [1]),
  plain("a lane a row", [67, 5]),
  plain("17 columns, 16 lanes a row", [5, 17]),
  plain("257 columns, 64 lanes a row, padded", [3, 257], padded),
  plain("an axis in the middle", [3, 19, 2, 5], { ...clamped, axis: 1 }),
  plain("an eps that matters, padded", [7, 3], { eps: 2, length: "padded" }),
  {
    name: "an eps that matters beside vectors of 100, padded",
    inputs: {
      a: rows((row, k) => 100 * (row - k)),
      b: rows((row, k) => 60 * (row + k) - 90),
    },
    options: { eps: 5000, length: "padded" },
    tolerance: { length: 4 },
  },
  plain("an eps longer than some rows, clamped", [7, 3], { eps: 2, length: "clamped" }),
  {
    name: "vectors of nothing",
    inputs: { a: rows((row) => (row === 1 ? 0 : 1)), b: rows((row, k) => (row === 2 ? 0 : k)) },
    options: clamped,
  },
  {
    name: "lengths of exactly eps grow",
    inputs: { a: rows((_, k) => (k === 1 ? 2 : 0)), b: rows((row, k) => row + k) },
    options: { eps: 2, length: "clamped" },
  },
  {
    name: "safety: ±1e4 and NaN stay in their rows",
    inputs: {
      a: rows((row, k) => (row === 0 ? 1e4 * (k - 1) : row === 1 && k === 2 ? NaN : 1)),
      b: rows((row, k) => (row === 0 ? -1e4 * k : row === 2 && k === 0 ? NaN : k)),
    },
    options: clamped,
  },
  ...[1e20, 1e38, 1e-20].flatMap((size) =>
    ([clamped, padded, { eps: 1e-30, length: "clamped" }] as const).map((options) => ({
      name: `safety: vectors of ${size}, ${options.length}, ${options.eps}`,
      inputs: {
        a: rows((row, k) => (row === 3 ? 1 : size) * (k + 1)),
        b: rows((row, k) => (row === 2 ? 1 : size) * (row === 0 ? k + 1 : 2 - k * row)),
      },
      options,
      // a gradient is the difference of two unit vectors divided by the length
      tolerance: { rtol: 4e-6, atol: options.eps < size ? 4e-6 * Math.max(1, 1 / size) : 4e-6 },
    })),
  ),
];
