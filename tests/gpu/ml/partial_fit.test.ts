import { describe, expect, test } from "vitest";
import {
  GaussianNB,
  KMeans,
  MiniBatchKMeans,
  MultinomialNB,
  withChecksum,
} from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

// Expected values from scikit-learn 1.2: partial_fit with the same three parts of ten samples each,
// GaussianNB(var_smoothing=0), MultinomialNB(), MiniBatchKMeans(3, init=X[[0, 3, 5]], n_init=1, reassignment_ratio=0).
// The first part lacks class 2.
const rows = Array.from({ length: 30 }, (_, i) => i);
const X = rows.map((i) => [((i * 7) % 11) / 2, (i * i) % 13, 100 + (i % 5)]);
const counts = rows.map((i) => [i % 4, (i * 3) % 7, (i * i) % 5]);
const y = rows.map((i) => (i < 10 ? i % 2 : i % 3));
const classes = [0, 1, 2];
const parts = [0, 10, 20].map((start) => [start, start + 10] as const);

function expectClose(got: ArrayLike<number>, expected: readonly number[], rtol = 1e-12): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    if (value === Number.NEGATIVE_INFINITY) expect(got[i]).toBe(value);
    else expect(Math.abs(Number(got[i]) - value)).toBeLessThanOrEqual(rtol * (1 + Math.abs(value)));
  });
}

describe("GaussianNB, a part at a time,", () => {
  async function inParts(nb: GaussianNB) {
    let model = await nb.partialFit(X.slice(0, 10), y.slice(0, 10), { classes });
    for (const [from, to] of parts.slice(1)) {
      const again = GaussianNB.fromJSON(
        JSON.parse(JSON.stringify(model)) as ReturnType<typeof model.toJSON>,
      );
      model = await nb.partialFit(X.slice(from, to), y.slice(from, to), { model: again });
    }
    return model;
  }

  test("is scikit-learn's", async () => {
    const model = await inParts(new GaussianNB({ varSmoothing: 0 }));
    expectClose(model.theta, [
      ...[2.090909090909091, 5.7272727272727275, 102, 2.5416666666666665, 5.916666666666667],
      ...[101.91666666666667, 3.2142857142857144, 5.142857142857143, 102.14285714285714],
    ]);
    expectClose(model.variance, [
      ...[1.6735537190082646, 20.925619834710744, 1.8181818181818181, 2.977430555555556],
      ...[16.90972222222222, 2.0763888888888884, 2.3469387755102042, 14.693877551020408],
      2.122448979591836,
    ]);
    expectClose(model.classPrior, [11 / 30, 0.4, 7 / 30]);
    const { data, shape } = await model.predictJointLogProba(X.slice(0, 3));
    expect(shape).toEqual([3, 3]);
    expectClose(data, [
      ...[-9.026938610182224, -9.002464156924065, -10.541477230564787, -7.239173119573131],
      ...[-7.06924912244001, -7.267770894630191, -6.012606505565758, -6.2904084000403095],
      -7.033998598086157,
    ]);
  });

  test("is that of fit on all samples, far from 0 and with smoothing as well", async () => {
    const far = X.map((row) => row.map((v) => v + 1e9));
    const whole = await new GaussianNB().fit(far, y);
    let model = await new GaussianNB().partialFit(far.slice(0, 7), y.slice(0, 7), { classes });
    model = await new GaussianNB().partialFit(far.slice(7, 8), y.slice(7, 8), { model });
    model = await new GaussianNB().partialFit(far.slice(8), y.slice(8), { model });
    expectClose(model.theta, [...whole.theta], 1e-15);
    expectClose(model.variance, [...whole.variance], 1e-7); // float64 numbers near 1e9 are multiples of 1.2e-7
    expect([...(await model.predict(far))]).toEqual([...(await whole.predict(far))]);
  });

  test("never predicts a class without samples so far, and gives it probability 0", async () => {
    const names = ["a", "b"];
    const first = y.slice(0, 10).map((c) => names[c] ?? "");
    const model = await new GaussianNB().partialFit(X.slice(0, 10), first, {
      classes: ["c", "b", "a"],
    });
    expect(model.classes).toEqual(["a", "b", "c"]);
    const proba = await model.predictProba(X);
    expect(rows.map((i) => proba.data[3 * i + 2])).toEqual(rows.map(() => 0));
    const joint = await model.predictJointLogProba(X.slice(0, 1));
    expect(joint.data[2]).toBe(Number.NEGATIVE_INFINITY);
    const late = await new GaussianNB().partialFit(X.slice(0, 4), ["b", "c", "c", "b"], {
      classes: ["a", "b", "c"],
    });
    expect(new Set(await late.predict(X))).toEqual(new Set(["b", "c"]));
  });

  test("refuses what does not belong together", async () => {
    const nb = new GaussianNB();
    await expect(nb.partialFit(X, y)).rejects.toThrow(
      /^GaussianNB.partialFit: expected classes for the first part/,
    );
    await expect(nb.partialFit(X, y, { classes: [0, 1] })).rejects.toThrow(
      /expected labels among 0, 1, got y\[11\] = 2/,
    );
    const model = await nb.partialFit(X, y, { classes });
    await expect(nb.partialFit(X, y, { model, classes: [0, 1, 3] })).rejects.toThrow(
      /expected the classes so far, 0, 1, 2/,
    );
    await expect(nb.partialFit([[1]], [0], { model })).rejects.toThrow(/expected 3 features/);
    await expect(nb.partialFit(X, y, { model: {} as never })).rejects.toThrow(
      /expected a fitted GaussianNB/,
    );
    const one = await nb.partialFit(X.slice(0, 1), [0], { classes });
    await expect(one.predict(X)).rejects.toThrow(/got a variance of 0/);
  });
});

