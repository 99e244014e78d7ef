import { expect, test } from "vitest";
import { ArrayDataset } from "../../../src/data/index.ts";
import { openNpz, writeNpz } from "../../../src/io/index.ts";

test("x and y of a .npz file are a data set, with labels in NumPy's int64", async () => {
  const content = {
    x: { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    y: { shape: [3], data: BigInt64Array.of(2n, 0n, 1n) },
  };
  const file = await new Response(writeNpz(content, { compressed: true })).arrayBuffer();
  const { x, y } = await (await openNpz(file)).readAll();
  if (!x || !y) throw new Error("expected x and y");
  const samples = new ArrayDataset(x, y);
  expect(samples.length).toBe(3);
  expect(samples.get(1)).toEqual({ x: Float32Array.of(3, 4), y: 0 });
  expect(samples.get(0).y).toBe(2);
});
