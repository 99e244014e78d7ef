import { expect, test, vi } from "vitest";
import readme from "../../README.md?raw";
import classical from "../readme/classical.ts?raw";
import composed from "../readme/composed.ts?raw";
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

test("README shows the classical example as it stands in tests/readme/classical.ts, and it learns", async () => {
  expect(readme).toContain(classical.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await import("../readme/classical.ts");
  const found = print.mock.calls.map(([, value]) => value as number);
  print.mockRestore();
  expect(found[0]).toBeGreaterThan(0.9);
  expect(found[1]).toBeGreaterThan(0.2);
});

test("README shows the example with a table as it stands in tests/readme/composed.ts, and it finds a model", async () => {
  expect(readme).toContain(composed.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await import("../readme/composed.ts");
  const [params, score, labels] = print.mock.calls[0] ?? [];
  print.mockRestore();
  expect(Object.keys(params)).toEqual(["logistic__C"]);
  expect(score).toBeGreaterThan(0.9);
  expect(labels).toEqual(["yes"]);
});
