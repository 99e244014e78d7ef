import { describe, expect, test } from "vitest";
import {
  makeBlobs,
  makeCircles,
  makeClassification,
  makeFriedman1,
  makeGaussianQuantiles,
  makeMoons,
  makeRegression,
  makeSCurve,
  makeSwissRoll,
} from "../../../src/ml/index.ts";

const rowsOf = ({
  data,
  shape: [n, d],
}: {
  data: Float64Array;
  shape: readonly [number, number];
}) =>
  Array.from(
    { length: n },
    (_, i) => [...data.subarray(i * d, (i + 1) * d)] as [number, number, number],
  );
const counts = (y: Float64Array) =>
  [...new Set(y)].sort().map((c) => y.filter((own) => own === c).length);
const close = (got: number, expected: number) => expect(got).toBeCloseTo(expected, 12);

describe("samples of a seed, by the formulas of scikit-learn's generators", () => {
  test("all of them repeat themselves, and differ by seed", () => {
    for (const make of [
      makeBlobs,
      makeCircles,
      makeClassification,
      makeFriedman1,
      makeGaussianQuantiles,
      makeMoons,
      makeRegression,
      makeSCurve,
      makeSwissRoll,
    ]) {
      const [a, b, c] = [
        make({ randomState: 3 }),
        make({ randomState: 3 }),
        make({ randomState: 4 }),
      ];
      expect(a, make.name).toEqual(b);
      expect(a.X.data, make.name).not.toEqual(c.X.data);
      expect(a.X.shape[0]).toBe(100);
      expect(a.X.data.every(Number.isFinite)).toBe(true);
    }
  });

  // np.round(make_moons(5, shuffle=False)[0], 12) of scikit-learn 1.2
  test("moons", () => {
    const { X, y } = makeMoons({ nSamples: 5, shuffle: false });
    const expected = [1, 0, -1, 0, 0, 0.5, 1, -0.5, 2, 0.5];
    X.data.forEach((x, at) => {
      close(x, expected[at] as number);
    });
    expect([...y]).toEqual([0, 0, 1, 1, 1]);
    expect(counts(makeMoons({ nSamples: [10, 30] }).y)).toEqual([10, 30]);
  });

  test("circles", () => {
    const { X, y } = makeCircles({ nSamples: 40, factor: 0.25 });
    rowsOf(X).forEach(([a, b], i) => {
      close(Math.hypot(a, b), y[i] === 0 ? 1 : 0.25);
    });
    expect(() => makeCircles({ factor: 1 })).toThrow(/factor in \[0, 1\), got 1/);
  });

  test("noise has the deviation that is asked for", () => {
    const [plain, noisy] = [0, 0.1].map((noise) => makeMoons({ nSamples: 4000, noise }));
    const away = noisy?.X.data.map((x, at) => (x - (plain?.X.data[at] as number)) ** 2) ?? [];
    const sum = [...away].reduce((a, b) => a + b, 0);
    expect(Math.sqrt(sum / away.length)).toBeCloseTo(0.1, 2);
  });

  test("blobs lie about their centres", () => {
    const centers = [
      [0, 0],
      [100, -100],
    ];
    const { X, y } = makeBlobs({ nSamples: 2001, centers, clusterStd: [1, 3] });
    expect(counts(y)).toEqual([1001, 1000]);
    const second = rowsOf(X).filter((_, i) => y[i] === 1);
    const mean = second.reduce((sum, [a]) => sum + a, 0) / 1000;
    const variance = second.reduce((sum, [a]) => sum + (a - mean) ** 2, 0) / 1000;
    expect(Math.abs(mean - 100)).toBeLessThan(0.4); // four standard errors of the mean
    expect(Math.abs(Math.sqrt(variance) - 3)).toBeLessThan(0.3);
    expect(makeBlobs({ nSamples: [3, 4, 5], nFeatures: 6 }).centers.shape).toEqual([3, 6]);
    expect(() => makeBlobs({ clusterStd: [1, 2] })).toThrow(/clusterStd ≥ 0 of 3 clouds/);
  });

  test("the swiss roll and the curve of an S are surfaces", () => {
    const roll = makeSwissRoll();
    rowsOf(roll.X).forEach(([a, b, c], i) => {
      close(Math.hypot(a, c), roll.t[i] as number);
      expect(b >= 0 && b < 21).toBe(true);
    });
    const holed = makeSwissRoll({ nSamples: 900, hole: true });
    const cells = new Array<number>(9).fill(0); // samples in each cell of 3 × 3 on the surface
    rowsOf(holed.X).forEach(([a, b, c], i) => {
      const t = holed.t[i] as number;
      close(Math.hypot(a, c), t);
      const cell = 3 * Math.floor(t / Math.PI - 1.5) + Math.floor(b / 7);
      cells[cell] = (cells[cell] as number) + 1;
    });
    expect(cells[4]).toBe(0);
    expect(Math.min(...cells.toSpliced(4, 1))).toBeGreaterThan(75);
    const curve = makeSCurve();
    rowsOf(curve.X).forEach(([a, b, c], i) => {
      const t = curve.t[i] as number;
      close(a, Math.sin(t));
      close(c, Math.sign(t) * (Math.cos(t) - 1));
      expect(b >= 0 && b < 2).toBe(true);
    });
  });

  test("Friedman's function, and a linear one", () => {
    const { X, y } = makeFriedman1({ nFeatures: 6 });
    rowsOf(X).forEach((row, i) => {
      const [a, b, c, d, e] = row as unknown as [number, number, number, number, number];
      close(y[i] as number, 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e);
    });
    expect(() => makeFriedman1({ nFeatures: 4 })).toThrow(/nFeatures ≥ 5, got 4/);
    const linear = makeRegression({ nFeatures: 8, nInformative: 3, bias: 5 });
    expect(linear.coef.filter((c) => c !== 0).length).toBe(3);
    rowsOf(linear.X).forEach((row, i) => {
      const sum = row.reduce((s, x, c) => s + x * (linear.coef[c] as number), 5);
      expect(linear.y[i] as number).toBeCloseTo(sum, 9);
    });
    const two = makeRegression({
      nSamples: 20,
      nFeatures: 4,
      nInformative: 2,
      nTargets: 2,
      bias: 1,
    });
    expect([two.y.length, two.coef.length]).toEqual([40, 8]);
    expect(two.coef.filter((c) => c !== 0).length).toBe(4);
    rowsOf(two.X).forEach((row, i) => {
      for (const k of [0, 1]) {
        const sum = row.reduce((s, x, c) => s + x * (two.coef[2 * c + k] as number), 1);
        expect(two.y[2 * i + k] as number).toBeCloseTo(sum, 9);
      }
    });
  });

  test("quantiles of a cloud are classes by distance", () => {
    const { X, y } = makeGaussianQuantiles({ nSamples: 31, mean: [1, 2, 3], cov: 4 });
    expect(counts(y)).toEqual([10, 10, 11]);
    const far = rowsOf(X).map(([a, b, c]) => Math.hypot(a - 1, b - 2, c - 3));
    const of = (label: number) => far.filter((_, i) => y[i] === label);
    expect(Math.max(...of(0))).toBeLessThan(Math.min(...of(1)));
    expect(Math.max(...of(1))).toBeLessThan(Math.min(...of(2)));
  });

  test("a classification has the features, classes and shares that are asked for", () => {
    const { X, y } = makeClassification({
      ...{ nSamples: 1000, nFeatures: 7, nInformative: 3, nRedundant: 2, nRepeated: 1 },
      ...{ nClasses: 3, weights: [0.1, 0.3], flipY: 0, classSep: 50, shuffle: false },
    });
    expect(counts(y).map((n) => Math.round(n / 100))).toEqual([1, 3, 6]);
    const rows = rowsOf(X) as unknown as number[][];
    expect(rows.every((row) => row.slice(0, 5).includes(row[5] as number))).toBe(true);
    const corners = new Map<string, number>(); // the class at each corner of the hypercube
    rows.forEach((row, i) => {
      const corner = row.slice(0, 3).map(Math.sign).join();
      expect(corners.get(corner) ?? y[i]).toBe(y[i]);
      corners.set(corner, y[i] as number);
    });
    expect(corners.size).toBe(6);
    expect(() => makeClassification({ nClasses: 3 })).toThrow(
      /at most 2\^nInformative = 4 clusters, got 6/,
    );
    expect(() => makeClassification({ nFeatures: 3 })).toThrow(/nFeatures ≥ 4.* got 3/);
  });
});
