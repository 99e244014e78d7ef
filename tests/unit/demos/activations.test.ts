import { expect, test } from "vitest";
import { activations as shown } from "../../../demos/activations/names.ts";
import { activations } from "../../../src/kernels/elementwise/activations.ts";

test("the page of the activations has every activation of the library", () => {
  expect(Object.keys(shown).sort()).toEqual(Object.keys(activations).sort());
});
