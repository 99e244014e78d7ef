import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { entries } from "../../support/estimators/entries.ts";
import { dataSets, tryOne } from "../../support/estimators/fuzz.ts";
import { initShared } from "../../support/shared_device.ts";

/*
 * Every estimator on data sets drawn from a seed: it must end, results must not be NaN unless the data are refused,
 * predictions must be among the classes, probabilities must sum to 1, scores must agree with predictions. npm test
 * tries 20 data sets for each; VITE_FUZZ=500 npm test -- 'data sets of a seed' tries 500, and VITE_FUZZ_SEED=7 others.
 * A failure prints the smallest failing data set.
 */

const env = import.meta.env as Readonly<Record<string, string | undefined>>;
const runs = Number(env.VITE_FUZZ ?? 20);
const seed = Number(env.VITE_FUZZ_SEED ?? 1);

const engine = await initShared();
const told: string[] = [];

describe(`${runs} data sets of a seed: they are fitted, or refused`, () => {
  for (const [name, entry] of Object.entries(entries)) {
    test(
      name,
      async () => {
        const start = performance.now();
        let [fitted, refused] = [0, 0];
        const property = fc.asyncProperty(dataSets(entry), async (data) => {
          if (await tryOne(entry, data)) fitted++;
          else refused++;
        });
        await fc.assert(property, { numRuns: runs, seed, endOnFailure: runs <= 20 });
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        told.push(`${name}: ${fitted} fitted, ${refused} refused, ${seconds} s`);
        expect(fitted, "some are fitted").toBeGreaterThan(0);
        await engine.flush();
        expect(engine.counters().liveBytes).toBe(0);
      },
      runs * 5000,
    );
  }

  afterAll(() => console.info(told.join("\n")));
});