describe("MultinomialNB, a part at a time,", () => {
  test("is scikit-learn's, and that of fit on all samples", async () => {
    const nb = new MultinomialNB();
    const first = await nb.partialFit(counts.slice(0, 10), y.slice(0, 10), { classes });
    const early = await first.predictJointLogProba(counts.slice(0, 2));
    const never = Number.NEGATIVE_INFINITY;
    expectClose(early.data, [
      ...[-0.6931471805599452, -0.6931471805599452, never],
      ...[-5.6292373652752214, -5.929621365463724, never],
    ]);
    let model = MultinomialNB.fromJSON(
      JSON.parse(JSON.stringify(first)) as ReturnType<typeof first.toJSON>,
    );
    expect(model).toEqual(first);
    for (const [from, to] of parts.slice(1)) {
      model = await nb.partialFit(counts.slice(from, to), y.slice(from, to), { model });
    }
    expectClose(model.featureLogProb, [
      ...[-1.6514021115331325, -0.7640989165322298, -1.0715836162801904, -1.4122698475231514],
      ...[-0.8303483020734306, -1.1378330018213911, -1.306251653446354, -0.7801585575495751],
      -1.306251653446354,
    ]);
    const { data } = await model.predictJointLogProba(counts.slice(0, 3));
    expectClose(data, [
      ...[-1.0033021088637848, -0.9162907318741551, -1.4552872326068422, -6.018584586273798],
      ...[-5.957438487438989, -6.408266212148275, -13.17703429624419, -13.274252246646608],
      -13.973748498582417,
    ]);
    expect(model.toJSON()).toEqual((await nb.fit(counts, y)).toJSON());
  });
});

describe("MiniBatchKMeans, a part at a time,", () => {
  test("is scikit-learn's", async () => {
    // a model with counts of 0, whose centres are the initial ones given to scikit-learn
    const saved = {
      ...{ estimator: "MiniBatchKMeans", features: 3, shift: [0, 0, 0], scale: 1, inertia: 0 },
      ...{ clusterCenters: [0, 3, 5].flatMap((i) => X[i] ?? []), counts: [0, 0, 0], nIter: 0 },
    };
    const start = MiniBatchKMeans.fromJSON(withChecksum(saved));
    const k = new MiniBatchKMeans({ nClusters: 3 });
    let model = start;
    for (const [from, to] of parts) model = await k.partialFit(X.slice(from, to), { model });
    expectClose(model.clusterCenters, [
      2.53125,
      2.125,
      101.9375,
      3.5,
      8.625,
      102.125,
      1.25,
      67 / 6,
      102,
    ]);
    expect([...model.labels]).toEqual([1, 2, 0, 1, 0, 0, 0, 0, 0, 1]);
    expect([...model.counts]).toEqual([16, 8, 6]);
    expect(model.nIter).toBe(3);
    expectClose([model.inertia], [59.34874131944444]);
    const again = MiniBatchKMeans.fromJSON(
      JSON.parse(JSON.stringify(model)) as ReturnType<typeof model.toJSON>,
    );
    expect(await again.predict(X)).toEqual(await model.predict(X));
    expect(again.counts).toEqual(model.counts);
  });

  test("goes on after fit, and to samples a million times as far", async () => {
    const k = new MiniBatchKMeans({ nClusters: 2, maxIter: 3 });
    const fitted = await k.fit([[0], [1], [10], [11]]);
    expect(fitted.counts.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    const model = await k.partialFit([[1e7], [1e7]], { model: fitted });
    expect(Math.max(...model.clusterCenters)).toBeGreaterThan(1e5);
    expect(model.counts.reduce((a, b) => a + b, 0)).toBe(
      2 + fitted.counts.reduce((a, b) => a + b, 0),
    );
  });

  test("refuses what does not belong together", async () => {
    const k = new MiniBatchKMeans({ nClusters: 3 });
    await expect(k.partialFit([[1], [2]])).rejects.toThrow(
      /as many samples as clusters in the first part, 3, got 2/,
    );
    const model = await k.partialFit([[1], [2], [3]]);
    await expect(k.partialFit([[1, 2]], { model })).rejects.toThrow(/expected 1 features/);
    const other = await new KMeans({ nClusters: 3 }).fit(X);
    await expect(k.partialFit(X, { model: other })).rejects.toThrow(/got one of KMeans/);
    await expect(k.partialFit(X, { model: {} as never })).rejects.toThrow(
      /expected a fitted MiniBatchKMeans/,
    );
  });
});
