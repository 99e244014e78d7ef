import { describe, expect, test } from "vitest";
import { Perceptron, SGDClassifier, SGDRegressor } from "../../../src/ml/index.ts";
import values from "../../support/sgd_values.json" with { type: "json" };
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const X = Array.from({ length: 40 }, (_, i) =>
  [0, 1, 2].map((c) => ((((i * 7 + c * 5) % 11) - 5) / 4) * (1 + c)),
);
const at = (i: number, c: number) => X[i]?.[c] as number;
const targets = {
  y2: X.map((_, i) => Number(2 * at(i, 0) - at(i, 1) + ((i % 5) - 2) / 2 > 0)),
  y3: X.map((_, i) =>
    i % 4 === 0 ? (i * 5 + (i % 7)) % 3 : at(i, 0) > 1 ? 0 : at(i, 1) > 0 ? 1 : 2,
  ),
  yr: X.map((_, i) => 1.5 * at(i, 0) - 2 * at(i, 1) + 0.5 * at(i, 2) + 3 + (((i * 3) % 7) - 3) / 4),
};
const sampleWeight = X.map((_, i) => 1 + (i % 3));
const estimators = { SGDClassifier, SGDRegressor, Perceptron };

function near(got: ArrayLike<number>, expected: readonly number[]) {
  const size = Math.max(...expected.map(Math.abs));
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, size));
  });
}

/** One partial_fit on top of the previous ones, with the model saved to JSON and loaded in between. */
async function partial(
  estimator: SGDClassifier | SGDRegressor | Perceptron,
  [rows, y]: readonly [number[][], number[]],
  classes: number[],
  before?: object,
) {
  const saved = before && JSON.parse(JSON.stringify(before));
  if (estimator instanceof SGDRegressor) {
    return estimator.partialFit(rows, y, saved && { model: SGDRegressor.fromJSON(saved) });
  }
  if (estimator instanceof Perceptron) {
    return estimator.partialFit(
      rows,
      y,
      saved ? { model: Perceptron.fromJSON(saved) } : { classes },
    );
  }
  return estimator.partialFit(
    rows,
    y,
    saved ? { model: SGDClassifier.fromJSON(saved) } : { classes },
  );
}

describe("stochastic gradient descent has scikit-learn's numbers:", () => {
  for (const each of values.cases) {
    test(each.name, async () => {
      const estimator = new estimators[each.estimator as keyof typeof estimators]({
        ...(each.options as object),
        ...("allPasses" in each && { tol: Number.NEGATIVE_INFINITY }),
        shuffle: false,
      });
      const y = targets[each.y as keyof typeof targets];
      let model = each.passes
        ? undefined
        : await estimator.fit(X, y, each.weights ? { sampleWeight } : {});
      for (let pass = 0; pass < each.passes; pass++) {
        for (let from = 0; from < X.length; from += 16) {
          const part = [X.slice(from, from + 16), y.slice(from, from + 16)] as const;
          model = await partial(estimator, part, [...new Set(y)], model);
        }
      }
      near(model?.coef ?? [], each.coef);
      const { intercept = Number.NaN } = model ?? {};
      near(typeof intercept === "number" ? [intercept] : intercept, each.intercept);
      expect(model?.nIter).toBe(each.nIter);
    });
  }
});

