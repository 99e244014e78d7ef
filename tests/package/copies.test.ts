import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Packed } from "./packed.ts";

const packed = new Packed();
beforeAll(() => packed.open(), 300_000);
afterAll(() => packed.close());

/** Functions of one copy of the library get tensors, layers and data of another copy. */
const code = `import * as ours from "./cdn/wgrad.js";
import * as theirs from "./other/wgrad.js";
import { KMeans } from "./cdn/ml.js";
const { init, nn, tensor } = ours;
await init();
await theirs.init();
const own = tensor([[1, 2], [3, 4]]);
const foreign = theirs.tensor([[1, 2], [3, 4]]);
const strange = new theirs.nn.Linear(2, 2);
const calls = {
  relu: () => ours.relu(foreign),
  add: () => ours.add(own, foreign),
  matmul: () => ours.matmul(foreign, own),
  concat: () => ours.concat([own, foreign]),
  crossEntropy: () => ours.crossEntropy(foreign, [0, 1]),
  mseLoss: () => ours.mseLoss(own, foreign),
  linear: () => new nn.Linear(2, 2).forward(foreign),
  parameter: () => nn.parameter(foreign),
  Adam: () => new ours.Adam(strange.parameters(), { lr: 0.1 }),
  clipGradNorm: () => ours.clipGradNorm(strange.parameters(), 1),
  TensorDataset: () => new ours.TensorDataset(foreign, own),
  "KMeans.fit": () => new KMeans({ nClusters: 1 }).fit(foreign),
  capture: () => ours.capture((x) => ours.relu(x))(foreign),
  "another's linear": () => new nn.Sequential(strange).forward(own),
  "another's backward": () => foreign.backward(own),
};
const told = {};
for (const [name, call] of Object.entries(calls)) {
  const { name: kind, message } = await (async () => call())().catch((error) => error);
  told[name] = kind + " " + message;
}
const sum = await ours.add(own, own).read(); // both copies still work
console.log(JSON.stringify(told), [...sum], [...(await theirs.relu(foreign).read())]);
`;

test("tensors of another copy of the library are refused by name, and both copies go on", async () => {
  const page = `<!doctype html>\n<meta charset="utf-8" />\n<script type="module">\n${code}</script>\n`;
  const folder = packed.project("copies", { "index.html": page });
  for (const each of ["cdn", "other"]) {
    const from = join(packed.folder, "node_modules/wgrad/dist/cdn");
    cpSync(from, join(folder, each), { recursive: true });
  }
  const [text, ...others] = await packed.printed(folder);
  const told = Object.entries<string>(JSON.parse(text as string));
  expect(told.length).toBe(15);
  for (const [name, message] of told) {
    expect(message).toBe(
      `ValueError ${name.replace("another's ", "")}: expected a tensor of this copy of wgrad, got one of another; load it once`,
    );
  }
  expect(others).toEqual([
    [2, 4, 6, 8],
    [1, 2, 3, 4],
  ]);
});
