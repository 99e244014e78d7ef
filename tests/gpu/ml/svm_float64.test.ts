import { expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { SVC, SVR } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Decision values of the training samples; there are two classes. */
async function decisions(X: number[][], options: ConstructorParameters<typeof SVC>[0]) {
  const model = await new SVC(options).fit(X, [0, 0, 1, 1]);
  expect(model.converged).toBe(true);
  return [...(await model.decisionFunction(X)).data];
}

const near = (got: ArrayLike<number>, expected: readonly number[], within: number) =>
  expected.forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value)).toBeLessThanOrEqual(within);
  });

const line = [1, 2, 3, 4];
const expected = [-1.5, -0.5, 0.5, 1.5]; // C is not reached: w = 1

test("A linear SVC of 10001 … 10004, and of timestamps a millisecond apart, has its decisions to 1e-3", async () => {
  const linear = { kernel: "linear" } as const;
  for (const start of [0, 10_000, 1e8, 1.7e12]) {
    near(
      await decisions(
        line.map((x) => [start + x]),
        linear,
      ),
      expected,
      1e-3,
    );
  }
});

test("A linear SVC of data · 1e±20 has the decisions of C / 1e±40", async () => {
  for (const unit of [1e20, 1e-20]) {
    const X = line.map((x) => [(10 + x) * unit]);
    near(await decisions(X, { kernel: "linear", C: 1 / unit ** 2 }), expected, 1e-3);
  }
});

/**
 * Kernels (x·z + 1)² and tanh(x·z / 10): expected decisions are computed in float64 from the model's coefficients and
 * support vectors.
 */
for (const kernel of ["poly", "sigmoid"] as const) {
  test(`${kernel} of samples about 1e4 has float64's decisions, which are of its own optimum`, async () => {
    const random = seeded(3);
    const X = Array.from({ length: 60 }, () => [1e4 + random(), 1e4 + random()]);
    const y = X.map(([a = 0, b = 0]) => Number(a > b));
    const model = await new SVC({ kernel, degree: 2, gamma: 1e-8, coef0: -2, C: 1e12 }).fit(X, y);
    const k = (a: ArrayLike<number>, b: ArrayLike<number>) => {
      const sum =
        1e-8 * ((a[0] as number) * (b[0] as number) + (a[1] as number) * (b[1] as number));
      return kernel === "poly" ? (sum - 2) ** 2 : Math.tanh(sum - 2);
    };
    const found = (await model.decisionFunction(X)).data;
    X.forEach((x, i) => {
      let [sum, size] = [model.intercept[0] as number, 1];
      model.dualCoef.forEach((coef, j) => {
        const term = coef * k(model.supportVectors.subarray(2 * j, 2 * j + 2), x);
        sum += term;
        size += Math.abs(term);
      });
      expect(Math.abs((found[i] as number) - sum)).toBeLessThan(1e-13 * size);
    });
    const again = SVC.fromJSON(JSON.parse(JSON.stringify(model)));
    expect((await again.decisionFunction(X)).data).toEqual(found);
  });
}

test("SVR of timestamps predicts what it predicts of the same times from 0", async () => {
  const times = Array.from({ length: 40 }, (_, i) => i);
  const y = times.map((t) => Math.sin(t / 6));
  const [late, early] = await Promise.all(
    [1.7e12, 0].map(async (start) => {
      const X = times.map((t) => [start + t]);
      return (await new SVR({ C: 10, gamma: 0.05, epsilon: 0.01 }).fit(X, y)).predict(X);
    }),
  );
  near(late as Float64Array, [...(early as Float64Array)], 1e-12);
});

test("maxIter ends SVC and SVR, and −1 has the limit of libsvm", async () => {
  const random = seeded(5);
  const X = Array.from({ length: 40 }, () => [random(), random()]);
  const y = X.map(() => Number(random() > 0.5));
  const model = await new SVC({ C: 1e6, gamma: 50, maxIter: 7 }).fit(X, y);
  expect([model.nIter, model.converged]).toEqual([[7], false]);
  const curve = await new SVR({ C: 1e6, maxIter: 5 }).fit(X, y);
  expect([curve.nIter, curve.converged]).toEqual([5, false]);
  const limits: number[] = [];
  const onProgress = ({ maxIterations }: { maxIterations: number }) =>
    void limits.push(maxIterations);
  await new SVC().fit(X, y, { onProgress });
  expect(limits[0]).toBe(1e7);
});

test("A long fit of SVC reports progress, lets the page handle events, and stops when aborted", async () => {
  const random = seeded(9);
  const X = Array.from({ length: 300 }, () => [random(), random()]);
  const y = X.map(() => Number(random() > 0.5));
  const controller = new AbortController();
  let turns = 0;
  const timer = setInterval(() => {
    if (++turns === 4) controller.abort(new Error("enough"));
  }, 1);
  const values: number[] = [];
  const fit = new SVC({ kernel: "linear", C: 1e9, tol: 1e-9 }).fit(X, y, {
    signal: controller.signal,
    onProgress: ({ iteration }) => void values.push(iteration),
  });
  await expect(fit).rejects.toThrow("enough");
  clearInterval(timer);
  expect(turns).toBe(4);
  expect(values.length).toBeGreaterThan(2);
  expect(values.every((value, i) => i === 0 || value > (values[i - 1] as number))).toBe(true);
});
