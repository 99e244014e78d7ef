import { expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { StandardScaler, SVC, SVR } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

// Three points; expected values from scikit-learn 1.2: SVC(kernel="linear", tol=1e-10).
const X = [
  [0, 0],
  [1, 0],
  [0, 1],
  [4, 4],
  [5, 4],
  [4, 5],
  [0, 8],
  [1, 8],
  [0, 9],
];
const y = [0, 0, 0, 1, 1, 1, 2, 2, 2];

function near(got: ArrayLike<number>, expected: readonly number[], within: number): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value)).toBeLessThan(within);
  });
}

test("SVC has coef, dualCoef and support as scikit-learn's", async () => {
  const model = await new SVC({ kernel: "linear", tol: 1e-10 }).fit(X, y);
  expect([...model.support]).toEqual([1, 2, 3, 5, 6, 7]);
  near(model.coef, [-2 / 7, -2 / 7, 0, -2 / 7, 1 / 3, -1 / 3], 1e-9);
  near(model.intercept, [9 / 7, 9 / 7, 4 / 3], 1e-9);
  const rows = [
    [2 / 49, 2 / 49, -4 / 49, 0, -2 / 49, 0],
    [0, 2 / 49, 0, 1 / 9, 0, -1 / 9],
  ];
  near(model.dualCoef, rows.flat(), 1e-9);
  const again = SVC.fromJSON(JSON.parse(JSON.stringify(model)));
  expect([again.coef, again.dualCoef]).toEqual([model.coef, model.dualCoef]);
  const each = await new SVC({ kernel: "linear", multiclass: "ovr" }).fit(X, y);
  expect(each.dualCoef.length).toBe(3 * each.support.length);
  expect(await model.score(X, y, { sampleWeight: y.map((label) => label) })).toBe(1);
});

test("SVR has coef as scikit-learn's; other kernels refuse it by name", async () => {
  const sums = X.map(([a = 0, b = 0]) => a - 2 * b);
  const model = await new SVR({ kernel: "linear", tol: 1e-10 }).fit(X, sums);
  near(model.coef, [0.98, -1.98], 1e-9);
  expect(model.intercept).toBeCloseTo(-0.08, 9);
  const round = await new SVC().fit(X, y);
  expect(() => round.coef).toThrow(/SVC\.coef: expected a linear kernel, got "rbf"/);
  const curve = await new SVR().fit(X, sums);
  expect(() => curve.coef).toThrow(/SVR\.coef/);
});

test("SVC's probabilities add up to 1, say what predict says, and are likely", async () => {
  const raw = await tables.iris();
  const iris = await new StandardScaler().fitTransform(raw);
  for (const multiclass of ["ovo", "ovr"] as const) {
    const model = await new SVC({ probability: true, multiclass }).fit(iris, raw.y);
    const { data, shape } = await model.predictProba(iris);
    expect(shape).toEqual([150, 3]);
    const logs = await model.predictLogProba(iris);
    const predicted = await model.predict(iris);
    let [loss, same] = [0, 0];
    for (let i = 0; i < 150; i++) {
      const own = [...data.subarray(3 * i, 3 * i + 3)];
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      same += Number(own.indexOf(Math.max(...own)) === predicted[i]);
      const at = 3 * i + (raw.y[i] as number);
      loss -= (logs.data[at] as number) / 150;
      expect(Math.exp(logs.data[at] as number)).toBeCloseTo(data[at] as number, 12);
    }
    expect(same).toBeGreaterThan(143);
    expect(loss).toBeLessThan(multiclass === "ovo" ? 0.15 : 0.25); // scikit-learn gives about 0.1
    const again = SVC.fromJSON(JSON.parse(JSON.stringify(model)));
    expect((await again.predictProba(iris)).data).toEqual(data);
    const twice = await new SVC({ probability: true, multiclass }).fit(iris, raw.y);
    expect((await twice.predictProba(iris)).data).toEqual(data);
  }
});

test("SVC's probability of two classes is a sigmoid of the decision; without the option it is refused", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i) + (i % 2), Math.cos(3 * i)]);
  const sides = rows.map((_, i) => i % 2);
  const model = await new SVC({ probability: true }).fit(rows, sides);
  const proba = (await model.predictProba(rows)).data;
  const f = (await model.decisionFunction(rows)).data;
  const logit = (i: number) => Math.log((proba[2 * i + 1] as number) / (proba[2 * i] as number));
  const slope = (logit(1) - logit(0)) / ((f[1] as number) - (f[0] as number));
  expect(slope).toBeGreaterThan(0);
  f.forEach((value, i) => {
    expect(logit(i)).toBeCloseTo(logit(0) + slope * (value - (f[0] as number)), 8);
  });
  const plain = await new SVC().fit(rows, sides);
  await expect(plain.predictProba(rows)).rejects.toThrow(/SVC\.predictProba: .*probability: true/);
  await expect(plain.predictLogProba(rows)).rejects.toThrow(/probability: true/);
});
