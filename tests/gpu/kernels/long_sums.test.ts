import { describe, expect, test } from "vitest";
import { full, matmul, mean, sum } from "../../../src/ops/index.ts";
import { currentEngine } from "../../../src/scheduler/engine.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** The largest relative error of any element. */
async function worst(result: Tensor, want: number): Promise<number> {
  const values = await result.read();
  result.dispose();
  return Math.max(...Array.from(values, (value) => Math.abs(value / want - 1)));
}

const tenth = Math.fround(0.1);

describe("long sums are right to 2e-6:", () => {
  test.each([[[65536, 300]], [[65536, 8]], [[65536]]])(
    "the mean of 0.1 over the first axis of %j",
    async (shape) => {
      using x = full(shape, 0.1);
      expect(await worst(mean(x, { axes: [0] }), tenth)).toBeLessThan(2e-6);
    },
  );

  test("the sum of 0.1 over 65,536 rows, and over rows of 65,536", async () => {
    using x = full([65536, 260], 0.1);
    using y = full([260, 65536], 0.1);
    expect(await worst(sum(x, { axes: [0] }), 65536 * tenth)).toBeLessThan(2e-6);
    expect(await worst(sum(y, { axes: [1] }), 65536 * tenth)).toBeLessThan(2e-6);
  });

  // on a GPU a tile adds all terms of a part one after the other, to stay within its registers
  test.runIf(currentEngine().gpu.adapter.software).each([
    [1, 1],
    [4, 3],
    [9, 20],
    [64, 20],
  ])("a product [%i, 2²⁰] · [2²⁰, %i] of 0.1", async (m, n) => {
    const k = 2 ** 20;
    using a = full([m, k], 0.1);
    using b = full([k, n], 0.1);
    expect(await worst(matmul(a, b), k * tenth * tenth)).toBeLessThan(2e-6);
  });
});
