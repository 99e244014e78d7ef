/** The largest difference, as a share of the largest number expected. */
export function worstOf(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [worst, top] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((got[i] as number) - (expected[i] as number));
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
    top = Math.max(top, Math.abs(expected[i] as number));
  }
  return got.length === expected.length ? worst / top : Infinity;
}
