import { afterAll, describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import {
  LinearSVC,
  LogisticRegression,
  type Saved,
  SVR,
  withChecksum,
} from "../../../src/ml/index.ts";
import { entries } from "../../support/estimators/entries.ts";
import {
  answerOf,
  classOf,
  type Entry,
  exportedEstimators,
  type Fitted,
  learn,
  unchanged,
} from "../../support/estimators/estimator.ts";
import { problemFor } from "../../support/estimators/problem.ts";
import { randomIntegers } from "../../support/files.ts";
import { mutated, seedOr, Tally, tries } from "../../support/fuzz.ts";
import { initShared } from "../../support/shared_device.ts";

/*
 * Saved models with changed bytes or values. If the checksum was left as it was, all are refused. With a recomputed
 * checksum, they are refused by name or give complete rows of finite numbers.
 */

await initShared();
const savable = Object.entries(entries).filter(
  ([name]) => "fromJSON" in (exportedEstimators.get(name) ?? {}),
);
const each = Math.ceil(tries(200) / savable.length);
const tallies = {
  damaged: new Tally("saved models"),
  hostile: new Tally("saved models, sums right"),
};

/** The model that `fromJSON` makes, or its error. */
function reading(entry: Entry, name: string, saved: unknown): Fitted | WgradError {
  const Class = classOf(name) as unknown as { fromJSON(...args: unknown[]): Fitted };
  try {
    return Class.fromJSON(saved, ...(entry.readers ? [entry.readers] : []));
  } catch (error) {
    if (error instanceof WgradError) return error;
    throw new Error(`${name}: ${error} for ${JSON.stringify(saved).slice(0, 2000)}`);
  }
}

/** Recomputes the checksums of a saved model and of models within it. */
function summed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(summed);
  const parts = Object.fromEntries(Object.entries(value).map(([name, own]) => [name, summed(own)]));
  return "crc32" in value ? withChecksum(parts as unknown as Saved) : parts;
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, own: unknown) =>
    typeof own === "object" && own !== null && !Array.isArray(own)
      ? Object.fromEntries(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)))
      : own,
  );

describe("saved models that were changed", () => {
  for (const [at, [name, entry]] of savable.entries()) {
    test(name, async () => {
      const below = randomIntegers(seedOr(1) + at);
      const p = problemFor(entry);
      const queries = p.queries.map((row) => [...row]);
      const learned = await learn(entry, entry.make(unchanged), p.X, p.y);
      const saved = JSON.parse(JSON.stringify(learned)) as object;
      for (let i = 0; i < each; i++) {
        const changed = JSON.parse(JSON.stringify(mutated(saved, below))) as object;
        let since = performance.now();
        const got = reading(entry, name, changed);
        const same = sorted(changed) === sorted(saved);
        tallies.damaged.count(got instanceof WgradError ? "refused" : "read", since);
        if (!same) expect(got, JSON.stringify(changed).slice(0, 2000)).toBeInstanceOf(WgradError);
        since = performance.now();
        const hostile = summed(changed);
        const model = reading(entry, name, hostile);
        tallies.hostile.count(model instanceof WgradError ? "refused" : "read", since);
        if (model instanceof WgradError) continue;
        await answersWhole(entry, model, queries, `${name}: ${JSON.stringify(hostile)}`);
      }
      expect(tallies.damaged.refused).toBeGreaterThan(0);
    }, 600_000);
  }

  afterAll(() => {
    for (const tally of Object.values(tallies)) tally.tell();
  });
});

test("numbers that float32 does not hold are refused where they are met, not answered by NaN", async () => {
  const linear = {
    ...{ classes: [0, 1, 2], intercept: [0.2, 0.5, -0.3], shift: [2.5, 3, 0], nIter: 5 },
    ...{ coef: [-0.2, -0.1, 0.04, 0.1, -0.08, 1e300, -0.05, 0.1, 0.1], converged: true },
  };
  const X = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  const svc = LinearSVC.fromJSON(withChecksum({ estimator: "LinearSVC", ...linear }));
  await expect(svc.decisionFunction(X)).rejects.toThrow(
    /^LinearSVC: expected numbers within the range of float32, got NaN for row \d; /,
  );
  const saved = { estimator: "LogisticRegression", ...linear, loss: 0.1 };
  const logistic = LogisticRegression.fromJSON(
    withChecksum({ ...saved, multiClass: "multinomial" as const }),
  );
  await expect(logistic.predictProba(X)).rejects.toThrow(/within the range of float32, got NaN/);
  const fitted = (await new SVR().fit(X, [1, 2])).toJSON();
  const frame = { ...fitted.frame, scale: 1e300 };
  const svr = SVR.fromJSON(withChecksum({ ...fitted, frame }));
  await expect(svr.predict([...X, [7, 9, 8]])).rejects.toThrow(/^SVR: .* float32, got NaN for row/);
});

/** Checks the answers of a model with changed numbers: complete rows without NaN, or a refusal by name. */
async function answersWhole(
  entry: Entry,
  model: Fitted,
  queries: readonly (readonly number[])[],
  words: string,
) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in 10 s: ${words}`)), 10_000);
  });
  try {
    const { numbers } = await Promise.race([answerOf(entry, model, queries), late]);
    for (const [method, { data }] of numbers) {
      expect(data.length % queries.length, `${method} of ${words}`).toBe(0);
      expect(data.some(Number.isNaN), `NaN in ${method} of ${words}`).toBe(false);
    }
  } catch (error) {
    if (error instanceof WgradError) return;
    throw error instanceof TypeError || error instanceof RangeError
      ? new Error(`${error} for ${words.slice(0, 2000)}`)
      : error;
  } finally {
    clearTimeout(timer);
  }
}
