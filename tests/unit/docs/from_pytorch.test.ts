import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import * as data from "../../../src/data/index.ts";
import * as transforms from "../../../src/data/transforms/index.ts";
import * as wgrad from "../../../src/index.ts";
import * as io from "../../../src/io/index.ts";
import * as loss from "../../../src/loss/index.ts";
import * as models from "../../../src/models/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as optim from "../../../src/optim/index.ts";
import * as testing from "../../../src/testing/index.ts";
import * as train from "../../../src/train/index.ts";

/** Entry points with everything that has a place in the guide. */
const whole = [wgrad, nn, optim, loss, data, transforms, models, train, io];
const exported = new Set([...whole, testing].flatMap(Object.keys));
const guide = readFileSync(
  resolve(import.meta.dirname, "../../../docs/guides/from_pytorch.md"),
  "utf8",
);

/** Names in the second column of the tables. */
const names = guide.split("\n").flatMap((row) => {
  const cell = row.replaceAll("`x | y`", "").split(" | ")[1] ?? "";
  return [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
});

test("every name of wgrad in the tables for users of PyTorch is exported", () => {
  expect(names.length).toBeGreaterThan(450);
  expect(names.filter((name) => !exported.has(name))).toEqual([]);
});

test("every function and class of these entry points has a row there", () => {
  const shown = new Set(names);
  const left = whole.flatMap(Object.keys).filter((name) => !shown.has(name));
  expect([...new Set(left)].sort()).toEqual([]);
});
