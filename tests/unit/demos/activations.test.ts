import { expect, test } from "vitest";
import { flatParts } from "../../../demos/activations/curves/flat.ts";
import { activations as shown } from "../../../demos/activations/names.ts";
import { activations } from "../../../src/kernels/elementwise/activations.ts";

test("the page of the activations has every activation of the library", () => {
  expect(Object.keys(shown).sort()).toEqual(Object.keys(activations).sort());
});

test("the parts of tanh with slopes below 0.05 are shaded, in its values and in its slopes", () => {
  const places = [-3, -2.3, -2, 0, 2, 2.3, 3];
  const values = places.map(Math.tanh);
  const slopes = values.map((value) => 1 - value * value);
  const shaded = (of: readonly number[]) => flatParts(of, slopes).map((each) => each !== null);
  // 1 − tanh² = 0.05 at ±2.18
  const flat = [true, true, false, false, false, true, true];
  expect([shaded(values), shaded(slopes)]).toEqual([flat, flat]);
  expect(flatParts(values, slopes)[0]).toBe(values[0]);
});
