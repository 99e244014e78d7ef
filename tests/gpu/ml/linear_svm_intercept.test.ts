import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { LinearSVC, LinearSVR } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/*
 * Expected values from scikit-learn 1.2 (liblinear) with C = 0.3, max_iter = 5e6 and tol = 1e-12: dual=False for
 * squared losses, dual=True for the others. Those with intercept_scaling = 10 agree with max_iter = 5e7 to ten digits.
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
    // f = w·x + b needs w·(x₂ − x₁) = 2 between neighbours: w = 2e-3; the penalty of b = −w·mean is 1e18 times smaller
    // than that of a miss with this C
    const X = [[1.7e12], [1.7e12 + 1000]];
    const model = await new LinearSVC({ C: 1e24, tol: 1e-9 }).fit(X, [0, 1]);
    const { data } = await model.decisionFunction(X);
    expect(data[0]).toBeCloseTo(-1, 3);
    expect(data[1]).toBeCloseTo(1, 3);
    expect(model.coef[0]).toBeCloseTo(2e-3, 6);
  });

  test("problems too large for the host have the same optimum", async () => {
    const n = 2000;
    const random = seeded(5);
    const data = Float64Array.from({ length: 3 * n }, () => 4 * random() - 1);
    const rows = (width: number) =>
      Array.from({ length: n }, (_, i) => [
        ...data.subarray(3 * i, 3 * i + 3),
        ...new Array<number>(width - 3).fill(0),
      ]);
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
