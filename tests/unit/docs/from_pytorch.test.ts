import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import * as data from "../../../src/data/index.ts";
import * as transforms from "../../../src/data/transforms/index.ts";
import * as wgrad from "../../../src/index.ts";
import * as io from "../../../src/io/index.ts";
import * as loss from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as optim from "../../../src/optim/index.ts";
import * as testing from "../../../src/testing/index.ts";
import * as train from "../../../src/train/index.ts";

const exported = new Set(
  [wgrad, nn, optim, loss, data, transforms, train, io, testing].flatMap(Object.keys),
);
const guide = readFileSync(
  resolve(import.meta.dirname, "../../../docs/guides/from_pytorch.md"),
  "utf8",
);

test("every name of wgrad in the table for users of PyTorch is exported", () => {
  const rows = guide.split("\n").filter((line) => /^\| `|^\| [`a-z]/.test(line));
  const names = rows.flatMap((row) => {
    const cell = row.replaceAll("`x | y`", "").split(" | ")[1] ?? "";
    return [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  });
  expect(names.length).toBeGreaterThan(110);
  expect(names.filter((name) => !exported.has(name))).toEqual([]);
});
