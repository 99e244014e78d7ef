import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { scalingOf } from "../../../src/ml/columns.ts";
import { gram } from "../../../src/ml/gram.ts";
import { ElasticNet, Lasso, LinearRegression, lassoPath, Ridge } from "../../../src/ml/index.ts";
import { onGpu, readMatrix } from "../../../src/ml/samples.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { elasticReference, eliminate, ridgeReference } from "../../support/linear_reference.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/**
 * Samples whose values are exact in f32, so that the reference gets the same ones, and targets that depend on them in
 * part.
 */
function problem(n: number, d: number, { mean = 0, seed = 1 } = {}) {
  const random = seeded(seed);
  const data = Float32Array.from({ length: n * d }, () => mean + 2 * random() - 1);
  const y = Float32Array.from({ length: n }, (_, i) => {
    let sum = random() - 0.5;
    for (let c = 0; c < d; c++) sum += ((c % 5) - 2) * ((data[i * d + c] as number) - mean);
    return sum;
  });
  return { data, shape: [n, d] as const, y };
}

function near(got: ArrayLike<number>, expected: readonly number[], share: number) {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expected.forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value)).toBeLessThan(share * largest);
  });
}

describe("Gram matrices", () => {
  test("have nine digits, over several blocks of rows", async () => {
    const { data, shape } = problem(20_000, 58, { mean: 3 });
    const matrix = await readMatrix("test", { data, shape });
    const { shift, factor } = scalingOf(matrix, true);
    const x = onGpu(matrix, { shift, factor });
    const rows = tensor(new Float32Array(shape[0]).fill(1));
    const submits = engine.counters().submits;
    const got = await gram([x.x], rows);
    expect(engine.counters().submits - submits).toBeGreaterThan(1);
    const d = shape[1];
    const z = Float64Array.from(
      data,
      (v, i) => (v - (shift[i % d] as number)) * (factor[i % d] as number),
    );
    for (const [a, b] of [
      [0, 0],
      [3, 57],
      [57, 57],
      [20, 21],
    ] as const) {
      let [sum, size] = [0, 0];
      for (let i = 0; i < shape[0]; i++) {
        const product = (z[i * d + a] as number) * (z[i * d + b] as number);
        sum += product;
        size += Math.abs(product);
      }
      expect(Math.abs((got[a * d + b] as number) - sum)).toBeLessThan(1e-9 * size);
    }
    rows.dispose();
    x.dispose();
  });
});

