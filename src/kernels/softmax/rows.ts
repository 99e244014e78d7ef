import { ShapeError } from "../../core/errors.ts";
import { normalizeAxis, type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import type { Fill } from "../kernel.ts";
import { slicesFor } from "../slices.ts";

export interface AxisOption extends Coarse {
  /** Axis over which the exponentials sum to one; negative counts from the end. Default −1, the last. */
  readonly axis?: number;
}

export interface SoftmaxOptions extends AxisOption {
  /** Whether the logarithm of the softmax is computed. Default false. */
  readonly log?: boolean;
}

/** A tensor viewed as [outer, cols, inner] with `cols` along the axis; a row is one (outer, inner). */
export interface Rows {
  /** outer · inner */
  readonly rows: number;
  readonly cols: number;
  readonly inner: number;
}

/** Throws `ShapeError` if the axis does not exist. */
export function rowsAlong(who: string, shape: Shape, { axis = -1 }: AxisOption): Rows {
  const at = normalizeAxis(who, axis, shape.length);
  const cols = shape[at] as number;
  const inner = size(shape.slice(at + 1));
  return { rows: size(shape.slice(0, at)) * inner, cols, inner };
}

/** The common part of the plans of kernels that process rows. */
export function rowPlan(rows: Rows, { coarse }: Coarse = {}) {
  const strided = rows.inner > 1;
  return { params: { ...rows }, ...slicesFor(rows.rows, rows.cols, { strided, coarse }) };
}

/** The common part of the plans of softmax and of its gradient. */
export function softmaxPlan(who: string, x: Shape, options: SoftmaxOptions) {
  const { overrides, ...plan } = rowPlan(rowsAlong(who, x, options), options);
  return { ...plan, overrides: { ...overrides, LOG: options.log ? 1 : 0 } };
}

/** Throws `ShapeError` unless the gradient has the shape of y. */
export function checkGradient(who: string, y: Shape, dy: Shape): void {
  if (sameShape(y, dy)) return;
  throw new ShapeError(
    `${who}: expected dy ${show(y)} as y, got ${show(dy)}; pass the output of the forward pass and its gradient`,
  );
}

/** Calls `visit` with the flat positions of every row. */
export function forEachRow({ rows, cols, inner }: Rows, visit: (row: number[]) => void): void {
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / inner) * cols * inner + (row % inner);
    visit(Array.from({ length: cols }, (_, k) => base + k * inner));
  }
}

/** x ↦ x − log Σ exp over a row, shifted by its maximum; NaN for a row of −∞ only, as in PyTorch. */
export function logProbability(
  data: ArrayLike<number>,
  row: readonly number[],
): (x: number) => number {
  let greatest = -Infinity;
  for (const i of row) greatest = Math.max(greatest, data[i] as number);
  let sum = 0;
  for (const i of row) sum += Math.exp((data[i] as number) - greatest);
  return (x) => x - greatest - Math.log(sum);
}

const far = [NaN, 1e30, -3.4e38, 88, -104, Infinity, -Infinity, 3.4e38];

/** Inputs every kernel of the family must handle. */
export const hostile: readonly {
  name: string;
  x: Shape | { shape: Shape; fill: Fill };
  axis?: number;
}[] = [
  { name: "one element", x: [1] },
  { name: "10 classes, a lane a row", x: [67, 10] },
  { name: "17 columns, 16 lanes a row", x: [5, 17] },
  { name: "257 columns, a workgroup a row", x: [3, 257] },
  { name: "2049 columns, 256 lanes a row", x: [2, 2049] },
  { name: "one column", x: [65, 1] },
  { name: "first axis", x: [33, 7], axis: 0 },
  { name: "axis in the middle", x: [3, 19, 2, 5], axis: 1 },
  {
    name: "far from 0",
    x: { shape: [4, 33], fill: (i, random) => 1e4 * (Math.floor(i / 33) - 1.5) + random() * 8 },
  },
  {
    name: "one far above the others, wherever it is",
    x: { shape: [20, 20], fill: (i) => (i % 21 === 0 ? 200 : -100) + (i % 7) },
  },
  {
    name: "−∞ among them gives 0",
    x: { shape: [6, 18], fill: (i, random) => (i % 5 === 0 ? -Infinity : random() * 4) },
  },
  { name: "equal and huge", x: { shape: [3, 30], fill: () => 1e30 } },
  { name: "nothing but −∞ gives NaN", x: { shape: [3, 9], fill: () => -Infinity } },
  {
    name: "NaN, infinities and the largest numbers stay in their rows",
    x: {
      shape: [10, 40],
      fill: (i, random) => (i % 40 === 7 ? (far[(i / 40) | 0] ?? 0) : random()),
    },
  },
];
