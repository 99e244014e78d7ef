import type { DType } from "../core/shape.ts";

/** The largest errors of some elements, separately for each measure; 0 if none differs. */
export interface Accuracy {
  /** |got − expected|. */
  readonly absolute: number;
  /** |got − expected| / |expected|. */
  readonly relative: number;
  /** |got − expected rounded to f32|, in units of the last place of the latter. For integers the difference. */
  readonly ulp: number;
}

/** The result of a case on a device. */
export interface CaseReport {
  /** A readable report for each defect; none when the case passes. */
  readonly defects: readonly string[];
  /** The largest errors of everything that the case compares. */
  readonly worst: Accuracy;
  /** Number of elements compared. */
  readonly elements: number;
}

/** No error at all. */
export const EXACT: Accuracy = { absolute: 0, relative: 0, ulp: 0 };

/** 2⁻¹²⁶, the smallest normal f32: GPUs may treat smaller numbers as 0. */
const NORMAL = 2 ** -126;

/**
 * The largest errors of an output against its float64 reference. For elements nearer to 0 than 1/1024 of the largest, where
 * terms cancel or digits are lost, relative errors and ulps are those of a number of that size. An unexpected or missing
 * NaN or infinity is an infinite error.
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

/** The maximum of each measure. */
export function worse(a: Accuracy, b: Accuracy): Accuracy {
  return {
    absolute: Math.max(a.absolute, b.absolute),
    relative: Math.max(a.relative, b.relative),
    ulp: Math.max(a.ulp, b.ulp),
  };
}

/** Combines reports: all defects, the largest errors, the total number of elements. */
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
  // log2 may be slightly too large just below a power of two
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
