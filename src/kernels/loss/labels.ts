import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { type Grid, grid1d, type HostTensor } from "../kernel.ts";

export interface IgnoreOption {
  /**
   * The u32 label of elements to ignore, which may be a class or not. Default: none. (PyTorch's −100 is not a u32; use
   * 0xffffffff, or the value in the labels.)
   */
  readonly ignoreIndex?: number;
}

/** `ignore` and `ignoring` of shaders/loss/label.wgsl; throws `ValueError` for a label that is not a u32. */
export function ignoreParams(who: string, { ignoreIndex }: IgnoreOption) {
  const label = ignoreIndex ?? 0;
  if (!Number.isInteger(label) || label < 0 || label > 0xffffffff) {
    throw new ValueError(
      `${who}: expected ignoreIndex an integer in 0..4294967295, got ${label}; labels are u32`,
    );
  }
  return { ignore: label, ignoring: ignoreIndex === undefined ? 0 : 1 };
}

/** [N, d…] of logits [N, C, d…]; throws `ShapeError` for less than two axes or no element. */
export function labelShape(who: string, logits: Shape): number[] {
  if (logits.length < 2 || size(logits) === 0) {
    throw new ShapeError(
      `${who}: expected logits [N, C, …] with at least one element, got ${show(logits)}; reshape it, or skip empty batches`,
    );
  }
  return logits.filter((_, axis) => axis !== 1);
}

/** Throws `ValueError` for a `labelSmoothing` outside of [0, 1]. */
export function checkSmoothing(who: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new ValueError(`${who}: expected labelSmoothing in [0, 1], got ${value}; leave it out`);
}

/** Throws `ShapeError` if an optional buffer is given with a wrong shape. */
export function checkOptional(who: string, name: string, got: Shape | undefined, expected: Shape) {
  if (got === undefined || sameShape(got, expected)) return;
  throw new ShapeError(
    `${who}: expected ${show(expected, name)}, got ${show(got, name)}; reshape it, or leave it out`,
  );
}

/** a·y, and 0 where a is 0 and y infinite: `times` of shaders/lib/times.wgsl. */
export const times = (a: number, y: number): number =>
  a === 0 && Math.abs(y) === Infinity ? 0 : a * y;

/** Elements that one workgroup sums; PIECE in the shaders. */
const PIECE = 4096;

/** Splits a sum into pieces of a fixed size, so that its order depends only on its length. */
export function pieces(length: number): {
  count: number;
  grid: Grid;
  overrides: { PIECE: number; WG: number };
} {
  const count = Math.ceil(length / PIECE);
  return { count, grid: grid1d(count), overrides: { PIECE, WG: 256 } };
}

/** Calls `add` with the piece of every element. */
export function sumPieces(length: number, value: (i: number) => number): Float64Array {
  const sums = new Float64Array(pieces(length).count);
  for (let i = 0; i < length; i++) {
    const piece = Math.floor(i / PIECE);
    sums[piece] = (sums[piece] as number) + value(i);
  }
  return sums;
}

/** Weight of a label: 1 without weights, 0 if ignored, NaN if out of range. */
export function labelWeight(
  label: number,
  classes: number,
  { ignoreIndex }: IgnoreOption,
  weight?: HostTensor,
): number {
  if (label === ignoreIndex) return 0;
  if (label >= classes) return NaN;
  return weight ? (weight.data[label] as number) : 1;
}
