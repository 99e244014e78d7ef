import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import type { KernelFunction } from "../../../src/kernels/svm/kernel_function.ts";
import { StandardScaler, SVC, SVR } from "../../../src/ml/index.ts";
import { libsvm } from "../../support/libsvm.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

interface Problem {
  readonly rows: readonly (readonly number[])[];
  readonly y: readonly number[];
}

/** Every `step`-th sample of a data set, standardised. */
async function standardised(name: keyof typeof tables, step = 1): Promise<Problem> {
  const table = await tables[name]();
  const { data, shape } = await new StandardScaler().fitTransform(table);
  const rows = Array.from({ length: Math.ceil(shape[0] / step) }, (_, i) => [
    ...data.subarray(i * step * shape[1], (i * step + 1) * shape[1]),
  ]);
  return { rows, y: rows.map((_, i) => table.y[i * step] as number) };
}

/** Overlapping clouds, a ring around a disc, and the four corners of a square (XOR). */
const synthetic = {
  blobs: () => points(160, (random, i) => [2 * random() + (i % 2), 2 * random(), i % 2]),
  rings: () =>
    points(150, (random, i) => {
      const [angle, radius] = [6.283 * random(), (i % 2) + 0.6 * random()];
      return [radius * Math.cos(angle), radius * Math.sin(angle), i % 2];
    }),
  xor: () =>
    points(140, (random) => {
      const [a, b] = [2 * random() - 1, 2 * random() - 1];
      return [a, b, Number(a * b > 0.2 * (random() - 0.5))];
    }),
};

function points(n: number, make: (random: () => number, i: number) => number[]): Problem {
  const random = seeded(7);
  const all = Array.from({ length: n }, (_, i) => make(random, i).map(Math.fround));
  return { rows: all.map((row) => row.slice(0, -1)), y: all.map((row) => row.at(-1) ?? 0) };
}

const kernels = {
  linear: { kind: "linear", gamma: 1, coef0: 0, degree: 3 },
  poly: { kind: "poly", gamma: 0.3, coef0: 1, degree: 3 },
  rbf: { kind: "rbf", gamma: 0.2, coef0: 0, degree: 3 },
  sigmoid: { kind: "sigmoid", gamma: 0.02, coef0: -0.5, degree: 3 },
} satisfies Record<string, KernelFunction>;

const optionsOf = ({ kind, ...rest }: KernelFunction) => ({ kernel: kind, ...rest });

async function compare({ rows, y }: Problem, kernel: KernelFunction, C: number) {
  const live = engine.counters().liveBytes;
  const ours = await new SVC({ ...optionsOf(kernel), C }).fit(rows, y);
  const theirs = libsvm(rows, y, { type: "classification", kernel, C });
  expect(ours.converged).toBe(true);
  expect(ours.dualObjective.length).toBe(theirs.objectives.length);
  ours.dualObjective.forEach((value, k) => {
    const expected = theirs.objectives[k] as number;
    expect(Math.abs(value - expected)).toBeLessThan(1e-3 * Math.abs(expected));
  });
  const predicted = await ours.predict(rows);
  const differing = theirs.predicted.filter((label, i) => label !== predicted[i]).length;
  expect(differing / y.length).toBeLessThanOrEqual(1e-3);
  expect(Math.abs(ours.support.length - theirs.support)).toBeLessThanOrEqual(
    Math.max(1, 0.02 * theirs.support),
  );
  expect(engine.counters().liveBytes).toBe(live);
  return ours;
}

describe("SVC finds what libsvm finds:", () => {
  for (const [name, kernel] of Object.entries(kernels)) {
    test(`${name} on iris, wine and breast cancer`, async () => {
      for (const table of ["iris", "wine", "breastCancer"] as const) {
        await compare(await standardised(table), kernel, 1);
      }
    });
    test(`${name} on synthetic data`, async () => {
      for (const make of Object.values(synthetic)) await compare(make(), kernel, 2);
    });
  }

  test("for prices and widths", async () => {
    const wine = await standardised("wine");
    const cancer = await standardised("breastCancer", 2);
    for (const C of [0.01, 0.1, 10, 100]) {
      await compare(cancer, { ...kernels.rbf, gamma: 1 / 30 }, C);
      await compare(wine, { ...kernels.rbf, gamma: C === 10 ? 1 : 0.01 }, C);
    }
    await compare(synthetic.rings(), { ...kernels.rbf, gamma: 5 }, 1000);
    await compare(synthetic.blobs(), kernels.linear, 20);
  });

  test("ten digits", async () => {
    const digits = await standardised("digits", 3);
    const model = await compare(digits, { ...kernels.rbf, gamma: 1 / 64 }, 1);
    expect(model.intercept.length).toBe(45);
    expect(await model.score(digits.rows, digits.y)).toBeGreaterThan(0.97);
  });
});

describe("SVC finds what libsvm finds of digits:", () => {
  for (const [name, kernel] of Object.entries(kernels)) {
    test(name, async () => {
      await compare(await standardised("digits", 8), { ...kernel, gamma: 1 / 64 }, 1);
    });
  }
});

