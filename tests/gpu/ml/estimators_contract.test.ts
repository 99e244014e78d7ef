import { afterAll, describe, expect, test } from "vitest";
import { behaviours, type Subject } from "../../support/estimators/behaviour.ts";
import { entries } from "../../support/estimators/entries.ts";
import {
  docstringsOf,
  type Entry,
  exportedEstimators,
} from "../../support/estimators/estimator.ts";
import { outlier, small } from "../../support/estimators/extremes.ts";
import { checkInvariance, invariances } from "../../support/estimators/invariance.ts";
import { refusals } from "../../support/estimators/refusal.ts";
import { initShared } from "../../support/shared_device.ts";

/*
 * Relations that every exported estimator, scaler and sampler of wgrad/ml must satisfy and that need no reference, in
 * the manner of scikit-learn's check_estimator. A new class needs one entry in tests/support/estimators/entries.ts. A
 * relation that its model cannot satisfy is stated in its docstring, which the entry quotes.
 */

const engine = await initShared();

/** A relation, and the name by which an entry can be exempt from it. */
interface Relation {
  readonly exempt?: string;
  readonly check: (subject: Subject) => Promise<void>;
}

const relations: Readonly<Record<string, Relation>> = {
  ...Object.fromEntries(
    Object.entries(invariances).map(([words, relation]) => [
      words,
      { exempt: relation.name, check: ({ entry }: Subject) => checkInvariance(entry, relation) },
    ]),
  ),
  "an outlier of 1e6": { exempt: "outlier", check: ({ entry }) => outlier(entry) },
  "sizes at the edge": { exempt: "small data", check: ({ entry, name }) => small(entry, name) },
  ...Object.fromEntries(
    Object.entries({ ...behaviours, ...refusals }).map(([words, check]) => [words, { check }]),
  ),
};

const appliesTo = (words: string, { kind }: Entry): boolean =>
  invariances[words]?.kinds?.includes(kind) ?? true;

/** Classes that learn from labels alone, to which no relation applies, as their docstrings say. */
const ofLabels: Readonly<Record<string, string>> = {
  LabelEncoder: "Learns the classes of y [samples], at least one label",
};

let [kept, exempt] = [0, 0];

test("every class of wgrad/ml that learns from data has an entry, and no other", () => {
  const classes = Object.keys(entries).filter((name) => entries[name]?.kind !== "inspector");
  const known = [...classes, ...Object.keys(ofLabels)];
  expect([...exportedEstimators.keys()].sort()).toEqual(known.sort());
  for (const [name, reason] of Object.entries(ofLabels)) {
    expect(docstringsOf(name)).toContain(reason);
  }
});

for (const [name, entry] of Object.entries(entries)) {
  describe(name, () => {
    for (const [words, relation] of Object.entries(relations)) {
      if (!appliesTo(words, entry)) continue;
      const reason = entry.exempt?.[words] ?? entry.exempt?.[relation.exempt ?? words];
      if (reason) {
        test(`${words}: not kept, as its docstring says`, () => {
          expect(docstringsOf(name)).toContain(reason);
          exempt++;
        });
        continue;
      }
      test(words, async () => {
        await relation.check({ name, entry, engine });
        kept++;
      });
    }
  });
}

afterAll(() => {
  const count = Object.keys(entries).length;
  console.info(
    `estimators: ${count} × ${Object.keys(relations).length} relations: ${kept} kept, ${exempt} that docstrings except`,
  );
});
