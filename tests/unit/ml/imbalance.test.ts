import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import {
  ADASYN,
  BorderlineSMOTE,
  NearMiss,
  type Resampled,
  TomekLinks,
} from "../../../src/ml/index.ts";

// References are the papers' rules in plain float64 loops; imbalanced-learn 0.12 follows the same rules.

const random = seeded(16);
const y = Array.from({ length: 60 }, (_, i) =>
  i % 5 === 0 ? "few" : i % 5 === 1 ? "some" : "many",
);
const X = y.map((label) => [random() * 3 + (label === "few" ? 1 : 0), random() * 3]);
const rowsOf = (label: string) => [...y.keys()].filter((i) => y[i] === label);
const distance = (a: number, b: number) =>
  Math.hypot((X[a]?.[0] ?? 0) - (X[b]?.[0] ?? 0), (X[a]?.[1] ?? 0) - (X[b]?.[1] ?? 0));
const nearestOf = (row: number, among: readonly number[], k: number) =>
  [...among].sort((a, b) => distance(row, a) - distance(row, b) || a - b).slice(0, k);
const others = (row: number, among: readonly number[] = [...y.keys()]) =>
  among.filter((other) => other !== row);
const counts = (made: Resampled<string>) =>
  ["few", "many", "some"].map((name) => made.y.filter((own) => own === name).length);

describe("TomekLinks leaves out pairs of classes that are each other's nearest", () => {
  const nearest = y.map((_, i) => nearestOf(i, others(i), 1)[0] as number);
  const linked = (i: number) =>
    nearest[nearest[i] as number] === i && y[nearest[i] as number] !== y[i];
  for (const [samplingStrategy, goes] of [
    ["auto", ["many", "some"]],
    ["majority", ["many"]],
    ["not majority", ["few", "some"]],
    ["all", ["few", "many", "some"]],
  ] as const) {
    test(samplingStrategy, async () => {
      const kept = [...y.keys()].filter((i) => !(linked(i) && goes.some((name) => name === y[i])));
      const made = await new TomekLinks({ samplingStrategy }).fitResample(X, y);
      expect([...made.indices]).toEqual(kept);
      expect(kept.length).toBeLessThan(60);
    });
  }

  test("of two equal samples of two classes, which are a link, the larger class's goes", async () => {
    const made = await new TomekLinks().fitResample([[0], [0], [5], [6]], [0, 1, 1, 1]);
    expect([...made.indices]).toEqual([0, 2, 3]);
  });
});

describe("NearMiss keeps what is near the smallest class", () => {
  const few = rowsOf("few");
  const mean = (row: number, from: number, to: number) =>
    nearestOf(row, few, few.length)
      .slice(from, to)
      .reduce((sum, other) => sum + distance(row, other), 0);
  const least = (rows: readonly number[], far: (row: number) => number) =>
    [...rows].sort((a, b) => far(a) - far(b) || a - b).slice(0, few.length);
  const all = (keep: (rows: readonly number[]) => readonly number[]) =>
    [...few, ...keep(rowsOf("many")), ...rowsOf("some")].sort((a, b) => a - b);

  test("version 1: by the nearest", async () => {
    const made = await new NearMiss().fitResample(X, y);
    expect([...made.indices]).toEqual(all((rows) => least(rows, (row) => mean(row, 0, 3))));
    expect(counts(made)).toEqual([12, 12, 12]);
  });

  test("version 2: by the farthest", async () => {
    const made = await new NearMiss({ version: 2, nNeighbors: 4 }).fitResample(X, y);
    expect([...made.indices]).toEqual(all((rows) => least(rows, (row) => mean(row, 8, 12))));
  });

  test("version 3: of the nearest of each those that are farthest from theirs", async () => {
    const near = (rows: readonly number[]) =>
      rows.filter((row) => few.some((each) => nearestOf(each, rows, 3).includes(row)));
    const made = await new NearMiss({ version: 3 }).fitResample(X, y);
    expect([...made.indices]).toEqual(all((rows) => least(near(rows), (row) => -mean(row, 0, 3))));
  });

  test("refuses another version, and fewer samples than neighbours", async () => {
    expect(() => new NearMiss({ version: 4 as never })).toThrow(/version 1, 2 or 3, got 4/);
    await expect(new NearMiss().fitResample([[0], [1], [2]], [0, 1, 1])).rejects.toThrow(
      /at least 3 samples of the smallest class, got 1; lower nNeighbors/,
    );
  });
});

