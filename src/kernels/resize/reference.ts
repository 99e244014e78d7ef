import { located, type Resizing } from "./axes.ts";

/** Calls `visit` with flat indices into y and x and a factor for every term of y = Σ factor · x. */
function eachTerm(
  { planes, rows, columns }: Resizing,
  terms: (
    axis: Resizing["rows"],
    i: number,
  ) => readonly (readonly [cell: number, factor: number])[],
  visit: (y: number, x: number, factor: number) => void,
): void {
  for (let plane = 0; plane < planes; plane++) {
    for (let a = 0; a < rows.to; a++) {
      for (let b = 0; b < columns.to; b++) {
        for (const [h, down] of terms(rows, a)) {
          for (const [w, right] of terms(columns, b)) {
            const y = (plane * rows.to + a) * columns.to + b;
            visit(y, (plane * rows.from + h) * columns.from + w, down * right);
          }
        }
      }
    }
  }
}

/** One cell a position. */
const nearestTerms = (axis: Resizing["rows"], i: number) => [[located(axis, i).low, 1] as const];

/** Two cells a position. */
const linearTerms = (axis: Resizing["rows"], i: number) => {
  const { low, high, t } = located(axis, i);
  return [[low, 1 - t] as const, [high, t] as const];
};

const termsOf = { nearest: nearestTerms, bilinear: linearTerms };

/** y in float64, by plain loops. */
export function resized(
  mode: "nearest" | "bilinear",
  r: Resizing,
  x: ArrayLike<number>,
): Float64Array {
  const y = new Float64Array(r.planes * r.rows.to * r.columns.to);
  eachTerm(r, termsOf[mode], (i, at, factor) => {
    y[i] = (y[i] as number) + factor * (x[at] as number);
  });
  return y;
}

/** dx in float64: the same terms, the other way. */
export function resizedGrad(
  mode: "nearest" | "bilinear",
  r: Resizing,
  dy: ArrayLike<number>,
): Float64Array {
  const dx = new Float64Array(r.planes * r.rows.from * r.columns.from);
  eachTerm(r, termsOf[mode], (i, at, factor) => {
    dx[at] = (dx[at] as number) + factor * (dy[i] as number);
  });
  return dx;
}
