import type { DType } from "../core/shape.ts";

/** The worst errors of some elements, each by its own measure; 0 when none differs. */
export interface Accuracy {
  /** |got − expected|. */
  readonly absolute: number;
  /** |got − expected| / |expected|. */
  readonly relative: number;
  /** |got − expected rounded to f32|, in units of the last place of the latter. Of integers: the difference. */
  readonly ulp: number;
}

/** How a case went on a device. */
export interface CaseReport {
  /** One for each thing that is wrong, for people to read; none when the case passes. */
  readonly defects: readonly string[];
  /** Over everything the case compares. */
  readonly worst: Accuracy;
  /** Elements compared. */
  readonly elements: number;
}

/** No error at all. */
export const EXACT: Accuracy = { absolute: 0, relative: 0, ulp: 0 };

/** 2⁻¹²⁶, the smallest f32 that has all its digits: GPUs may take smaller ones for 0. */
const NORMAL = 2 ** -126;

/**
 * The worst errors of an output against its float64 reference. Elements nearer to 0 than 1/1024 of the largest, where
 * terms cancel or digits run out, have the relative errors and the ulp of a number of that size. A NaN or an infinity that
 * is not expected, or a missing one, is an infinite error.
 */
export function accuracyOf(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  dtype: DType = "f32",
): Accuracy {
  const floor = Math.max(NORMAL, largest(expected) / 1024);
  let worst = EXACT;
  for (let i = 0; i < got.length; i++) {
    const error = errorOf(got[i] as number, expected[i] as number, floor, dtype);
    if (error !== EXACT) worst = worse(worst, error);
  }
  return worst;
}

/** The larger of each measure. */
export function worse(a: Accuracy, b: Accuracy): Accuracy {
  return {
    absolute: Math.max(a.absolute, b.absolute),
    relative: Math.max(a.relative, b.relative),
    ulp: Math.max(a.ulp, b.ulp),
  };
}

/** Several reports as one: all defects, the worst errors, the sum of the elements. */
export function mergeReports(reports: readonly CaseReport[]): CaseReport {
  return {
    defects: reports.flatMap(({ defects }) => defects),
    worst: reports.reduce((worst, report) => worse(worst, report.worst), EXACT),
    elements: reports.reduce((sum, { elements }) => sum + elements, 0),
  };
}

function errorOf(got: number, expected: number, floor: number, dtype: DType): Accuracy {
  if (got === expected || (Number.isNaN(got) && Number.isNaN(expected))) return EXACT;
  const absolute = Math.abs(got - expected);
  if (!Number.isFinite(absolute)) return { absolute: Infinity, relative: Infinity, ulp: Infinity };
  const relative = absolute / Math.max(Math.abs(expected), floor);
  if (dtype !== "f32") return { absolute, relative, ulp: absolute };
  const rounded = Math.fround(expected);
  const ulp = Math.abs(got - rounded) / spacing(Math.max(Math.abs(rounded), floor));
  return { absolute, relative, ulp };
}

/** Distance from a normal f32 to the next larger one. */
function spacing(size: number): number {
  const exponent = Math.floor(Math.log2(size));
  // log2 may be a hair too large just below a power of two
  return 2 ** ((2 ** exponent > size ? exponent - 1 : exponent) - 23);
}

function largest(values: ArrayLike<number>): number {
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Math.abs(values[i] as number);
    if (value > size && value < Infinity) size = value;
  }
  return size;
}
