import * as words from "../words/en/digits/page.ts";

/** Pixels of a digit, each 0 to 16, row by row. */
export type Pixels = readonly number[];

export interface Own {
  readonly pixels: Pixels;
  readonly label: number;
}

/** The most digits that fit into an address. */
export const MOST_OWN = 12;

/** A visitor's digits as text: each as its label and 64 base-17 digits. */
export const writeOwn = (all: readonly Own[]): string =>
  all.map(({ pixels, label }) => label + pixels.map((v) => v.toString(17)).join("")).join("_");

/** The digits in a text of `writeOwn`; throws for other text. */
export function readOwn(text: string): Own[] {
  const parts = text === "" ? [] : text.split("_");
  if (parts.length > MOST_OWN || parts.some((part) => !/^\d[\da-g]{64}$/.test(part)))
    throw new Error(words.ownExpectedAtMostDigits(MOST_OWN));
  return parts.map((part) => ({
    label: Number(part[0]),
    pixels: [...part.slice(1)].map((digit) => Number.parseInt(digit, 17)),
  }));
}
