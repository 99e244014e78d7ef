import { expect } from "vitest";
import type { FloatMatrix } from "../../../src/ml/index.ts";
import type { Answer } from "./estimator.ts";

const largest = (data: Float64Array): number => data.reduce((a, x) => Math.max(a, Math.abs(x)), 0);

/** Throws unless two matrices differ by at most a share of the largest number. NaN is equal to nothing. */
export function expectClose(
  name: string,
  got: FloatMatrix,
  expected: FloatMatrix,
  tolerance: number,
): void {
  expect([...got.shape], `${name}: shape`).toEqual([...expected.shape]);
  const scale = largest(expected.data);
  const limit = tolerance * (Number.isFinite(scale) ? scale : Number.NaN);
  let worst = -1;
  let at = -1;
  got.data.forEach((x, i) => {
    const far = Math.abs(x - (expected.data[i] as number));
    if (far <= limit && far <= worst) return;
    if (Number.isNaN(worst)) return;
    if (far > worst || !(far <= limit)) [worst, at] = [far, i];
  });
  expect(
    worst <= limit || got.data.length === 0,
    `${name}: worst at ${at}: got ${got.data[at]}, expected ${expected.data[at]} ± ${limit}`,
  ).toBe(true);
}

export function expectSame(got: Answer, expected: Answer, tolerance: number): void {
  expect(got.labels, "labels").toEqual(expected.labels);
  expect([...got.numbers.keys()]).toEqual([...expected.numbers.keys()]);
  for (const [name, matrix] of expected.numbers) {
    expectClose(name, got.numbers.get(name) as FloatMatrix, matrix, tolerance);
  }
}

/** Equal to the bit, including NaN and −0. */
export function expectBits(got: Answer, expected: Answer): void {
  expect(got.labels).toEqual(expected.labels);
  for (const [name, matrix] of expected.numbers) {
    expect(got.numbers.get(name)?.shape, name).toEqual(matrix.shape);
    expect([...(got.numbers.get(name)?.data ?? [])], name).toEqual([...matrix.data]);
  }
  expect([...got.numbers.keys()]).toEqual([...expected.numbers.keys()]);
}

/** Renames groups by their first occurrence, so that equal partitions get equal names. */
export function partition(labels: readonly unknown[]): number[] {
  const names = new Map<unknown, number>();
  return labels.map((label) => {
    if (!names.has(label)) names.set(label, names.size);
    return names.get(label) as number;
  });
}

/** Permutes the columns of every matrix. */
export function columnsIn(order: readonly number[], { data, shape }: FloatMatrix): FloatMatrix {
  const d = shape[1];
  return {
    shape,
    data: data.map((_, at) => data[Math.floor(at / d) * d + (order[at % d] as number)] as number),
  };
}
