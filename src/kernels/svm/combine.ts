import shader from "#shaders/svm/combine.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** Number of terms in a sum: longer sums are completed elsewhere in higher precision. */
const LENGTH = 8;

/**
 * y [groups, n] of Σ_j coef[j] · rows[places[j]], eight terms per group, for rows of `rows` [room, n], n a multiple of 4,
 * at `places` u32 [count] with factors `coef` [count]. Throws `ShapeError` for another layout.
 */
export const svmCombine = kernel(shader, ({ rows, places, coef }, _: object) => {
  const [, n = 0] = rows;
  const count = size(coef);
  if (rows.length !== 2 || n % 4 || size(places) !== count) {
    throw new ShapeError(
      `svm/combine: expected rows [room, multiple of 4], places and coef [count], got ${show(rows, "rows")}, ` +
        `${show(places, "places")}, ${show(coef, "coef")}; name a row for each coefficient`,
    );
  }
  const groups = Math.ceil(count / LENGTH);
  return {
    outputs: { y: [groups, n] },
    params: { blocks: n / 4, count, groups },
    grid: grid1d(Math.ceil((groups * n) / 256)),
    overrides: { LENGTH },
    flops: 2 * n * count,
  };
});

export const reference: Reference<typeof svmCombine> = ({ rows, places, coef }) => {
  const [, n = 0] = rows.shape;
  const y = new Float64Array(Math.ceil(coef.data.length / LENGTH) * n);
  for (let j = 0; j < coef.data.length; j++) {
    for (let i = 0; i < n; i++) {
      const value = rows.data[(places.data[j] as number) * n + i] as number;
      const at = Math.floor(j / LENGTH) * n + i;
      y[at] = (y[at] as number) + (coef.data[j] as number) * value;
    }
  }
  return { y };
};

const example = (name: string, n: number, places: readonly number[]): Case<typeof svmCombine> => ({
  name,
  inputs: {
    rows: [Math.max(0, ...places) + 2, n],
    places: { shape: [places.length], fill: (j) => places[j] ?? 0 },
    coef: [places.length],
  },
  options: {},
  tolerance: { length: LENGTH },
});

export const cases: Case<typeof svmCombine>[] = [
  example("one row", 4, [0]),
  example("no row", 8, []),
  example("five rows, one of them twice", 12, [4, 1, 0, 1, 3]),
  example("eight rows", 8, [7, 6, 5, 4, 3, 2, 1, 0]),
  example("three groups, the last of one", 12, [0, 5, 1, 6, 2, 7, 3, 8, 4, 9, 5, 0, 6, 1, 7, 2, 8]),
  example("more than a workgroup", 272, [2, 0]),
  example("more than a workgroup, two groups", 132, [2, 0, 1, 3, 2, 0, 1, 3, 2]),
];

export const benches: Case<typeof svmCombine>[] = [
  example(
    "64 rows of 5,000",
    5000,
    Array.from({ length: 64 }, (_, j) => j),
  ),
];