describe("SVR finds what libsvm finds:", () => {
  for (const [name, kernel] of Object.entries(kernels)) {
    test(name, async () => {
      const table = await standardised("diabetes", 2);
      const curve = points(120, (random, i) => [i / 20, Math.sin(i / 20) + 0.2 * random()]);
      for (const [{ rows, y }, C, epsilon] of [
        [{ ...table, y: table.y.map((v) => v / 80) }, 1, 0.1],
        [curve, 3, 0.05],
      ] as const) {
        const ours = await new SVR({ ...optionsOf(kernel), C, epsilon, tol: 1e-4 }).fit(rows, y);
        const theirs = libsvm(rows, y, { type: "regression", kernel, C, epsilon, tol: 1e-4 });
        const [expected = 0] = theirs.objectives;
        expect(ours.converged).toBe(true);
        expect(Math.abs(ours.dualObjective - expected)).toBeLessThan(1e-3 * Math.abs(expected));
        const predicted = await ours.predict(rows);
        // both stop when the optimality conditions hold within 1e-4: predictions then agree within half a percent of
        // the targets' range
        const limit = 0.005 * (Math.max(...y) - Math.min(...y));
        const off = theirs.predicted.filter((v, i) => Math.abs(v - (predicted[i] ?? 0)) > limit);
        expect(off.length / y.length).toBeLessThanOrEqual(1e-3);
        expect(Math.abs(ours.support.length - theirs.support)).toBeLessThanOrEqual(
          Math.max(1, 0.02 * theirs.support),
        );
      }
    });
  }
});

describe("SVC", () => {
  test("of four corners, with its vectors, decisions and JSON", async () => {
    const X = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ];
    const y = [0, 0, 1, 1];
    const model = await new SVC({ gamma: 1, C: 10 }).fit(X, y);
    expect([...(await model.predict(X))]).toEqual(y);
    expect([...model.support]).toEqual([0, 1, 2, 3]);
    expect(model.nSupport).toEqual([2, 2]);
    const { data, shape } = await model.decisionFunction(X);
    expect(shape).toEqual([4, 1]);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(y[i] === 1 ? 1 : -1, 2);
    });
    const again = SVC.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.decisionFunction(X)).toEqual({ data, shape });
  });

  test("by machines of one class, and decisions of either shape", async () => {
    const iris = await standardised("iris");
    const ovr = await new SVC({ multiclass: "ovr" }).fit(iris.rows, iris.y);
    expect(ovr.intercept.length).toBe(3);
    expect(await ovr.score(iris.rows, iris.y)).toBeGreaterThan(0.95);
    const pairs = await new SVC({ decisionFunctionShape: "ovo" }).fit(iris.rows, iris.y);
    const classes = await new SVC().fit(iris.rows, iris.y);
    expect((await pairs.decisionFunction(iris.rows)).shape).toEqual([150, 3]);
    const { data } = await classes.decisionFunction(iris.rows);
    const best = Array.from({ length: 150 }, (_, i) => {
      const own = [...data.subarray(3 * i, 3 * i + 3)];
      return own.indexOf(Math.max(...own));
    });
    expect(best).toEqual([...(await classes.predict(iris.rows))]);
    expect(classes.kernel.gamma).toBeCloseTo(0.25, 5); // of unit variance: 1 / features
  });

  test("weighs classes and samples, and stands constant features and duplicates", async () => {
    const { rows, y } = synthetic.blobs();
    const doubled = [...rows, ...rows].map((row) => [...row, 5]);
    const twice = await new SVC({ C: 1, gamma: 0.5 }).fit(doubled, [...y, ...y]);
    const weighed = await new SVC({ C: 1, gamma: 0.5, classWeight: { 0: 2 } }).fit(rows, y, {
      sampleWeight: y.map((label) => (label === 1 ? 2 : 1)),
    });
    const objective = twice.dualObjective[0] as number;
    expect(weighed.dualObjective[0] as number).toBeCloseTo(objective, 1);
    const none = await new SVC().fit([[1], [1], [1]], [0, 1, 1]);
    expect([...(await none.predict([[1]]))]).toEqual([1]);
  });

  test("refuses what it cannot learn from, and leaves nothing when stopped", async () => {
    const X = [[0], [1]];
    await expect(new SVC().fit(X, [1, 1])).rejects.toThrow(/at least 2 classes/);
    await expect(new SVC().fit([[1]], [1])).rejects.toThrow(/at least 2 classes/);
    await expect(new SVC().fit([[Number.NaN], [1]], [0, 1])).rejects.toThrow(/got NaN in row 0/);
    expect(() => new SVC({ C: 0 })).toThrow(/C > 0/);
    expect(() => new SVC({ gamma: -1 })).toThrow(/gamma > 0/);
    expect(() => new SVC({ degree: 1.5 })).toThrow(/whole degree/);
    expect(() => new SVR({ epsilon: -1 })).toThrow(/epsilon ≥ 0/);
    const one = await new SVR().fit([[1]], [3]);
    expect((await one.predict([[7]]))[0]).toBeCloseTo(3, 5);
    const live = engine.counters().liveBytes;
    const controller = new AbortController();
    const { rows, y } = synthetic.xor();
    const fit = new SVC({ C: 1e4, kernel: "linear" }).fit(rows, y, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(fit).rejects.toThrow("enough");
    expect(engine.counters().liveBytes).toBe(live);
  });
});
