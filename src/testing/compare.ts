import { coordinates, type Shape, show } from "../core/shape.ts";
import type { Tolerance } from "../kernels/kernel.ts";

/** Initial value of outputs before a kernel runs; elements that still have it were never written. */
export const UNTOUCHED = -12345.5;

/** The difference of two tensors; `failures` is 0 when they agree. */
export interface Comparison {
  /** Number of elements outside the tolerance; 1 if the numbers of elements differ. */
  readonly failures: number;
  /** Largest |got − expected|. */
  readonly worstAbsolute: number;
  /** |got − expected| / |expected| at that element. */
  readonly worstRelative: number;
  /** Empty when they agree, else a readable report. */
  readonly report: string;
}

/**
 * Compares element by element: |got − expected| ≤ (atol + rtol·|expected|)·√length, or the same value when "exact". An
 * unexpected or missing NaN and an infinity of the wrong sign always fail, and so does an element that still is
 * `UNTOUCHED`.
 */
export function compare(
  name: string,
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  shape: Shape,
  tolerance: Tolerance | "exact" = {},
): Comparison {
  if (got.length !== expected.length) {
    const report = `${name}: ${got.length} elements, expected ${expected.length} for ${show(shape)}`;
    return { failures: 1, worstAbsolute: Infinity, worstRelative: Infinity, report };
  }
  const allowed = allowance(tolerance);
  const bad: number[] = [];
  let worst = { at: 0, absolute: 0, relative: 0 };
  for (let i = 0; i < got.length; i++) {
    const g = got[i] as number;
    const e = expected[i] as number;
    const absolute = same(g, e) ? 0 : Math.abs(g - e);
    const untouched = g === UNTOUCHED && e !== UNTOUCHED;
    // written so that NaN and infinite differences fail
    const within = absolute === 0 || (absolute < Infinity && absolute <= allowed(e));
    if (untouched || !within) bad.push(i);
    if (!(absolute <= worst.absolute)) {
      worst = { at: i, absolute, relative: absolute / Math.abs(e) };
      if (Number.isNaN(absolute)) worst.absolute = Infinity;
    }
  }
  const { absolute: worstAbsolute, relative: worstRelative } = worst;
  const report = bad.length ? describe(name, got, expected, shape, bad, worst) : "";
  return { failures: bad.length, worstAbsolute, worstRelative, report };
}

function allowance(tolerance: Tolerance | "exact"): (expected: number) => number {
  if (tolerance === "exact") return () => 0;
  const { atol = 1e-6, rtol = 1e-6, length = 1 } = tolerance;
  const scale = Math.sqrt(Math.max(length, 1));
  return (expected) => (atol + rtol * Math.abs(expected)) * scale;
}

const same = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));

function describe(
  name: string,
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  shape: Shape,
  bad: readonly number[],
  worst: { at: number; absolute: number; relative: number },
): string {
  const at = (i: number) => `${name}[${coordinates(i, shape).join(", ")}]`;
  const first = Math.max(0, (bad[0] as number) - 1);
  const rows = Array.from({ length: Math.min(8, got.length - first) }, (_, i) => first + i);
  const table = rows.map((i) => {
    const mark = bad.includes(i) ? "✗" : " ";
    const note = got[i] === UNTOUCHED ? "  never written" : "";
    return `  ${mark} ${at(i).padEnd(20)} got ${got[i]}  expected ${expected[i]}${note}`;
  });
  return [
    `${name}${show(shape)}: ${bad.length} of ${got.length} elements differ`,
    `  worst at ${at(worst.at)}: absolute ${worst.absolute}, relative ${worst.relative}`,
    ...table,
  ].join("\n");
}
