import { describe, expect, test } from "vitest";
import { MaxAbsScaler, Normalizer, RobustScaler } from "../../../src/ml/index.ts";

// Values of scikit-learn 1.2: RobustScaler, MaxAbsScaler and Normalizer of these rows.
const X = [
  [1, -2, 2],
  [-2, 1, 3],
  [4, 1, -2],
  [10, 0.5, -2],
  [3, 1, 100],
];

function expectClose(got: ArrayLike<number>, wanted: readonly number[]): void {
  expect(got.length).toBe(wanted.length);
  wanted.forEach((value, at) => {
    expect(Math.abs((got[at] as number) - value)).toBeLessThan(
      1e-13 * Math.max(1, Math.abs(value)),
    );
  });
}

describe("RobustScaler gives scikit-learn's values", () => {
  test("with its defaults, there and back", async () => {
    const model = await new RobustScaler().fit(X);
    expectClose(model.center ?? [], [3, 1, 2]);
    expectClose(model.scale ?? [], [3, 0.5, 5]);
    const out = await model.transform(X);
    const wanted = [
      ...[-0.6666666666666666, -6, 0, -1.6666666666666667, 0, 0.2],
      ...[0.3333333333333333, 0, -0.8, 2.3333333333333335, -1, -0.8, 0, 0, 19.6],
    ];
    expectClose(out.data, wanted);
    expectClose((await model.inverseTransform(out)).data, X.flat());
    expectClose((await new RobustScaler().fitTransform(X)).data, wanted);
  });

  test("with other quantiles, unit variance and no centring", async () => {
    const options = { quantileRange: [10, 90], unitVariance: true, withCentering: false } as const;
    const model = await new RobustScaler(options).fit(X);
    expect(model.center).toBeUndefined();
    expectClose(model.scale ?? [], [3.2772774135039926, 0.7803041460723791, 24.657611015887184]);
    const again = RobustScaler.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.transform(X)).toEqual(await model.transform(X));
  });

  test("of a constant column: only the shift", async () => {
    expectClose((await new RobustScaler().fitTransform([[7], [7], [7]])).data, [0, 0, 0]);
    const plain = await new RobustScaler({ withScaling: false }).fitTransform([[7], [8], [10]]);
    expectClose(plain.data, [-1, 0, 2]);
  });

  test("and refuses ranges that are none", () => {
    for (const quantileRange of [
      [75, 25],
      [-1, 50],
      [50, 101],
      [Number.NaN, 50],
    ] as const) {
      expect(() => new RobustScaler({ quantileRange })).toThrow(/0 ≤ low < high ≤ 100/);
    }
    expect(() => new RobustScaler({ quantileRange: [0, 100], unitVariance: true })).toThrow(
      /within \(0, 100\)/,
    );
  });
});

test("MaxAbsScaler gives scikit-learn's values, and leaves zeros", async () => {
  const model = await new MaxAbsScaler().fit(X);
  expect([...model.maxAbs]).toEqual([10, 2, 100]);
  const out = await model.transform(X);
  expectClose(out.data, [
    ...[0.1, -1, 0.02, -0.2, 0.5, 0.03, 0.4, 0.5, -0.02],
    ...[1, 0.25, -0.02, 0.3, 0.5, 1],
  ]);
  expectClose((await model.inverseTransform(out)).data, X.flat());
  expect([...(await new MaxAbsScaler().fitTransform([[0], [0]])).data]).toEqual([0, 0]);
});

describe("Normalizer gives scikit-learn's values", () => {
  const wanted = {
    l1: [
      ...[0.2, -0.4, 0.4, -0.3333333333333333, 0.16666666666666666, 0.5],
      ...[0.5714285714285714, 0.14285714285714285, -0.2857142857142857, 0.8, 0.04, -0.16],
      ...[0.028846153846153848, 0.009615384615384616, 0.9615384615384616],
    ],
    l2: [
      ...[0.3333333333333333, -0.6666666666666666, 0.6666666666666666],
      ...[-0.5345224838248488, 0.2672612419124244, 0.8017837257372732],
      ...[0.8728715609439696, 0.2182178902359924, -0.4364357804719848],
      ...[0.9794042137487835, 0.048970210687439175, -0.1958808427497567],
      ...[0.029985011240633196, 0.009995003746877732, 0.9995003746877732],
    ],
    max: [
      ...[0.5, -1, 1, -0.6666666666666666, 0.3333333333333333, 1, 1, 0.25, -0.5],
      ...[1, 0.05, -0.2, 0.03, 0.01, 1],
    ],
  };
  for (const norm of ["l1", "l2", "max"] as const) {
    test(`for norm "${norm}"`, async () => {
      expectClose((await new Normalizer({ norm }).fitTransform(X)).data, wanted[norm]);
    });
  }

  test("for rows of zeros, and of numbers whose squares overflow", async () => {
    const { data } = await new Normalizer().fitTransform([
      [0, 0],
      [3e200, 4e200],
    ]);
    expectClose(data, [0, 0, 0.6, 0.8]);
  });
});
