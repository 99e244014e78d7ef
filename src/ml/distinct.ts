import { ValueError } from "../core/errors.ts";
import { powerOfTwo, spreadSample } from "./columns.ts";
import type { HostMatrix } from "./samples.ts";

/** Differences between samples below this fraction of a typical one need not be preserved in f32. */
const SMALL = 2 ** -10;
/** A difference of at least this fraction of the largest number is preserved by rounding to f32 (24 bits of precision). */
const NEVER_LOST = 2 ** -22;
/** Fraction of neighbouring samples that rounding to f32 may make equal; a few always do if numbers have many digits. */
const SOME = 0.05;

/**
 * Throws `ValueError` for a feature whose samples f32, relative to `shift`, cannot distinguish although float64 can: groups
 * of close numbers that are very far from each other. Differences of at least `least` count; by default a thousandth of the
 * typical difference between neighbouring samples.
 */
export function checkDistinct(matrix: HostMatrix, shift: Float64Array, least?: number): void {
  for (let c = 0; c < matrix.features; c++) {
    const values = spreadSample(matrix, c).map((value) => value - (shift[c] as number));
    const counts = least ?? SMALL * typical(values);
    const farthest = Math.max(-(values[0] as number), values[values.length - 1] as number);
    if (counts > NEVER_LOST * farthest) continue;
    const unit = powerOfTwo(farthest);
    const same = (a: number, b: number) => Math.fround(a * unit) === Math.fround(b * unit);
    const lost = Array.from(values.keys()).filter((i) => {
      const [here, next = here] = [values[i] as number, values[i + 1]];
      return next - here > counts && same(here, next);
    });
    const [first] = lost;
    if (first === undefined || lost.length <= SOME * (values.length - 1)) continue;
    const [a, b] = [values[first] as number, values[first + 1] as number];
    throw new ValueError(
      `${matrix.who ?? "wgrad/ml"}: expected samples that f32 tells apart, got ${a + (shift[c] as number)} and ` +
        `${b + (shift[c] as number)}, too close for the range in feature ${c}; subtract each ` +
        "group's offset, and add the group as a feature",
    );
  }
}

/** Median difference between sorted samples that are 1/50 of all samples apart, ignoring equal ones. */
function typical(values: Float64Array): number {
  const apart = Math.max(1, Math.floor(values.length / 50));
  const differences = new Float64Array(Math.max(0, values.length - apart));
  let count = 0;
  for (let i = apart; i < values.length; i++) {
    const difference = (values[i] as number) - (values[i - apart] as number);
    if (difference > 0) differences[count++] = difference;
  }
  return differences.subarray(0, count).sort()[count >> 1] ?? 0;
}
