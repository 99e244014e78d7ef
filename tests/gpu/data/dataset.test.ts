import { expect, test } from "vitest";
import { ImageDataset } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();
// 5 images of 3 × 3 are 9 bytes each, so that rows are not aligned to 4 bytes
const bytes = { shape: [5, 3, 3], data: Uint8Array.from({ length: 45 }, (_, i) => i * 5) };
const dataset = new ImageDataset(bytes, [0, 1, 2, 3, 9], { mean: 0.5, std: 0.25 });

test("a mini-batch is gathered and normalised on the GPU", async () => {
  const { x, y } = scope(() => dataset.batch(Uint32Array.of(4, 0, 4)));
  expect(x.shape).toEqual([3, 1, 3, 3]);
  const pixels = await x.read();
  [36, 0, 36].forEach((first, row) => {
    for (let i = 0; i < 9; i++) {
      expect(pixels[9 * row + i]).toBeCloseTo(((first + i) / 51 - 0.5) / 0.25, 5);
    }
  });
  expect([...(await y.read())]).toEqual([9, 0, 9]);
  x.dispose();
  y.dispose();
});

test("an index or a label out of range is refused before anything is queued", () => {
  expect(() => dataset.batch(Uint32Array.of(5))).toThrow(/below 5, got 5/);
  scope(() => {
    const { y } = dataset.batch(Uint32Array.of(0, 1));
    expect(() => crossEntropy(ops.zeros([2, 3]), y)).toThrow(/labels in 0..2.*got 9/);
    expect(() => crossEntropy(ops.zeros([2, 3]), [0, -1])).toThrow(/got -1/);
    expect(() => crossEntropy(ops.zeros([0, 3]), [])).toThrow(/skip empty batches/);
  });
});