/** Whether a point lies on the line between two samples, and at which fraction of it. */
function shareOf(point: ArrayLike<number>, from: number, to: number): number {
  const [a, b] = [X[from] as number[], X[to] as number[]];
  const share = ((point[0] as number) - (a[0] as number)) / ((b[0] as number) - (a[0] as number));
  const there = (a[1] as number) + share * ((b[1] as number) - (a[1] as number));
  return Math.abs(there - (point[1] as number)) < 1e-9 ? share : Number.NaN;
}

describe("BorderlineSMOTE makes samples of those in danger", () => {
  const danger = rowsOf("few").filter((row) => {
    const strange = nearestOf(row, others(row), 10).filter((other) => y[other] !== "few").length;
    return strange >= 5 && strange < 10;
  });
  for (const kind of ["borderline-1", "borderline-2"] as const) {
    test(kind, async () => {
      const made = await new BorderlineSMOTE({ kind, samplingStrategy: { few: 40 } }).fitResample(
        X,
        y,
      );
      expect(counts(made)).toEqual([40, 36, 12]);
      for (let i = 60; i < made.y.length; i++) {
        const [from, point] = [made.indices[i] as number, made.X.data.slice(2 * i, 2 * i + 2)];
        expect(danger).toContain(from);
        const among = kind === "borderline-1" ? others(from, rowsOf("few")) : others(from);
        const fits = nearestOf(from, among, 5).some((to) => {
          const share = shareOf(point, from, to);
          return share >= 0 && share <= (y[to] === "few" ? 1 : 0.5);
        });
        expect(fits, `sample ${i} from ${from}`).toBe(true);
      }
    });
  }

  test("a class far from the others has none in danger, and stays", async () => {
    const far = [0, 0.1, 0.2, 0.3, 9, 9.1, 9.2, 9.3, 9.4].map((x) => [x]);
    const classes = far.map((_, i) => Number(i > 3));
    const made = await new BorderlineSMOTE({ kNeighbors: 2, mNeighbors: 3 }).fitResample(
      far,
      classes,
    );
    expect(made.y.length).toBe(9);
  });
});

describe("ADASYN makes more where other classes are near", () => {
  test("as many of each sample as its share of strangers says", async () => {
    const few = rowsOf("few");
    const strange = few.map(
      (row) => nearestOf(row, others(row), 5).filter((other) => y[other] !== "few").length,
    );
    const sum = strange.reduce((a, b) => a + b, 0);
    const made = await new ADASYN({ samplingStrategy: "minority" }).fitResample(X, y);
    const begun = [...made.indices].slice(60);
    expect(few.map((row) => begun.filter((own) => own === row).length)).toEqual(
      strange.map((own) => Math.round((own / sum) * 24)), // no share ends in .5: rounding is unambiguous
    );
    for (let i = 60; i < made.y.length; i++) {
      const [from, point] = [made.indices[i] as number, made.X.data.slice(2 * i, 2 * i + 2)];
      const near = nearestOf(from, others(from, few), 5);
      expect(near.some((to) => shareOf(point, from, to) >= 0)).toBe(true);
    }
  });

  test("refuses a class that no other is near to", async () => {
    const far = [0, 0.1, 0.2, 9, 9.1, 9.2, 9.3].map((x) => [x]);
    const sampler = new ADASYN({ nNeighbors: 2 });
    await expect(
      sampler.fitResample(
        far,
        far.map((_, i) => Number(i > 2)),
      ),
    ).rejects.toThrow(
      /ADASYN: expected samples of class 0 near to other classes, got none; use SMOTE/,
    );
  });
});
