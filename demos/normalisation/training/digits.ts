import { type Table, tables } from "../../shared/tables.ts";

/** Pixels on each side. */
export const SIDE = 8;
const PIXELS = SIDE * SIDE;
/** Mean and deviation of all pixels of the 1,797 digits, whose values are 0 to 16. */
const [MEAN, DEVIATION] = [4.884, 6.017];
/** Every sixth digit is held out. */
const EVERY = 6;

/** Some digits: [count, 1, 8, 8] with pixels of mean 0 and deviation 1, and their labels. */
export interface Digits {
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly labels: Uint32Array<ArrayBuffer>;
}

export interface Split {
  readonly train: Digits;
  readonly heldOut: Digits;
}

let loading: Promise<Split> | undefined;

/** The digits, loaded at the first call. */
export function digits(): Promise<Split> {
  loading ??= tables.digits().then((table) => ({
    train: taken(table, (i) => i % EVERY !== 0),
    heldOut: taken(table, (i) => i % EVERY === 0),
  }));
  return loading;
}

function taken({ data, shape, y }: Table, wanted: (i: number) => boolean): Digits {
  const rows = Array.from({ length: shape[0] }, (_, i) => i).filter(wanted);
  const pixels = new Float32Array(rows.length * PIXELS);
  rows.forEach((row, i) => {
    for (let p = 0; p < PIXELS; p++)
      pixels[i * PIXELS + p] = (Number(data[row * PIXELS + p]) - MEAN) / DEVIATION;
  });
  return { pixels, labels: Uint32Array.from(rows, (row) => Number(y[row])) };
}

/** Digits of a step. */
export function batchOf({ pixels, labels }: Digits, rows: readonly number[]): Digits {
  const own = new Float32Array(rows.length * PIXELS);
  rows.forEach((row, i) => {
    own.set(pixels.subarray(row * PIXELS, (row + 1) * PIXELS), i * PIXELS);
  });
  return { pixels: own, labels: Uint32Array.from(rows, (row) => Number(labels[row])) };
}
