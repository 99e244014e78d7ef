import { ShapeError } from "../../core/errors.ts";
import { normalizeAxis, type Shape, show, size } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";
import { pieceLength } from "../reduce/axes.ts";

/** Axis, direction and pieces of a scan. */
export interface ScanOptions {
  /** Axis of the sums; negative ones count from the end. Default the last. */
  readonly axis?: number;
  /** Whether sums run from the end of the axis to its start. Default false. */
  readonly reverse?: boolean;
  /** Whether an element is excluded from its own sum. Default false. */
  readonly exclusive?: boolean;
  /** Number of pieces of the axis, each of which starts from its element of `sums`. Default 1, without sums. */
  readonly pieces?: number;
}

/** Number of elements of one row that a workgroup of scan/rows processes. */
export const TILE = 1024;

/** Rows up to this length are processed by one thread. */
const SHORT = 16;

/**
 * Columns up to this length are not split. Longer ones are split into pieces of at least 64 elements, until there are
 * enough threads to fill a GPU.
 */
const WHOLE = 256;
const ENOUGH_STEPS = 64;
const ENOUGH_THREADS = 1 << 15;

/** x as [outer, length, inner] around the axis. Throws `ShapeError` if there is no such axis. */
export function aboutAxis(who: string, x: Shape, axis = -1) {
  const k = normalizeAxis(who, axis, x.length);
  const [outer, inner] = [size(x.slice(0, k)), size(x.slice(k + 1))];
  return { outer, length: x[k] as number, inner, rows: outer * inner };
}

/** The kernel and number of pieces that scan an axis in linear work and fill a GPU; they depend only on sizes. */
export function chooseScan(x: Shape, axis: number): { kernel: "rows" | "columns"; pieces: number } {
  const { length, inner, rows } = aboutAxis("scan", x, axis);
  if (inner === 1 && length > SHORT) return { kernel: "rows", pieces: Math.ceil(length / TILE) };
  if (length <= WHOLE) return { kernel: "columns", pieces: 1 };
  const wanted = Math.max(1, Math.ceil(ENOUGH_THREADS / Math.max(rows, 1)));
  return { kernel: "columns", pieces: Math.min(Math.ceil(length / ENOUGH_STEPS), wanted) };
}

/** The common part of both scans' plans. Throws `ShapeError` unless sums has one element for every piece of every row. */
export function scanPlan(
  who: string,
  { x, sums }: { readonly x: Shape; readonly sums?: Shape | undefined },
  { axis = -1, reverse = false, exclusive = false, pieces = 1 }: ScanOptions,
) {
  const { length, inner, rows } = aboutAxis(who, x, axis);
  if (sums ? size(sums) !== pieces * rows : pieces !== 1) {
    throw new ShapeError(
      `${who}: expected sums[${pieces}, ${rows}] for ${pieces} pieces of ${show(x, "x")}, ` +
        `got ${sums ? show(sums, "sums") : "none"}; scan the sums of the pieces, exclusively`,
    );
  }
  const piece = pieces === 1 ? length : pieceLength(who, length, pieces);
  return {
    params: { rows, length, piece, pieces, exclusive: exclusive ? 1 : 0 },
    inner,
    reverse: reverse ? 1 : 0,
    slots: { carry: sums ? ("sums" as const) : ("none" as const) },
    flops: 2 * size(x),
  };
}

interface ScanInputs {
  readonly x: HostTensor;
  readonly sums?: HostTensor;
}

/** Every row and every piece in one loop. */
export function scanReference(
  { x, sums }: ScanInputs,
  { axis = -1, reverse = false, exclusive = false, pieces = 1 }: ScanOptions,
) {
  const { length, inner, rows } = aboutAxis("scan", x.shape, axis);
  const piece = Math.ceil(length / pieces);
  const y = new Float64Array(size(x.shape));
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / inner) * length * inner + (row % inner);
    for (let p = 0; p < pieces; p++) {
      const last = Math.min((p + 1) * piece, length) - 1;
      let sum = sums ? (sums.data[p * rows + row] as number) : 0;
      for (let j = p * piece; j <= last; j++) {
        const at = base + (reverse ? p * piece + last - j : j) * inner;
        const value = x.data[at] as number;
        y[at] = exclusive ? sum : sum + value;
        sum += value;
      }
    }
  }
  return { y };
}

/** Sums of pieces, all different, so that exchanged ones are noticed. */
export const pieceSums = (pieces: number, rows: number) => ({
  shape: [pieces, rows],
  fill: (i: number) => 10 * i - 7,
});

/** Small integers, whose sums f32 represents exactly. */
export const whole = (...shape: number[]) => ({
  shape,
  fill: (i: number) => ((i * 29) % 17) - 8,
});

/** Infinities and a NaN in the second of three rows of n; the other rows must not be affected. */
export const holed = (n: number) => ({
  shape: [3, n],
  fill: (i: number) => {
    const j = i - n;
    if (j === 3) return Infinity;
    if (j === n - 3) return -Infinity;
    return i === 2 * n + 1 ? Number.NaN : i % 5;
  },
});

/** Throws `ShapeError` unless a piece fits into a workgroup and rows are contiguous. */
export function checkRows(x: Shape, inner: number, piece: number): void {
  if (inner === 1 && piece <= TILE) return;
  throw new ShapeError(
    `scan/rows: expected a last axis in pieces of at most ${TILE} elements, got pieces of ${piece}, ${inner} apart, ` +
      `in ${show(x, "x")}; let chooseScan choose`,
  );
}
