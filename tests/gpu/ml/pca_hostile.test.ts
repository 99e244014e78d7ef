import { describe, expect, test } from "vitest";
import { PCA } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

// Variances along the components of these rows, from scikit-learn 1.2's PCA; a shift of the rows does not change them.
const rows = Array.from({ length: 12 }, (_, i) => [(7 * i) % 12, (5 * i + 3) % 8]);
const wanted = [13.176047459855091, 5.066376782569157];
const fitted = async (move: (value: number) => number) =>
  (await new PCA().fit(rows.map((row) => row.map(move)))).explainedVariance;

describe("PCA finds the variances of", () => {
  const moves: Readonly<Record<string, readonly [move: (x: number) => number, scale: number]>> = {
    "small integers": [(x) => x, 1],
    timestamps: [(x) => 1.7e12 + x, 1],
    "1e8 and a little": [(x) => 1e8 + x / 64, 1 / 64],
    "numbers near 1e20": [(x) => x * 2 ** 66, 2 ** 66],
    "numbers near 1e-20": [(x) => x * 2 ** -66, 2 ** -66],
  };
  for (const [name, [move, scale]] of Object.entries(moves)) {
    test(name, async () => {
      const found = await fitted(move);
      wanted.forEach((value, k) => {
        expect((found[k] as number) / scale ** 2 / value).toBeCloseTo(1, 9);
      });
    });
  }

  test("features of which one is constant, and fewer samples than features", async () => {
    const wide = [
      [1, 5, 7, 1e9, 2],
      [2, 5, 3, 1e9 + 4, 2],
      [4, 5, 4, 1e9 + 1, 0],
    ];
    const model = await new PCA().fit(wide);
    // from scikit-learn 1.2's PCA
    const variances = [8.371459425887155, 3.9618739074461735];
    variances.forEach((value, k) => {
      expect((model.explainedVariance[k] as number) / value).toBeCloseTo(1, 9);
    });
    expect(model.explainedVariance[2]).toBeLessThan(1e-9);
    expect(Math.abs(model.components[1] as number)).toBeLessThan(1e-9);
    const back = await model.inverseTransform(await model.transform(wide));
    back.data.forEach((value, at) => {
      expect(Math.abs(value - (wide.flat()[at] as number))).toBeLessThan(1e-5);
    });
  });
});

test("PCA refuses groups that f32 cannot tell apart, by feature", async () => {
  const X = Array.from({ length: 20 }, (_, i) => [i, (i % 2) * 1e12 + i / 64]);
  await expect(new PCA().fit(X)).rejects.toThrow(/f32 tells apart, got .* in feature 1/);
});
