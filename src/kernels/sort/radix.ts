import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, show } from "../../core/shape.ts";

/** Number of keys that a workgroup processes in a pass, number of bits per pass, and number of digits of that many bits. */
export const BLOCK = 1024;
export const BITS = 4;
export const DIGITS = 16;

/** The digit of the keys. */
export interface RadixOptions {
  /** Number of bits below the digit: a multiple of 4 below 32. */
  readonly shift: number;
}

/** Throws `ShapeError` unless keys are [rows, length] and not empty, `ValueError` for an invalid shift. */
export function radixGeometry(who: string, keys: Shape, { shift }: RadixOptions) {
  const [rows, length] = keys;
  if (rows === undefined || !length || keys.length !== 2) {
    throw new ShapeError(
      `${who}: expected keys[rows, length] with length ≥ 1, got ${show(keys, "keys")}; make them with sort/keys`,
    );
  }
  if (!Number.isInteger(shift / BITS) || shift < 0 || shift >= 32) {
    throw new ValueError(
      `${who}: expected a shift of 0, 4, … 28, got ${shift}; a pass takes four bits`,
    );
  }
  const blocks = Math.ceil(length / BLOCK);
  return { rows, length, blocks, shift };
}

/** The digit of a key, by arithmetic, since bitwise operators treat keys as signed. */
export const digitOf = (key: number, shift: number) => Math.floor(key / 2 ** shift) % DIGITS;

/** counts[rows, digit, block] of keys[rows, length], by a plain loop. */
export function countDigits(keys: ArrayLike<number>, shape: Shape, options: RadixOptions) {
  const { rows, length, blocks, shift } = radixGeometry("radix", shape, options);
  const counts = new Float64Array(rows * DIGITS * blocks);
  for (let e = 0; e < rows * length; e++) {
    const row = Math.floor(e / length);
    const block = Math.floor((e % length) / BLOCK);
    const at = (row * DIGITS + digitOf(keys[e] as number, shift)) * blocks + block;
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

/** Exclusive cumulative sums of every row. */
export function startsOf(counts: ArrayLike<number>, length: number) {
  const starts = new Float64Array(counts.length);
  for (let e = 0; e < starts.length; e++) {
    starts[e] = e % length === 0 ? 0 : (starts[e - 1] as number) + (counts[e - 1] as number);
  }
  return starts;
}

/** Scattered 32-bit keys, some of them equal. */
export const scattered = (i: number) => (Math.imul(i % 1500, 0x9e3779b1) ^ (i >> 3)) >>> 0;
