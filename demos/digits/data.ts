import { tables } from "../shared/tables.ts";
import type { Own, Pixels } from "./own.ts";

/** Every sixth digit is held out. */
const EVERY = 6;

/** Digits with their labels. */
export interface Digits {
  readonly rows: readonly Pixels[];
  readonly labels: readonly number[];
}

export interface Split {
  readonly all: Digits;
  readonly train: Digits;
  readonly heldOut: Digits;
}

/** The 1,797 digits. */
export async function digits(): Promise<Split> {
  const { data, shape, y } = await tables.digits();
  const [count, width] = shape;
  const rows = Array.from({ length: count }, (_, i) =>
    Array.from(data.subarray(i * width, (i + 1) * width)),
  );
  const all = { rows, labels: Array.from(y, Number) };
  const part = (wanted: (i: number) => boolean): Digits => ({
    rows: rows.filter((_, i) => wanted(i)),
    labels: all.labels.filter((_, i) => wanted(i)),
  });
  const held = (i: number) => i % EVERY === 0;
  return { all, train: part((i) => !held(i)), heldOut: part(held) };
}

/** Training digits, those of the visitor last. */
export function withOwn({ rows, labels }: Digits, own: readonly Own[]): Digits {
  return {
    rows: [...rows, ...own.map(({ pixels }) => pixels)],
    labels: [...labels, ...own.map(({ label }) => label)],
  };
}

/** Share of labels that are equal. */
export const agreement = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).filter((label, i) => label === b[i]).length / a.length;
