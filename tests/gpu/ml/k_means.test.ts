import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import { KMeans } from "../../../src/ml/index.ts";
import {
  assignInFloat64,
  lloydInFloat64,
  plusPlusInFloat64,
} from "../../support/k_means_reference.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Points scattered around k centres; `mean` shifts all of them. */
function blobs(n: number, d: number, k: number, { spread = 0.6, mean = 0, seed = 1 } = {}) {
  const random = seeded(seed);
  const places = Float32Array.from({ length: k * d }, () => mean + 8 * random() - 4);
  const normal = () => random() + random() + random() + random() - 2;
  const data = Float32Array.from({ length: n * d }, (_, at) => {
    const label = Math.floor(at / d) % k;
    return (places[label * d + (at % d)] as number) + spread * normal();
  });
  return { data, shape: [n, d] as const };
}

const matrixOf = (centres: Float64Array, d: number) => ({
  data: centres,
  shape: [centres.length / d, d] as const,
});

describe("K-Means from the same start is float64's:", () => {
  for (const [name, n, d, k, options] of [
    ["a plane", 600, 2, 5, {}],
    ["odd sizes", 1001, 7, 13, { spread: 2 }],
    ["several workgroups, far from 0", 9000, 5, 6, { spread: 3, mean: 1000 }],
  ] as const) {
    test(name, async () => {
      const X = blobs(n, d, k, options);
      const start = Float64Array.from(plusPlusInFloat64(X, k, seeded(9)));
      const live = engine.counters().liveBytes;
      const submits = engine.counters().submits;
      const model = await new KMeans({ nClusters: k, init: matrixOf(start, d), tol: 0 }).fit(X);
      expect(engine.counters().liveBytes).toBe(live);
      expect(engine.counters().submits - submits).toBeLessThan(model.nIter / 4 + 6);
      const expected = lloydInFloat64(X, start, 0);
      const differing = model.labels.filter((label, i) => label !== expected.labels[i]).length;
      expect(differing / n).toBeLessThan(1e-4);
      expect(Math.abs(model.inertia / expected.inertia - 1)).toBeLessThan(1e-5);
      expect(await model.predict(X)).toEqual(model.labels);
      expect(await model.score(X)).toBeCloseTo(-model.inertia, 3);
    });
  }
});

describe("first centres", () => {
  test("by k-means++ are as good as the reference's over 20 seeds", async () => {
    const X = blobs(700, 3, 9, { spread: 1.2, seed: 5 });
    let [ours, theirs] = [0, 0];
    for (let seed = 0; seed < 20; seed++) {
      const model = await new KMeans({ nClusters: 9, randomState: seed }).fit(X);
      ours += model.inertia / 20;
      theirs += lloydInFloat64(X, plusPlusInFloat64(X, 9, seeded(1000 + seed))).inertia / 20;
    }
    // 2 % is the spread between means of 20 runs: ours may not be worse by more
    expect(ours).toBeLessThan(1.02 * theirs);
  });

  test("by k-means‖, and random ones of several starts", async () => {
    const X = blobs(900, 4, 12, { spread: 0.5, seed: 8 });
    const best = lloydInFloat64(X, plusPlusInFloat64(X, 12, seeded(1))).inertia;
    for (let randomState = 0; randomState < 6; randomState++) {
      const model = await new KMeans({ nClusters: 12, init: "k-means||", randomState }).fit(X);
      expect(model.inertia).toBeLessThan(1.001 * best);
    }
    const one = await new KMeans({ nClusters: 12, init: "random", nInit: 1 }).fit(X);
    const ten = await new KMeans({ nClusters: 12, init: "random" }).fit(X);
    expect(ten.inertia).toBeLessThanOrEqual(one.inertia);
  });

  test("depend on the seed and on nothing else", async () => {
    const X = blobs(200, 3, 6, { spread: 3 });
    const from = (randomState: number) =>
      new KMeans({ nClusters: 6, randomState, maxIter: 1 }).fit(X);
    expect((await from(3)).labels).toEqual((await from(3)).labels);
    expect((await from(3)).labels).not.toEqual((await from(4)).labels);
  });
});

