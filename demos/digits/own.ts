import * as words from "../words/en/digits/page.ts";

/** Pixels of a digit, each 0 to 16, row by row. */
export type Pixels = readonly number[];

export interface Own {
  readonly pixels: Pixels;
  readonly label: number;
}

/** As many as an address can carry. */
export const MOST_OWN = 12;

/** Digits of a visitor as text: each its label and 64 digits to the base of 17. */
export const writeOwn = (all: readonly Own[]): string =>
  all.map(({ pixels, label }) => label + pixels.map((v) => v.toString(17)).join("")).join("_");

/** What `writeOwn` wrote; throws for other text. */
export function readOwn(text: string): Own[] {
  const parts = text === "" ? [] : text.split("_");
  if (parts.length > MOST_OWN || parts.some((part) => !/^\d[\da-g]{64}$/.test(part)))
    throw new Error(words.ownExpectedAtMostDigits(MOST_OWN));
  return parts.map((part) => ({
    label: Number(part[0]),
    pixels: [...part.slice(1)].map((digit) => Number.parseInt(digit, 17)),
  }));
}
