import { afterAll, describe, expect, test } from "vitest";
import { estimatorOf } from "../../support/chaos/estimators.ts";
import { type Hit, hitOf, isLoss } from "../../support/chaos/hit.ts";
import { reloaded } from "../../support/chaos/reload.ts";
import { countsOf, expected, observed, rawOf } from "../../support/chaos/struck.ts";
import { seedOr, tries } from "../../support/fuzz.ts";

/*
 * Every seed is one hit: a fault at some moment of a training, or of an estimator's fit and predictions. `npm run fuzz
 * -- faults --count 300` tries more of them and prints how long they took.
 */

const HITS = tries(20);
const first = seedOr(1);

/** Milliseconds from the fault until every promise had settled, by kind of fault. */
const settled = new Map<string, number[]>();
let missed = 0;

function told({ fault }: Hit, { happened, took }: { happened: boolean; took: number }): void {
  if (happened) settled.set(fault, [...(settled.get(fault) ?? []), took]);
  else missed++;
}

const nameOf = (seed: number, hit: Hit): string => {
  const what = hit.way === "estimator" ? estimatorOf(hit)[0] : hit.way;
  return `seed ${seed}: ${what}, ${hit.fault} at ${hit.at} (${hit.nth})`;
};

/** Hits that may find nothing to fail: an estimator that needs no GPU, or has no rounds. */
const mayMiss = ({ way }: Hit): boolean => way === "estimator";

describe("a training that is hit at any moment settles, names the reason, and goes on to the same bits", () => {
  for (let seed = first; seed < first + HITS; seed++) {
    const hit = hitOf(seed);
    test(nameOf(seed, hit), async () => {
      const bits = await expected(hit);
      if (hit.fault === "reload") {
        const outcome = await reloaded(hit, countsOf(hit));
        told(hit, outcome);
        expect(outcome.errors).toEqual([]);
        expect(outcome.happened || mayMiss(hit)).toBe(true);
        expect(outcome.bits).toBe(bits);
        expect(outcome.took).toBeLessThan(10_000);
        return;
      }
      const outcome = await observed(hit);
      told(hit, outcome);
      expect(outcome.leftovers).toEqual([]);
      expect(rawOf(outcome)).toEqual([]);
      expect(outcome.happened || mayMiss(hit)).toBe(true);
      expect(outcome.errors.length).toBeLessThan(isLoss(hit.fault) ? 1 : 3);
      expect(outcome.bits).toBe(bits);
      expect(outcome.scopes).toBe(0);
      expect(outcome.took).toBeLessThan(10_000);
    });
  }

  afterAll(() => {
    if (HITS <= 20) return;
    const lines = [...settled].map(([fault, times]) => {
      const [most, all] = [Math.max(...times), times.reduce((a, b) => a + b, 0)];
      const mean = (all / times.length).toFixed(0);
      return `${fault}: ${times.length} hits, settled after ${mean} ms, at most ${most.toFixed(0)} ms`;
    });
    console.info([...lines, `${missed} estimators had ended before their fault`].join("\n"));
  });
});
