import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

describe("autograd", () => {
  const leaf = (data: number[]) => tensor(data, { requiresGrad: true });
  const read = async (t: Tensor | null) => [...(await (t as Tensor).read())];

  test("adds the gradients of every use, and of every backward()", async () => {
    const a = leaf([1, 2]);
    ops.sum(ops.add(ops.mul(a, a), ops.mul(a, 3))).backward();
    expect(await read(a.grad)).toEqual([5, 7]);
    ops.sum(ops.mul(a, 10)).backward();
    expect(await read(a.grad)).toEqual([15, 17]);
  });

  test("does not let shared upstream gradients run into each other", async () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    const s = ops.add(a, b); // a and b get the same upstream gradient
    ops.sum(ops.add(s, ops.mul(a, 2))).backward();
    expect(await read(a.grad)).toEqual([3, 3]);
    expect(await read(b.grad)).toEqual([1, 1]);
  });

  test("shares the gradient evenly between equals", async () => {
    const [a, b] = [leaf([2, 1, 2]), leaf([1, 1, 3])];
    ops.max(a).backward();
    expect(await read(a.grad)).toEqual([0.5, 0, 0.5]);
    ops.sum(ops.minimum(b, tensor([2, 1, 3]))).backward();
    expect(await read(b.grad)).toEqual([1, 0.5, 0.5]);
  });

  test("noGrad records nothing", () => {
    const a = leaf([1]);
    const y = noGrad(() => ops.mul(a, 2));
    expect(() => y.backward()).toThrow(/requires a gradient/);
  });

  test("refuses a second walk, a wrong upstream, and what a scope has freed", () => {
    const a = leaf([1, 2]);
    const y = ops.sum(ops.mul(a, a));
    y.backward();
    expect(() => y.backward()).toThrow(/run the forward pass again/);
    expect(() => ops.mul(a, 2).backward()).toThrow(/expected a scalar/);
    expect(() => ops.mul(a, 2).backward(tensor([1]))).toThrow(/upstream gradient of \[2\]/);
  });
});
