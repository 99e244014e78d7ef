import * as words from "../../words/en/digits/drawing.ts";
import type { Pixels } from "../own.ts";

/** Dots on each side of a drawing. */
export const DOTS = 32;
/** A pixel is made of BLOCK × BLOCK dots, as the digits of the data set were. */
const BLOCK = 4;
/** Radius of the pen in dots. */
const PEN = 1.6;
/** Size of a centred drawing in its longer direction, in dots. */
const FILL = 31;

/** A drawing: 1 where there is ink, row by row. */
export type Bitmap = Uint8Array<ArrayBuffer>;
export type Spot = readonly [x: number, y: number];

export const blank = (): Bitmap => new Uint8Array(DOTS * DOTS);

export const isBlank = (bitmap: Bitmap): boolean => !bitmap.includes(1);

/** Draws a line between two points, in dots. */
export function ink(bitmap: Bitmap, from: Spot, to: Spot): void {
  const length = Math.max(1, Math.ceil(2 * Math.hypot(to[0] - from[0], to[1] - from[1])));
  for (let i = 0; i <= length; i++) {
    const [x, y] = [0, 1].map((k) => {
      const [a, b] = [Number(from[k]), Number(to[k])];
      return a + ((b - a) * i) / length;
    }) as [number, number];
    dot(bitmap, x, y);
  }
}

function dot(bitmap: Bitmap, x: number, y: number): void {
  for (let row = Math.floor(y - PEN); row <= y + PEN; row++) {
    for (let column = Math.floor(x - PEN); column <= x + PEN; column++) {
      const inside = row >= 0 && column >= 0 && row < DOTS && column < DOTS;
      const near = Math.hypot(column + 0.5 - x, row + 0.5 - y) <= PEN;
      if (inside && near) bitmap[row * DOTS + column] = 1;
    }
  }
}

/** The example: a three, small and off centre. */
export function example(): Bitmap {
  const bitmap = blank();
  const spots: readonly Spot[] = [
    ...([
      [6, 7],
      [9, 4],
      [14, 4],
      [16, 7],
      [15, 11],
    ] as const),
    ...([
      [11, 13],
      [15, 14],
      [17, 18],
      [14, 22],
      [9, 22],
      [6, 20],
    ] as const),
  ];
  spots.slice(1).forEach((spot, i) => {
    ink(bitmap, spots[i] ?? spot, spot);
  });
  return bitmap;
}

/** 8 × 8 pixels: the number of inked dots in each block of 4 × 4, as the digits of the data set were made. */
export function pixelsOf(bitmap: Bitmap, centre: boolean): Pixels {
  const from = centre ? centred(bitmap) : bitmap;
  const side = DOTS / BLOCK;
  return Array.from({ length: side * side }, (_, i) => {
    let count = 0;
    for (let d = 0; d < BLOCK * BLOCK; d++) {
      const row = Math.floor(i / side) * BLOCK + Math.floor(d / BLOCK);
      count += Number(from[row * DOTS + (i % side) * BLOCK + (d % BLOCK)]);
    }
    return count;
  });
}

/** The drawing, centred and scaled to the full height or width. */
function centred(bitmap: Bitmap): Bitmap {
  const result = blank();
  if (isBlank(bitmap)) return result;
  const places = [...bitmap.keys()].filter((i) => bitmap[i] === 1);
  const ends = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [left, right] = ends(places.map((i) => i % DOTS));
  const [top, bottom] = ends(places.map((i) => Math.floor(i / DOTS)));
  const scale = FILL / Math.max(right - left + 1, bottom - top + 1);
  const middle = [(left + right + 1) / 2, (top + bottom + 1) / 2] as const;
  for (let i = 0; i < result.length; i++) {
    const x = ((i % DOTS) + 0.5 - DOTS / 2) / scale + middle[0];
    const y = (Math.floor(i / DOTS) + 0.5 - DOTS / 2) / scale + middle[1];
    const inside = x >= 0 && y >= 0 && x < DOTS && y < DOTS;
    if (inside) result[i] = bitmap[Math.floor(y) * DOTS + Math.floor(x)] as number;
  }
  return result;
}

/** A drawing as text: each row as a base-36 number. */
export const writeBitmap = (bitmap: Bitmap): string =>
  Array.from({ length: DOTS }, (_, row) => {
    const bits = [...bitmap.subarray(row * DOTS, (row + 1) * DOTS)].join("");
    return Number.parseInt(bits, 2).toString(36);
  }).join(".");

/** The drawing in a text of `writeBitmap`; throws for other text. */
export function readBitmap(text: string): Bitmap {
  const rows = text.split(".").map((row) => Number.parseInt(row, 36));
  if (rows.length !== DOTS || rows.some((row) => !(row >= 0 && row < 2 ** DOTS)))
    throw new Error(words.drawingExpectedDrawingAs);
  return Uint8Array.from(
    rows.flatMap((row) => [...row.toString(2).padStart(DOTS, "0")].map(Number)),
  );
}
