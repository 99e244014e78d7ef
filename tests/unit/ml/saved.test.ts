import { describe, expect, test } from "vitest";
import { KMeans, PolynomialFeatures, StandardScaler, SVR } from "../../../src/ml/index.ts";

const kMeans = {
  ...{ estimator: "KMeans", features: 2, clusterCenters: [0, 1, 2, 3, 4, 5, 6, 7] },
  ...{ shift: [0, 0], scale: 1, inertia: 3.5, nIter: 2 },
};
const load = (change: object) => () => KMeans.fromJSON({ ...kMeans, ...change } as typeof kMeans);

describe("a saved model that is not whole is refused by the path of what is wrong", () => {
  test("one that is whole is read", () => {
    expect(load({})().inertia).toBe(3.5);
  });

  test.each([
    [
      { clusterCenters: [0, 1, 2, null, 4, 5, 6, 7] },
      "clusterCenters[3] to be a finite number, got null",
    ],
    [{ clusterCenters: { length: 1e9 } }, "clusterCenters to be an array"],
    [
      { clusterCenters: [0, 1, 2] },
      "length of clusterCenters to be a multiple of 2 (clusters · features), got 3",
    ],
    [{ shift: [0] }, "length of shift to be 2 (features), got 1"],
    [{ shift: undefined }, "shift to be an array, got nothing"],
    [{ features: 1e9 }, "length of clusterCenters to be a multiple of 1000000000"],
    [{ features: 0 }, "features to be an integer ≥ 1, got 0"],
    [{ scale: 0 }, "scale to be a finite number > 0, got 0"],
    [{ inertia: "3" }, 'inertia to be a finite number, got "3"'],
    [{ nIter: -1 }, "nIter to be an integer ≥ 0, got -1"],
    [{ counts: [1, 2, 3] }, "length of counts to be 4 (clusters), got 3"],
  ])("%j", (change, message) => {
    expect(load(change)).toThrow(message);
    expect(load(change)).toThrow(/^KMeans.fromJSON: .*; the file is not whole$/);
  });

  test.each([null, undefined, 3, "KMeans", [], {}])("%j is no model", (saved) => {
    expect(() => KMeans.fromJSON(saved as never)).toThrow(
      "KMeans.fromJSON: expected a model of KMeans, got something else; pass what toJSON() gave",
    );
  });

  test("another estimator's names the class that reads it", () => {
    const saved = { estimator: "KMeans", mean: [0], variance: [1], withMean: true, withStd: true };
    expect(() => StandardScaler.fromJSON(saved)).toThrow("use KMeans.fromJSON");
  });

  test("numbers in base64 are measured before they are decoded", () => {
    const saved = {
      ...{
        estimator: "SVR",
        kernel: { kind: "rbf" as const, gamma: 1, coef0: 0, degree: 3 },
        features: 1,
      },
      ...{
        frame: { shift: [0], scale: 1 },
        support: [0, 1],
        supportVectors: "AAAA",
        dualCoef: [1, -1],
      },
      ...{ intercept: 0, dualObjective: 0, nIter: 1, converged: true },
    };
    expect(() => SVR.fromJSON(saved)).toThrow(
      "length of supportVectors to be 16 (8 · vectors · features), got 3",
    );
  });

  test.each([
    [1e9, 2, false],
    [1, 1e9, false],
    [3, 1e9, true],
    [1e9, 1e9, false],
  ])("products of %s features of degree %s end at once", (features, degree, interactionOnly) => {
    const make = () =>
      PolynomialFeatures.fromJSON({
        ...{
          estimator: "PolynomialFeatures",
          features,
          degree,
          interactionOnly,
          includeBias: true,
        },
      });
    if (interactionOnly) expect(make().nOutputFeatures).toBe(8);
    else expect(make).toThrow("expected at most 1048576 products");
  });
});
