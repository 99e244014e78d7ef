import type { Table } from "../../shared/tables.ts";
import * as words from "../../words/en/predict/tune.ts";
import type { Picture } from "../picture.ts";

/** Side of a digit, in pixels. */
const SIDE = 8;

/** Largest pixel value in the data set. */
const INK = 16;

let table: Promise<Table> | undefined;

/** Handwritten digits of one kind, bright on black: `count` of them after the first `from`. */
export async function digits(kind: number, from: number, count: number): Promise<Picture[]> {
  table ??= import("../../shared/tables.ts").then(({ tables }) => tables.digits());
  const { data, y } = await table;
  const rows = Array.from(y.keys()).filter((row) => y[row] === kind);
  return Promise.all(
    rows.slice(from, from + count).map(async (row, i) => {
      const image = new ImageData(SIDE, SIDE);
      data.subarray(SIDE * SIDE * row, SIDE * SIDE * (row + 1)).forEach((value, pixel) => {
        const grey = (255 * value) / INK;
        image.data.set([grey, grey, grey, 255], 4 * pixel);
      });
      const name = words.no(digitName(kind), from + i + 1);
      return { name, source: await createImageBitmap(image), shows: digitName(kind) };
    }),
  );
}

export const digitName = (kind: number): string => words.digit(kind);
