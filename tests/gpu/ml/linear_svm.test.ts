import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import { LinearSVC, LinearSVR, StandardScaler, SVC, SVR } from "../../../src/ml/index.ts";
import { eliminate } from "../../support/linear_reference.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const unpenalised = { interceptScaling: Number.POSITIVE_INFINITY };

/** Two overlapping clouds of points, or noisy targets on a plane. */
function problem(n: number, d: number, { regress = false, mean = 22 } = {}) {
  const random = seeded(n + d);
  const data = Float32Array.from({ length: n * d }, () => mean - 2 + 4 * random());
  const y = Float32Array.from({ length: n }, (_, i) => {
    let sum = 2 * (random() - 0.5);
    for (let c = 0; c < d; c++) sum += ((c % 3) - 1) * ((data[i * d + c] as number) - mean);
    return regress ? sum : Number(sum > 0.3);
  });
  return { X: { data, shape: [n, d] as const }, y };
}

/**
 * Minimises ½‖w‖² + C·Σ miss² without a penalty on the intercept, in float64: the samples with a miss form a
 * least-squares problem, which is solved again until these samples no longer change. Rows are (w, intercept).
 */
function squaredReference(
  { data, shape: [n, d] }: { data: Float32Array; shape: readonly [number, number] },
  goal: (i: number, f: number) => number | undefined,
  C: number,
): number[] {
  const row = (i: number) => [...data.subarray(i * d, (i + 1) * d), 1];
  let w = new Array<number>(d + 1).fill(0);
  for (let round = 0; round < 100; round++) {
    const f = (i: number) => row(i).reduce((sum, x, c) => sum + x * (w[c] as number), 0);
    const goals = Array.from({ length: n }, (_, i) => goal(i, f(i)));
    const a = w.map((_, r) => w.map((_v, c) => Number(r === c && r < d)));
    const b = w.map(() => 0);
    goals.forEach((target, i) => {
      if (target === undefined) return;
      const x = row(i);
      x.forEach((value, r) => {
        b[r] = (b[r] as number) + 2 * C * value * target;
        const line = a[r] as number[];
        x.forEach((other, c) => {
          line[c] = (line[c] as number) + 2 * C * value * other;
        });
      });
    });
    const next = eliminate(a, b);
    const moved = next.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (w[i] as number))),
      0,
    );
    w = next;
    if (moved < 1e-12) break;
  }
  return w;
}

function near(got: readonly number[], expected: readonly number[]) {
  const largest = Math.max(...expected.slice(0, -1).map(Math.abs));
  expected.slice(0, -1).forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value)).toBeLessThan(1e-3 * largest);
  });
}

describe("LinearSVC", () => {
  test("with the squared hinge and no penalty of the constant has the coefficients of float64", async () => {
    const { X, y } = problem(160, 4);
    const live = engine.counters().liveBytes;
    const model = await new LinearSVC({ C: 0.5, tol: 1e-7, ...unpenalised }).fit(X, y);
    expect(engine.counters().liveBytes).toBe(live);
    const side = (i: number) => (y[i] === 1 ? 1 : -1);
    const expected = squaredReference(X, (i, f) => (side(i) * f < 1 ? side(i) : undefined), 0.5);
    near([...model.coef], expected);
    expect(model.intercept[0]).toBeCloseTo(expected.at(-1) ?? 0, 1);
    expect(await model.score(X, y)).toBeGreaterThan(0.85);
    const again = LinearSVC.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.decisionFunction(X)).toEqual(await model.decisionFunction(X));
  });

  test("with the hinge and no penalty of the constant is SVC with a linear kernel", async () => {
    const { X, y } = problem(120, 3, { mean: 0 });
    const linear = await new LinearSVC({ loss: "hinge", tol: 1e-5, ...unpenalised }).fit(X, y);
    const machine = await new SVC({ kernel: "linear", tol: 1e-5 }).fit(X, y);
    const [a, b] = [await linear.decisionFunction(X), await machine.decisionFunction(X)];
    a.data.forEach((value, i) => {
      expect(Math.abs(value - (b.data[i] as number))).toBeLessThan(5e-3);
    });
  });

  test("tells three classes apart by either loss", async () => {
    const raw = await tables.wine();
    const wine = await new StandardScaler().fitTransform(raw);
    for (const loss of ["hinge", "squaredHinge"] as const) {
      const model = await new LinearSVC({ loss }).fit(wine, raw.y);
      expect(model.intercept.length).toBe(3);
      expect(await model.score(wine, raw.y)).toBeGreaterThan(0.99);
    }
  });

  test("refuses invalid options", () => {
    expect(() => new LinearSVC({ C: -1 })).toThrow(/C > 0/);
    const neither = { loss: "hinge", fitIntercept: false, ...unpenalised } as const;
    expect(() => new LinearSVC(neither)).toThrow(/leave interceptScaling out/);
    expect(() => new LinearSVC({ interceptScaling: 0 })).toThrow(/interceptScaling > 0/);
    expect(() => new LinearSVR({ epsilon: -1 })).toThrow(/epsilon ≥ 0/);
    expect(() => new LinearSVR({ loss: "hinge" as never })).toThrow(/leave it out/);
  });
});

describe("LinearSVR", () => {
  test("with squared errors beyond a tube and no penalty of the constant has the coefficients of float64", async () => {
    const { X, y } = problem(150, 4, { regress: true });
    const epsilon = 0.25;
    const model = await new LinearSVR({
      C: 0.3,
      epsilon,
      loss: "squaredEpsilonInsensitive",
      tol: 1e-7,
      ...unpenalised,
    }).fit(X, y);
    const edge = (i: number, f: number) => {
      const error = f - (y[i] as number);
      return Math.abs(error) > epsilon ? (y[i] as number) + Math.sign(error) * epsilon : undefined;
    };
    near([...model.coef], squaredReference(X, edge, 0.3));
    expect(await model.score(X, y)).toBeGreaterThan(0.8);
    const again = LinearSVR.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.predict(X)).toEqual(await model.predict(X));
  });

  test("with plain errors and no penalty of the constant is SVR with a linear kernel", async () => {
    const { X, y } = problem(100, 3, { regress: true, mean: 0 });
    const linear = await new LinearSVR({ epsilon: 0.2, tol: 1e-5, ...unpenalised }).fit(X, y);
    const machine = await new SVR({ kernel: "linear", epsilon: 0.2, tol: 1e-5 }).fit(X, y);
    const [a, b] = [await linear.predict(X), await machine.predict(X)];
    a.forEach((value, i) => {
      expect(Math.abs(value - (b[i] as number))).toBeLessThan(5e-3);
    });
  });
});