describe("linear models", () => {
  test("weigh samples", async () => {
    const { y, ...X } = problem(90, 4);
    const sampleWeight = Float32Array.from(y, (_, i) => i % 4);
    const expected = ridgeReference(X, y, 2, [...sampleWeight]);
    const model = await new Ridge({ alpha: 2 }).fit(X, y, { sampleWeight });
    near(model.coef, expected.coef, 1e-5);
    expect(model.intercept).toBeCloseTo(expected.intercept, 5);
    await expect(new Ridge().fit(X, y, { sampleWeight: y.map(() => -1) })).rejects.toThrow(
      /expected sampleWeight of numbers ≥ 0/,
    );
  });

  test("go through 0 without an intercept", async () => {
    const { y, ...X } = problem(60, 3, { mean: 0.5 });
    // with their mirror images added, the samples have mean 0, so the intercept is 0
    const both = { data: [...X.data, ...X.data.map((v) => -v)], shape: [120, 3] as const };
    const expected = ridgeReference(both, [...y, ...y.map((v) => -v)], 0);
    const model = await new LinearRegression({ fitIntercept: false }).fit(X, y);
    near(model.coef, expected.coef, 1e-5);
    expect(model.intercept).toBe(0);
  });

  test("keep their digits where means are 1e4 deviations from 0", async () => {
    const { y, ...X } = problem(200, 5, { mean: 1e4 });
    near((await new LinearRegression().fit(X, y)).coef, ridgeReference(X, y, 0).coef, 1e-4);
    const net = { alpha: 0.01, l1Ratio: 0.5 };
    near((await new ElasticNet(net).fit(X, y)).coef, elasticReference(X, y, net).coef, 1e-3);
  });

  test("take the shortest of many solutions when there are fewer samples than features", async () => {
    const { y, ...X } = problem(5, 9);
    const model = await new LinearRegression({ fitIntercept: false }).fit(X, y);
    const row = (i: number) => Array.from(X.data.subarray(9 * i, 9 * i + 9));
    const inner = (a: readonly number[], b: readonly number[]) =>
      a.reduce((s, v, i) => s + v * (b[i] as number), 0);
    const rows = [0, 1, 2, 3, 4].map(row);
    const dual = eliminate(
      rows.map((a) => rows.map((b) => inner(a, b))),
      [...y],
    );
    const expected = Array.from({ length: 9 }, (_, c) =>
      inner(
        dual,
        rows.map((r) => r[c] as number),
      ),
    );
    near(model.coef, expected, 1e-3);
    expect(await model.score(X, y)).toBeCloseTo(1, 6);
  });

  test("stay positive, and are the best that do", async () => {
    const { y, ...X } = problem(80, 6);
    const model = await new Lasso({ alpha: 1e-3, positive: true }).fit(X, y);
    const [n, d] = X.shape;
    const rest = Array.from(
      y,
      (v, i) =>
        v -
        model.intercept -
        Array.from(model.coef).reduce((s, w, c) => s + w * (X.data[i * d + c] as number), 0),
    );
    for (let c = 0; c < d; c++) {
      const slope = rest.reduce((s, r, i) => s + r * (X.data[i * d + c] as number), 0) / n - 1e-3;
      if ((model.coef[c] as number) > 0) expect(Math.abs(slope)).toBeLessThan(1e-5);
      else expect(slope).toBeLessThan(1e-5);
    }
    expect(model.coef.some((w) => w === 0)).toBe(true);
  });

  test("follow the path down to what the lasso gives by itself", async () => {
    const { y, ...X } = problem(70, 5);
    const path = await lassoPath(X, y, { fitIntercept: true, nAlphas: 4, eps: 0.01 });
    for (const k of [1, 2, 3]) {
      const alone = await new Lasso({ alpha: path.alphas[k] ?? 0 }).fit(X, y);
      const along = [0, 1, 2, 3, 4].map((c) => path.coefs[c * 4 + k] as number);
      near(along, [...alone.coef], 1e-4);
      expect(path.intercepts[k]).toBeCloseTo(alone.intercept, 4);
    }
    expect([...path.coefs].filter((_, at) => at % 4 === 0)).toEqual([0, 0, 0, 0, 0]);
  });

  test("leave nothing behind when they are stopped or refuse", async () => {
    const { y, ...X } = problem(100, 8);
    const live = engine.counters().liveBytes;
    const stop = new AbortController();
    const fit = new Lasso({ alpha: 1e-6, tol: 0 }).fit(X, y, {
      signal: stop.signal,
      onProgress: ({ iteration }) => {
        if (iteration >= 20) stop.abort(new Error("enough"));
      },
    });
    await expect(fit).rejects.toThrow("enough");
    await expect(
      new Ridge().fit(X, y, { signal: AbortSignal.abort(new Error("no")) }),
    ).rejects.toThrow("no");
    const holed = { ...X, data: X.data.map((v, i) => (i === 9 ? Number.NaN : v)) };
    await expect(new Ridge().fit(holed, y)).rejects.toThrow(/Ridge: .*NaN in row 1, column 1 of X/);
    await expect(new Ridge().fit(X, y.subarray(1))).rejects.toThrow(/expected 100 numbers in y/);
    const model = await new Ridge().fit(X, y);
    await expect(model.predict([[1, 2]])).rejects.toThrow(/expected 8 features/);
    expect(engine.counters().liveBytes).toBe(live);
  });
});
