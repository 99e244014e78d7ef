import { type Dual, type DualState, gain, mayFall, mayRise } from "./dual.ts";

/**
 * The next working set: the variables that gain most by increasing and by decreasing, and the newest half of the previous
 * set, which prevents oscillation (Wen et al. 2018, ThunderSVM). Newest first.
 */
export function nextWorkingSet(
  dual: Dual,
  state: DualState,
  last: readonly number[],
  size: number,
): number[] {
  const fresh = Math.max(2, size - Math.min(last.length, size / 2));
  const kept = last.slice(0, size - fresh);
  const taken = new Set(kept);
  const half = Math.floor(fresh / 2);
  const best = (may: typeof mayRise, direction: number) =>
    greatest(state.alpha.length, half, (i) =>
      !taken.has(i) && may(dual, state.alpha, i)
        ? direction * gain(dual, state, i)
        : Number.NEGATIVE_INFINITY,
    );
  // the two variables with the largest gains of all must be included, whichever half they are in
  const up = best(mayRise, 1);
  for (const i of up) taken.add(i);
  const down = best(mayFall, -1);
  return [...up, ...down, ...kept];
}

/** The `count` indices in 0..n−1 with the largest values, largest first, the first of equally large ones; none with −∞. */
export function greatest(n: number, count: number, value: (i: number) => number): number[] {
  const [best, values]: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++) {
    const own = value(i);
    if (own === Number.NEGATIVE_INFINITY) continue;
    if (best.length === count && !(own > (values[count - 1] as number))) continue;
    let [low, high] = [0, best.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[middle] as number) >= own) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, i);
    values.splice(low, 0, own);
    if (best.length > count) {
      best.pop();
      values.pop();
    }
  }
  return best;
}
