import { ValueError } from "../../core/errors.ts";
import type { Kind } from "../../core/kinds.ts";

/** How numbers are written. */
export interface NumberMarks {
  /** The decimal mark: "," in "1,5". Default ".". */
  readonly decimal?: string;
  /** What separates groups of three digits: "." in "2.000,75". Default nothing. */
  readonly thousands?: string;
}

export const mark: Kind = {
  expected: "one character that no number contains",
  accepts: (value) => typeof value === "string" && /^[^\de+-]$/i.test(value),
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a cell: undefined unless it is a number that float64 can represent. */
export function numbersWritten({
  decimal = ".",
  thousands,
}: NumberMarks): (cell: string) => number | undefined {
  if (decimal === thousands) {
    throw new ValueError(
      `readCsv: expected marks that differ, got "${decimal}" as decimal and as thousands; set both`,
    );
  }
  const group = thousands && new RegExp(`(?<=\\d)[${escaped(thousands)}](?=\\d{3}(?!\\d))`, "gu");
  return (cell) => {
    const digits = group ? cell.replace(group, "") : cell;
    const text = decimal === "." ? digits : swapped(digits, decimal);
    const number = NUMBER.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(number) ? number : undefined;
  };
}

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** The decimal mark as a point; what had a point is no number. */
const swapped = (cell: string, decimal: string): string =>
  cell.replace(/\./g, "?").replace(decimal, ".");
