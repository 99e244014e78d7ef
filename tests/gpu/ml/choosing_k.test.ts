import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { elbow, KMeans, silhouetteSamples, silhouetteScore } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Four clouds of points in a plane, far from the origin. */
function clouds(n: number) {
  const random = seeded(3);
  return Array.from({ length: n }, (_, i) => {
    const [x, y] = [
      [0, 0],
      [6, 0],
      [0, 6],
      [6, 7],
    ][i % 4] as [number, number];
    return [Math.fround(500 + x + random()), Math.fround(y + random())];
  });
}

function reference(rows: readonly (readonly number[])[], labels: readonly number[]): number[] {
  const clusters = [...new Set(labels)];
  const far = (a: readonly number[], b: readonly number[]) =>
    Math.sqrt(a.reduce((sum, x, c) => sum + (x - (b[c] ?? 0)) ** 2, 0));
  return rows.map((row, i) => {
    const mean = (label: number) => {
      const others = rows.filter((_, j) => labels[j] === label && j !== i);
      return others.reduce((sum, other) => sum + far(row, other) / others.length, 0);
    };
    if (labels.filter((label) => label === labels[i]).length === 1) return 0;
    const a = mean(labels[i] ?? 0);
    const b = Math.min(...clusters.filter((label) => label !== labels[i]).map(mean));
    return (b - a) / Math.max(a, b);
  });
}

describe("silhouettes", () => {
  test("are those of the definition, in the samples' own order", async () => {
    const X = clouds(90);
    const labels = X.map((_, i) => (i === 7 ? 9 : (i * i) % 3));
    const live = engine.counters().liveBytes;
    const got = await silhouetteSamples(X, labels);
    expect(engine.counters().liveBytes).toBe(live);
    reference(X, labels).forEach((s, i) => {
      expect(Math.abs((got[i] as number) - s)).toBeLessThan(2e-5);
    });
    expect(got[7]).toBe(0);
    const mean = got.reduce((sum, s) => sum + s / 90, 0);
    expect(await silhouetteScore(X, labels)).toBeCloseTo(mean, 5);
  });

  test("say how many clusters there are", async () => {
    const X = clouds(200);
    const scores: number[] = [];
    for (let nClusters = 2; nClusters <= 6; nClusters++) {
      const { labels } = await new KMeans({ nClusters }).fit(X);
      scores.push(await silhouetteScore(X, labels));
    }
    expect(scores.indexOf(Math.max(...scores)) + 2).toBe(4);
    await expect(
      silhouetteScore(
        X,
        X.map(() => 1),
      ),
    ).rejects.toThrow(/from 2 to 199 clusters/);
    await expect(silhouetteScore([[1], [2]], [0, 1])).rejects.toThrow(/3 samples or more, got 2/);
  });
});

describe("elbow", () => {
  test("falls, bends at the clusters there are, and reports", async () => {
    const seen: number[] = [];
    const found = await elbow(clouds(160), {
      onProgress: ({ iteration }) => void seen.push(iteration),
    });
    expect(found.ks).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(found.suggestion).toBe(4);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const [first = 0, , , fourth = 0] = found.inertias;
    expect(fourth).toBeLessThan(0.05 * first);
  });

  test("stops when aborted, and refuses numbers that are not ascending", async () => {
    const controller = new AbortController();
    const stopped = elbow(clouds(40), {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
    await expect(elbow(clouds(40), { ks: [3, 2] })).rejects.toThrow(/ks ascending/);
    await expect(elbow([[1], [2]])).rejects.toThrow(/^elbow: expected ks of at most 2/);
    expect((await elbow(clouds(40), { ks: [3] })).suggestion).toBe(3);
  });
});
