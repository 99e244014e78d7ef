import { expect, test } from "vitest";
import readme from "../../README.md?raw";
import example from "../readme/example.ts?raw";

test("README shows the training example as it stands in tests/readme/example.ts", () => {
  expect(readme).toContain(example.trim());
});

test("the training example of the README learns", async () => {
  const { last } = await import("../readme/example.ts");
  expect(last).toBeLessThan(0.1);
});
