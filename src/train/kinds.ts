import { ValueError } from "../core/errors.ts";
import type { Kind } from "../core/kinds.ts";
import { DataLoader } from "../data/loader.ts";
import type { BatchLoader } from "../data/loader_options.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";

export const modelKind: Kind = {
  expected: "a model",
  advice: "pass a module, such as new nn.Sequential(…)",
  accepts: (value) => value instanceof Module,
};

/** The engine of a model. */
export const engineOf = (model: AnyModule): Engine =>
  model.namedTensors()[0]?.[1].engine ?? currentEngine();

export const loaderKind: Kind = {
  expected: "a DataLoader",
  advice: "put the data set into one: new DataLoader(dataset, { batchSize: 32 })",
  accepts: (value) => value instanceof DataLoader,
  check: (value, who) => {
    if (Number.isFinite((value as BatchLoader<unknown>).batchesPerEpoch)) return;
    throw new ValueError(
      `${who}: expected a loader of a known number of batches, got one of a stream; loop with for await (const batch of loader)`,
    );
  },
};

/** An object with these methods. */
export const withMethods = (expected: string, ...names: readonly string[]): Kind => ({
  expected: `${expected} with ${names.map((name) => `${name}()`).join(" and ")}`,
  accepts: (value) =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === "function"),
});
