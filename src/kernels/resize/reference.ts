import { located, type Resizing } from "./axes.ts";
import { keys } from "./filter.ts";

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

/** One cell per position. */
const nearestTerms = (axis: Resizing["rows"], i: number) => [[located(axis, i).low, 1] as const];

/** Two cells per position. */
const linearTerms = (axis: Resizing["rows"], i: number) => {
  const { low, high, t } = located(axis, i);
  return [[low, 1 - t] as const, [high, t] as const];
};

/** Four cells per position; those outside are at the edge. */
const cubicTerms = ({ from, step, shift, unit }: Resizing["rows"], i: number) => {
  const position = (i * step + shift) / unit;
  return [-1, 0, 1, 2].map((k) => {
    const cell = Math.floor(position) + k;
    const factor = keys(Math.abs(position - cell), -0.75);
    return [Math.min(Math.max(cell, 0), from - 1), factor] as const;
  });
};

const termsOf = { nearest: nearestTerms, bilinear: linearTerms, bicubic: cubicTerms };

/** y in float64, by plain loops. */
export function resized(
  mode: keyof typeof termsOf,
  r: Resizing,
  x: ArrayLike<number>,
): Float64Array {
  const y = new Float64Array(r.planes * r.rows.to * r.columns.to);
  eachTerm(r, termsOf[mode], (i, at, factor) => {
    y[i] = (y[i] as number) + factor * (x[at] as number);
  });
  return y;
}

/** dx in float64: the transpose of the same terms. */
export function resizedGrad(
  mode: keyof typeof termsOf,
  r: Resizing,
  dy: ArrayLike<number>,
): Float64Array {
  const dx = new Float64Array(r.planes * r.rows.from * r.columns.from);
  eachTerm(r, termsOf[mode], (i, at, factor) => {
    dx[at] = (dx[at] as number) + factor * (dy[i] as number);
  });
  return dx;
}
