import { describe, expect, test } from "vitest";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { accuracy } from "../../../src/train/accuracy.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const logits = () =>
  tensor([
    [2, -1, 0.5],
    [0, 1, -2],
    [0.25, 3, 1],
  ]);

describe("accuracy", () => {
  test("is the share of rows whose label is the greatest, or among the topk greatest", async () => {
    const labels = [0, 0, 2];
    expect(await accuracy(logits(), labels).item()).toBeCloseTo(1 / 3, 7);
    expect(await accuracy(logits(), labels, { topk: 2 }).item()).toBe(1);
  });

  test("gives a tie to the earlier class, as argmax does", async () => {
    const level = tensor([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(await accuracy(level, [0, 1, 2]).item()).toBeCloseTo(1 / 3, 7);
    expect(await accuracy(level, [0, 1, 2], { topk: 2 }).item()).toBeCloseTo(2 / 3, 7);
  });

  test("of a class map counts every position", async () => {
    const map = tensor([0, 9, 1, 1, 5, 5, 0, 0], { shape: [1, 2, 2, 2] });
    expect(await accuracy(map, [1, 0, 0, 1]).item()).toBe(0.75);
  });

  test("is a scalar that a captured step returns, without a readback before it is read", async () => {
    const step = capture((x: Tensor, y: Tensor) => accuracy(x, y));
    for (const labels of [
      [0, 1, 1],
      [2, 2, 2],
      [0, 2, 1],
    ]) {
      const y = tensor(labels, { dtype: "u32" });
      const captured = step(logits(), y);
      expect(captured.shape).toEqual([]);
      expect(await captured.item()).toBe(await accuracy(logits(), y).item());
    }
  });

  test("refuses a topk above the number of classes", () => {
    expect(() => accuracy(logits(), [0, 1, 2], { topk: 4 })).toThrow(
      /^accuracy: expected topk in 1\.\.3/,
    );
    expect(() => accuracy(logits(), [0, 1, 2], { topk: 0 })).toThrow(/^accuracy: .*topk/);
  });
});
