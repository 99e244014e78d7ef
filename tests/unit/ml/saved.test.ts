import { describe, expect, test } from "vitest";
import {
  KMeans,
  MinMaxScaler,
  PolynomialFeatures,
  type Saved,
  StandardScaler,
  SVR,
  withChecksum,
} from "../../../src/ml/index.ts";

const kMeans = {
  ...{ estimator: "KMeans", features: 2, clusterCenters: [0, 1, 2, 3, 4, 5, 6, 7] },
  ...{ shift: [0, 0], scale: 1, inertia: 3.5, nIter: 2 },
};
const load = (change: object) => () =>
  KMeans.fromJSON(withChecksum({ ...kMeans, ...change } as typeof kMeans));

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

  test("a range that is none", () => {
    const saved = { estimator: "MinMaxScaler", dataMin: [0], dataMax: [1] };
    const load = (featureRange: readonly [number, number]) => () =>
      MinMaxScaler.fromJSON(withChecksum({ ...saved, featureRange }));
    expect(load([1, 1])).toThrow("expected featureRange to be [low, high] with low < high");
    expect(load([0, 1])).not.toThrow();
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
    expect(() => SVR.fromJSON(withChecksum(saved))).toThrow(
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
      PolynomialFeatures.fromJSON(
        withChecksum({
          ...{ estimator: "PolynomialFeatures", features, degree, interactionOnly },
          includeBias: true,
        }),
      );
    if (interactionOnly) expect(make().nOutputFeatures).toBe(8);
    else expect(make).toThrow("expected at most 1048576 products");
  });
});

describe("a saved model has a version and a checksum", () => {
  const whole = withChecksum(kMeans);
  const reading = (change: object) => () => KMeans.fromJSON({ ...whole, ...change });

  test("of all that is in it, in any order of names, also through text", () => {
    expect(whole).toEqual({ ...kMeans, version: 1, crc32: expect.stringMatching(/^[0-9a-f]{8}$/) });
    const turned = Object.fromEntries(Object.entries(whole).reverse()) as typeof whole;
    expect(KMeans.fromJSON(turned).toJSON()).toEqual(whole);
    expect(KMeans.fromJSON(JSON.parse(JSON.stringify(turned))).toJSON()).toEqual(whole);
  });

  test("is CRC-32 of its text with names in order", () => {
    // zlib.crc32 in Python of:
    // {"estimator":"MaxAbsScaler","maxAbs":[1,0.5,1e-7,1e+21,0],"more":{"a":null,"b":"ü"},"version":1}
    const model = {
      estimator: "MaxAbsScaler",
      maxAbs: [1, 0.5, 1e-7, 1e21, -0],
      more: { b: "ü", a: null },
    };
    expect(withChecksum(model as Saved).crc32).toBe("966f960e");
  });

  test.each([
    [{ inertia: 3.6 }, "expected the checksum of its numbers as crc32"],
    [{ note: 1 }, "expected the checksum of its numbers as crc32"],
    [{ crc32: undefined }, "expected the checksum of its numbers as crc32, got nothing"],
    [{ crc32: null }, "expected the checksum of its numbers as crc32, got null"],
    [{ crc32: 0 }, "expected the checksum of its numbers as crc32, got 0"],
    [{ version: 2 }, "expected version 1 of the format, got 2; load it with the library that"],
    [{ version: undefined }, "expected version 1 of the format, got nothing"],
    [{ version: "1" }, 'expected version 1 of the format, got "1"'],
  ])("%j is refused", (change, message) => {
    expect(reading(change)).toThrow(`KMeans.fromJSON: ${message}`);
  });

  test("nested without end is refused by name", () => {
    const note = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`) as unknown;
    expect(reading({ note })).toThrow("KMeans.fromJSON: expected the checksum");
    const circle: { estimator: string; own?: object } = { estimator: "KMeans" };
    circle.own = circle;
    expect(() => withChecksum(circle)).toThrow("withChecksum: expected a model of JSON");
  });
});