describe("K-Means", () => {
  test("of one cluster, of as many as points, and of duplicates", async () => {
    const X = blobs(20, 3, 4);
    const one = await new KMeans({ nClusters: 1 }).fit(X);
    expect(one.labels.every((label) => label === 0)).toBe(true);
    expect(one.inertia / assignInFloat64(X, one.clusterCenters).inertia).toBeCloseTo(1, 5);
    const all = await new KMeans({ nClusters: 20 }).fit(X);
    expect(new Set(all.labels).size).toBe(20);
    expect(all.inertia).toBe(0);
    const same = { data: new Float32Array(30).fill(2), shape: [10, 3] as const };
    const none = await new KMeans({ nClusters: 3 }).fit(same);
    expect(none.inertia).toBe(0);
    expect([...none.clusterCenters]).toEqual(Array(9).fill(2));
    const parallel = await new KMeans({ nClusters: 3, init: "k-means||" }).fit(same);
    expect(parallel.inertia).toBe(0);
  });

  test("gives an empty cluster the farthest point", async () => {
    const X = [[0], [1], [10], [11]];
    const model = await new KMeans({ nClusters: 3, init: [[0], [100], [10.5]] }).fit(X);
    expect(new Set(model.labels).size).toBe(3);
    expect(model.inertia).toBeCloseTo(0.5, 6);
  });

  test("finds the species of iris", async () => {
    const iris = await tables.iris();
    const model = await new KMeans({ nClusters: 3, nInit: 3 }).fit(iris);
    expect(model.inertia).toBeCloseTo(78.851, 2);
    const again = KMeans.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.predict(iris)).toEqual(model.labels);
    const distances = await model.transform(iris);
    expect(distances.shape).toEqual([150, 3]);
    model.labels.forEach((label, i) => {
      const row = [...distances.data.subarray(3 * i, 3 * i + 3)];
      expect(row.indexOf(Math.min(...row))).toBe(label);
    });
  });

  test("reports the inertia of the centres so far", async () => {
    const X = blobs(400, 2, 9, { spread: 4 });
    const seen: number[] = [];
    const onProgress = ({ value = Number.NaN }) => void seen.push(value);
    const { inertia, nIter } = await new KMeans({ nClusters: 9, tol: 0 }).fit(X, { onProgress });
    expect(nIter).toBeGreaterThan(16);
    expect(seen.length).toBe(Math.ceil(nIter / 16));
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(seen.at(-1)).toBeCloseTo(inertia, 3);
  });

  test("stops when it is told to, and leaves nothing", async () => {
    const X = blobs(400, 2, 9, { spread: 4 });
    const live = engine.counters().liveBytes;
    const controller = new AbortController();
    const seen: number[] = [];
    const fit = new KMeans({ nClusters: 9, tol: 0 }).fit(X, {
      signal: controller.signal,
      onProgress: ({ iteration }) => {
        seen.push(iteration);
        controller.abort(new Error("enough"));
      },
    });
    await expect(fit).rejects.toThrow("enough");
    expect(seen.length).toBe(1);
    expect(engine.counters().liveBytes).toBe(live);
  });

  test("stops while it looks for first centres, and leaves nothing", async () => {
    const X = blobs(400, 2, 9, { spread: 4 });
    const { liveBytes, dispatches } = engine.counters();
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(new KMeans({ nClusters: 200 }).fit(X, { signal })).rejects.toThrow("enough");
    expect(engine.counters().liveBytes).toBe(liveBytes);
    expect(engine.counters().dispatches - dispatches).toBeLessThan(100);
  });

  test("refuses invalid options", async () => {
    await expect(new KMeans().fit([[1]])).rejects.toThrow(/lower nClusters/);
    await expect(new KMeans({ nClusters: 1 }).fit([[Number.NaN]])).rejects.toThrow(/got NaN/);
    await expect(new KMeans({ nClusters: 2, init: [[1]] }).fit([[1], [2]])).rejects.toThrow(
      /expected init \[2, 1\]/,
    );
    expect(() => new KMeans({ nClusters: 0 })).toThrow(/nClusters a whole number ≥ 1/);
    expect(() => new KMeans({ nInit: 0 })).toThrow(/nInit/);
    expect(() => new KMeans({ tol: -1 })).toThrow(/tol ≥ 0/);
    expect(() => new KMeans(null as never)).toThrow(/^KMeans: expected an object of options/);
    await expect(new KMeans().fit([[1]], { onprogress: 1 } as never)).rejects.toThrow(
      /^KMeans.fit: .* got 'onprogress'; did you mean 'onProgress'/,
    );
    await expect(new KMeans().fit([[1]], null as never)).rejects.toThrow(/^KMeans.fit: expected/);
  });
});
