import { expect, test, vi } from "vitest";
import readme from "../../README.md?raw";
import example from "../readme/example.ts?raw";

test("README shows the training example as it stands in tests/readme/example.ts", () => {
  expect(readme).toContain(example.trim());
});

test("the training example of the README learns", async () => {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await import("../readme/example.ts");
  const losses = print.mock.calls.map(([, , loss]) => loss as number);
  print.mockRestore();
  expect(losses.length).toBe(40);
  expect(losses[0]).toBeGreaterThan(0.4);
  expect(losses.at(-1)).toBeLessThan(0.1);
});
