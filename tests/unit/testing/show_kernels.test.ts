import { expect, test } from "vitest";
import { showKernels } from "../../../src/testing/index.ts";

const module = {
  kernel: { shader: {}, plan: () => ({}) },
  reference: () => ({}),
  cases: [{ name: "one", inputs: {} }],
};

test("showKernels refuses what it cannot show, and a place without a page", async () => {
  await expect(showKernels({})).rejects.toThrow(
    /^showKernels: expected at least one kernel, got none/,
  );
  await expect(showKernels({ wave: { ...module, cases: [] } })).rejects.toThrow(
    "showKernels: expected cases of wave, got none; add one",
  );
  const without = { kernel: module.kernel, cases: module.cases };
  await expect(Reflect.apply(showKernels, undefined, [{ wave: without }])).rejects.toThrow(
    /^showKernels: expected an object of kernels by name, each with its reference and cases as kernels/,
  );
  await expect(showKernels({ wave: module })).rejects.toThrow(/^showKernels: expected a document/);
});
