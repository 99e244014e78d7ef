import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parametersOf } from "../../../src/kernels/elementwise/activation_options.ts";
import { activations, parametrised } from "../../../src/kernels/elementwise/activations.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";

/** leaky_relu, leakyRelu, LeakyReLU and "leaky relu" alike. */
const bare = (name: string): string => name.replaceAll(/[_ ]/g, "").toLowerCase();
const all = Object.keys(activations);
const without = (names: readonly string[], ...exempt: readonly string[]): string[] =>
  all.filter((act) => !names.map(bare).includes(bare(act)) && !exempt.includes(act));

test("every activation has a function, but for the identity; gelu has both forms", () => {
  expect(without(Object.keys(ops), "identity", "gelu_tanh")).toEqual([]);
});

test("every activation has a layer; GELU has both forms", () => {
  expect(without(Object.keys(nn), "gelu_tanh")).toEqual([]);
});

test("every activation is listed in docs/guides/features.md", () => {
  const guide = readFileSync(
    resolve(import.meta.dirname, "../../../docs/guides/features.md"),
    "utf8",
  );
  const row = guide.split("\n").find((line) => line.startsWith("| activations |")) ?? "";
  const listed = row.split("|")[2]?.replaceAll(/\([^)]*\)|`[^`]*`/g, "") ?? "";
  expect(without(listed.split(/[,;]/), "identity", "gelu_tanh")).toEqual([]);
});

test("every activation with numbers has cases with others than the defaults", () => {
  const tested = parametrised.map(({ act }) => act as string);
  expect(all.filter((act) => parametersOf(act)?.length && !tested.includes(act))).toEqual([]);
});
