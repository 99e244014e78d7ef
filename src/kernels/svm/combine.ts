import shader from "#shaders/svm/combine.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/**
 * y [n] = Σ_j coef[j] · rows[places[j]] for some rows of `rows` [room, n], n a multiple of 4, by `places` u32 [count] and
 * `coef` [count]. Throws `ShapeError` for another layout.
 */
export const combine = kernel(shader, ({ rows, places, coef }, _: object) => {
  const [, n = 0] = rows;
  const count = size(coef);
  if (rows.length !== 2 || n % 4 || size(places) !== count) {
    throw new ShapeError(
      `svm/combine: expected rows [room, multiple of 4], places and coef [count], got ${show(rows, "rows")}, ` +
        `${show(places, "places")}, ${show(coef, "coef")}; name a row for each coefficient`,
    );
  }
  return {
    outputs: { y: [n] },
    params: { blocks: n / 4, count },
    grid: grid1d(Math.ceil(n / 256)),
    flops: 2 * n * count,
  };
});

export const reference: Reference<typeof combine> = ({ rows, places, coef }) => {
  const [, n = 0] = rows.shape;
  const y = new Float64Array(n);
  for (let j = 0; j < coef.data.length; j++) {
    for (let i = 0; i < n; i++) {
      const value = rows.data[(places.data[j] as number) * n + i] as number;
      y[i] = (y[i] as number) + (coef.data[j] as number) * value;
    }
  }
  return { y };
};

const example = (name: string, n: number, places: readonly number[]): Case<typeof combine> => ({
  name,
  inputs: {
    rows: [Math.max(0, ...places) + 2, n],
    places: { shape: [places.length], fill: (j) => places[j] ?? 0 },
    coef: [places.length],
  },
  options: {},
  tolerance: { length: Math.max(1, places.length) },
});

export const cases: Case<typeof combine>[] = [
  example("one row", 4, [0]),
  example("no row", 8, []),
  example("five rows, one of them twice", 12, [4, 1, 0, 1, 3]),
  example("more than a workgroup", 272, [2, 0]),
];

export const benches: Case<typeof combine>[] = [
  example(
    "64 rows of 5,000",
    5000,
    Array.from({ length: 64 }, (_, j) => j),
  ),
];
