import { describe, expect, test } from "vitest";
import { type FittedLabelEncoder, type Label, LabelEncoder } from "../../../src/ml/index.ts";

const there = <L extends Label>(encoder: FittedLabelEncoder<L>): FittedLabelEncoder<L> =>
  LabelEncoder.fromJSON<L>(JSON.parse(JSON.stringify(encoder)));

describe("LabelEncoder", () => {
  // sklearn.preprocessing.LabelEncoder().fit_transform of the same lists
  test("numbers the classes in their order", async () => {
    expect(await new LabelEncoder().fitTransform(["paris", "paris", "tokyo", "amsterdam"])).toEqual(
      Uint32Array.of(1, 1, 2, 0),
    );
    expect(await new LabelEncoder().fitTransform([true, false])).toEqual(Uint32Array.of(1, 0));
    expect(await new LabelEncoder().fitTransform([6, 1, 2, 2])).toEqual(Uint32Array.of(2, 0, 1, 1));
  });

  test("gives the labels back, of the kind that they were", async () => {
    for (const y of [["b", "", "a"], [true, true, false], Float64Array.of(1e12, -3, 5)]) {
      const encoder = await new LabelEncoder().fit<Label>(y as readonly Label[]);
      for (const each of [encoder, there(encoder)]) {
        const positions = await each.transform(y as readonly Label[]);
        expect(await each.inverseTransform(positions)).toEqual(y);
        expect(each.classes).toEqual(encoder.classes);
      }
    }
  });

  test("refuses labels that it has not seen, by name and position", async () => {
    const encoder = await new LabelEncoder().fit(["a", "b"]);
    await expect(encoder.transform(["b", "c"])).rejects.toThrow(
      /LabelEncoder\.transform: expected labels of fit, "a", "b", got y\[1\] = "c"; fit on all labels/,
    );
    const numbers = [1] as unknown as string[];
    await expect(encoder.transform(numbers)).rejects.toThrow(
      /as classes\[0\] = "a", got y\[0\] = 1/,
    );
    const many = await new LabelEncoder().fit(Array.from({ length: 40 }, (_, i) => i));
    await expect(many.transform([40])).rejects.toThrow(/0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … \(40 in/);
  });

  test("refuses what is no position, no label or no list", async () => {
    const encoder = await new LabelEncoder().fit(["a", "b"]);
    await expect(encoder.inverseTransform([0, 2])).rejects.toThrow(
      /expected positions from 0 to 1, got y\[1\] = 2; pass what transform gave/,
    );
    await expect(encoder.inverseTransform([0.5])).rejects.toThrow(/got y\[0\] = 0\.5/);
    await expect(new LabelEncoder().fit([])).rejects.toThrow(/expected one label at least in y/);
    await expect(new LabelEncoder().fit(["a", null] as string[])).rejects.toThrow(/y\[1\] = null/);
    await expect(new LabelEncoder().fit("ab" as unknown as string[])).rejects.toThrow(
      /LabelEncoder\.fit: expected an array of labels .* as y, got "ab"/,
    );
    expect(() => LabelEncoder.fromJSON({ estimator: "SVC", classes: ["a"] })).toThrow(/use SVC/);
  });
});