describe("SGDClassifier", () => {
  test("has probabilities for log losses and modified Huber, and is kept as JSON", async () => {
    const names = targets.y3.map((c) => ["red", "green", "blue"][c] as string);
    for (const loss of ["logLoss", "modifiedHuber"] as const) {
      const model = await new SGDClassifier({ loss }).fit(X, names);
      expect(model.classes).toEqual(["blue", "green", "red"]);
      const { data, shape } = await model.predictProba(X);
      expect(shape).toEqual([40, 3]);
      const decision = await model.decisionFunction(X);
      const chance = (d: number) =>
        loss === "logLoss" ? 1 / (1 + Math.exp(-d)) : (1 + Math.max(-1, Math.min(1, d))) / 2;
      for (let i = 0; i < 40; i++) {
        const own = [0, 1, 2].map((k) => chance(decision.data[3 * i + k] as number));
        const total = own.reduce((a, b) => a + b, 0);
        own.forEach((p, k) => {
          expect(data[3 * i + k]).toBeCloseTo(total > 0 ? p / total : 1 / 3, 12);
        });
      }
      const again = SGDClassifier.fromJSON<string>(JSON.parse(JSON.stringify(model)));
      expect(await again.predictProba(X)).toEqual({ data, shape });
      expect(await again.predict(X)).toEqual(await model.predict(X));
    }
    const hinge = await new SGDClassifier().fit(X, targets.y2);
    await expect(hinge.predictProba(X)).rejects.toThrow(
      /loss "logLoss" or "modifiedHuber", got "hinge"/,
    );
  });

  test("shuffles the samples by its seed", async () => {
    const by = (randomState: number) => new SGDClassifier({ randomState }).fit(X, targets.y2);
    expect((await by(1)).coef).toEqual((await by(1)).coef);
    expect((await by(1)).coef).not.toEqual((await by(2)).coef);
  });

  test("learns part by part, on top of a model that does not change", async () => {
    const estimator = new SGDClassifier();
    const model = await estimator.partialFit(X, targets.y3, { classes: [0, 1, 2] });
    const before = JSON.stringify(model);
    const next = (rows: number[][], y: number[], signal?: AbortSignal) =>
      estimator.partialFit(rows, y, { model, ...(signal && { signal }) });
    await expect(next([[1, 2]], [0])).rejects.toThrow(/expected 3 features/);
    await expect(next([[1, 2, 3]], [7])).rejects.toThrow(/labels among 0, 1, 2, got y\[0\] = 7/);
    await expect(next([[1, 2, Number.NaN]], [0])).rejects.toThrow(/NaN in row 0/);
    await expect(next(X, targets.y3, AbortSignal.abort(new Error("enough")))).rejects.toThrow(
      "enough",
    );
    const [a, b] = [await next(X.slice(0, 1), [2]), await next(X.slice(0, 1), [2])];
    expect(a.coef).toEqual(b.coef);
    expect(a.coef).not.toEqual(model.coef);
    expect(JSON.stringify(model)).toBe(before);
    await expect(estimator.partialFit(X, targets.y3)).rejects.toThrow(
      /^SGDClassifier.partialFit: expected classes for the first part/,
    );
    await expect(new Perceptron().partialFit(X, targets.y3, { model })).rejects.toThrow(
      /^Perceptron.partialFit: expected a fitted Perceptron as model/,
    );
    const balanced = new SGDClassifier({ classWeight: "balanced" });
    await expect(balanced.partialFit(X, targets.y2, { classes: [0, 1] })).rejects.toThrow(
      /classWeight as numbers/,
    );
  });

  test("ends at maxIter, stops when it is told to, and refuses what overflows", async () => {
    const short = await new SGDClassifier({ maxIter: 2, tol: 0 }).fit(X, targets.y3);
    expect([short.nIter, short.converged]).toEqual([2, false]);
    const seen: number[] = [];
    const stop = new AbortController();
    const fit = new SGDClassifier({ tol: Number.NEGATIVE_INFINITY }).fit(X, targets.y2, {
      signal: stop.signal,
      onProgress: ({ iteration, maxIterations }) => {
        seen.push(iteration);
        expect(maxIterations).toBe(1000);
        if (iteration === 3) stop.abort(new Error("enough"));
      },
    });
    await expect(fit).rejects.toThrow("enough");
    expect(seen).toEqual([1, 2, 3]);
    const timestamps = X.map((row, i) => [...row, 1.7e12 + 1e6 * i]);
    const wild = new SGDRegressor({ learningRate: "constant", eta0: 1e295 });
    await expect(wild.fit(timestamps, targets.yr)).rejects.toThrow(
      /SGDRegressor: expected weights that stay finite, got an overflow in pass 1; scale the features \(StandardScaler\)/,
    );
    expect(() => new SGDClassifier({ learningRate: "constant" })).toThrow(/eta0 > 0/);
    expect(() => new SGDClassifier({ alpha: 0 })).toThrow(/alpha > 0 for learningRate "optimal"/);
    expect(() => new SGDRegressor({ l1Ratio: 2 })).toThrow(/l1Ratio in \[0, 1\], got 2/);
    expect(() => new SGDRegressor({ maxIter: 0.5 })).toThrow(/whole maxIter ≥ 1/);
  });
});

test("a perceptron keeps the digits of identifiers", async () => {
  // The perceptron rule by hand, in whole numbers: 100000001 is not an f32 number
  const rows = [[100000001], [-100000001], [100000003], [-100000007]];
  const y = [1, 0, 1, 0];
  const live = engine.counters().liveBytes;
  const model = await new Perceptron({ shuffle: false }).fit(rows, y);
  expect([...model.coef]).toEqual([100000001]);
  expect([...model.intercept]).toEqual([1]);
  expect([...(await model.predict(rows))]).toEqual(y);
  expect(engine.counters().liveBytes).toBe(live);
});
