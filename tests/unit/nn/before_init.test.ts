import { expect, test, vi } from "vitest";

vi.resetModules(); // other files of this process have called init()
const nn = await import("../../../src/nn/index.ts");
const { activationCases } = await import("../../support/activation_layer_cases.ts");
const { blockCases } = await import("../../support/block_layer_cases.ts");
const { shapeCases } = await import("../../support/layer_cases.ts");
const { weightedCases } = await import("../../support/weighted_layer_cases.ts");
const { publicExports } = await import("../../support/public_exports.ts");

const layers = { ...activationCases, ...shapeCases, ...weightedCases, ...blockCases };
/** They hold layers that the user makes before them, which refuse. */
const containers: Readonly<Record<string, string>> = { Sequential: "Linear", Concat: "Conv2d" };
const message = (name: string) =>
  `${name}: expected a running engine, got none; await init() first`;

test("a layer made before init() is refused by its own name, or needs no engine", () => {
  const refused: Record<string, string> = {};
  for (const [name, { make }] of Object.entries(layers)) {
    try {
      make();
    } catch (error) {
      refused[name] = (error as Error).message;
    }
  }
  const names = Object.keys(refused);
  expect(names.length).toBeGreaterThan(20);
  expect(refused).toEqual(
    Object.fromEntries(names.map((name) => [name, message(containers[name] ?? name)])),
  );
  expect(() => new (class Net extends nn.Linear {})(2, 3)).toThrow(message("Linear"));
});

/** Arguments of which most functions take some. */
const tries: readonly (readonly unknown[])[] = [
  [],
  [[1, 2]],
  [[2, 2]],
  [2],
  [2, 2],
  [[2], 1],
  [[[1], [2]]],
  [{ numClasses: 2 }],
];

test("a function or class called before init() is refused by its own name", async () => {
  const refused: Record<string, string> = {};
  for (const { name, call } of publicExports) {
    for (const args of tries) {
      try {
        await call(...args);
      } catch (error) {
        if ((error as Error).name === "NotInitializedError")
          refused[name] = (error as Error).message;
      }
    }
  }
  const names = Object.keys(refused);
  expect(names.length).toBeGreaterThan(50);
  expect(refused).toEqual(Object.fromEntries(names.map((name) => [name, message(name)])));
});
