import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import { LinearSVC, LinearSVR, StandardScaler, SVC, SVR } from "../../../src/ml/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { eliminate } from "../../support/linear_reference.ts";

const engine = await init();
const unpenalised = { interceptScaling: Number.POSITIVE_INFINITY };

/** Two overlapping clouds, or a noisy plane. */
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
 * ½‖w‖² + C·Σ miss² with no penalty of the intercept in float64: the active samples make a least-squares problem of their own, solved again until they stay the
 * same. Rows (w, intercept).
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

  test("refuses options that cannot be", () => {
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

/*
 * Values of scikit-learn 1.2 (liblinear), with C = 0.3, max_iter = 5e6 and tol = 1e-12: dual=False for squared losses, dual=True
 * for the others; those with intercept_scaling = 10 are the same with max_iter = 5e7 to ten digits.
 */
const grid = Array.from({ length: 24 }, (_, k) => [
  ((k * 7) % 13) + 0.5 * (k % 3),
  ((k * 5) % 11) - 3,
  0.25 * ((k * 3) % 7) + 2,
]);
const two = grid.map((_, k) =>
  Number(((k * 7) % 13) + ((k * 5) % 11) > 10 !== (k === 3 || k === 10)),
);
const three = grid.map((_, k) => Math.floor(((k * 7) % 13) / 5));
const plane = grid.map(
  ([a = 0, b = 0, c = 0], k) => 1.5 * a - 2 * b + c + ((k % 5) - 2) * 0.8 + 10,
);

type Lines = readonly [coef: readonly number[], intercept: readonly number[]];

function expectLines(
  model: { readonly coef: Iterable<number>; readonly intercept: number | Iterable<number> },
  [coef, intercept]: Lines,
) {
  const constants = typeof model.intercept === "number" ? [model.intercept] : model.intercept;
  const got = [...model.coef, ...constants];
  [...coef, ...intercept].forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value)).toBeLessThan(1e-6);
  });
}

// biome-ignore format: a table
const classified: readonly (readonly ["hinge" | "squaredHinge", number, readonly number[], ...Lines])[] = [
  ["squaredHinge", 1, two, [0.1450619047, 0.02275508882, -0.01477312281], [-0.6078324962]],
  ["squaredHinge", 10, two, [0.4697590748, 0.3779557624, 0.3232607393], [-4.373317268]],
  ["hinge", 1, two, [0.277261212, 0.0123978661, -0.2626092671], [-0.4375878676]],
  ["hinge", 10, two, [0.5279337526, 0.3217671666, 0.3468017417], [-4.556742268]],
  ["squaredHinge", 1, three,
    [-0.5031397278, 0.2933071206, 0.4528031222, 0.09266017985, 0.0343093984, -0.2506495327, 0.1813862238, -0.4386222968, -0.6115759219],
    [0.4481228267, -0.1882387774, -0.4953567824]],
  ["hinge", 1, three,
    [-0.5325679705, 0.3342900369, 0.4924309171, 0.04425503663, 0.02342913704, -0.34015636, 0.2125641695, -0.5661794136, -0.6724614983],
    [0.4188581854, -0.249399869, -0.4531801966]],
];
// biome-ignore format: a table
const regressed: readonly (readonly ["epsilonInsensitive" | "squaredEpsilonInsensitive", number, ...Lines])[] = [
  ["squaredEpsilonInsensitive", 1, [1.805701857, -1.629541629, 2.558539182], [2.776274618]],
  ["squaredEpsilonInsensitive", 10, [1.656218994, -1.76924645, 0.9533245766], [8.649323819]],
  ["epsilonInsensitive", 1, [2.398502839, -0.8943555326, 1.434555154], [0.8075718465]],
  ["epsilonInsensitive", 10, [1.657847934, -1.747730546, 0.7983814886], [9.060045386]],
];

describe("liblinear's penalty of the intercept", () => {
  const options = { C: 0.3, tol: 1e-9 };
  for (const [loss, interceptScaling, y, ...lines] of classified) {
    const classes = new Set(y).size;
    test(`LinearSVC, ${loss}, ${classes} classes, scaling ${interceptScaling}: scikit-learn's values`, async () => {
      const model = await new LinearSVC({ ...options, loss, interceptScaling }).fit(grid, y);
      expectLines(model, lines);
      expect(model.converged).toBe(true);
      expect(model.nIter).toBeLessThan(60);
    });
  }
  for (const [loss, interceptScaling, ...lines] of regressed) {
    test(`LinearSVR, ${loss}, scaling ${interceptScaling}: scikit-learn's values`, async () => {
      const own = { ...options, epsilon: 0.5, loss, interceptScaling };
      const model = await new LinearSVR(own).fit(grid, plane);
      expectLines(model, lines);
      expect(model.converged).toBe(true);
      expect(model.nIter).toBeLessThan(60);
    });
  }

  test("the hinge can be learned without a constant", async () => {
    const own = { ...options, loss: "hinge", fitIntercept: false } as const;
    const model = await new LinearSVC(own).fit(grid, two);
    expectLines(model, [[0.2915101427, 0.03080390684, -0.4537941397], [0]]);
  });

  test("timestamps with a constant that costs a lot are told apart as by their distances from 0", async () => {
    // f = w·x + b needs w·(x₂ − x₁) = 2 of neighbours: w = 2e-3, and b = −w·mean costs 1e18 times less than a miss with this C
    const X = [[1.7e12], [1.7e12 + 1000]];
    const model = await new LinearSVC({ C: 1e24, tol: 1e-9 }).fit(X, [0, 1]);
    const { data } = await model.decisionFunction(X);
    expect(data[0]).toBeCloseTo(-1, 3);
    expect(data[1]).toBeCloseTo(1, 3);
    expect(model.coef[0]).toBeCloseTo(2e-3, 6);
  });

  test("problems too large for the host have the same optimum", async () => {
    const n = 2000;
    const { X } = problem(n, 3, { mean: 1 });
    const rows = (width: number) =>
      Array.from({ length: n }, (_, i) => [
        ...X.data.subarray(3 * i, 3 * i + 3),
        ...new Array<number>(width - 3).fill(0),
      ]);
    const random = seeded(5);
    const y = rows(3).map(([a = 0, b = 0]) => Number(a - b + random() > 0.5));
    for (const loss of ["hinge", "squaredHinge"] as const) {
      const make = () => new LinearSVC({ loss, C: 0.002, tol: 1e-5, maxIter: 2000 });
      const [small, large] = [await make().fit(rows(3), y), await make().fit(rows(270), y)];
      expect(large.converged).toBe(true);
      const most = Math.max(...small.coef.map(Math.abs));
      expect(
        Math.abs((large.intercept[0] as number) - (small.intercept[0] as number)) / most,
      ).toBeLessThan(1e-2);
      small.coef.forEach((w, c) => {
        expect(Math.abs((large.coef[c] as number) - w) / most).toBeLessThan(1e-2);
      });
    }
  });
});
