import { expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const parameter = (data: number[]) => nn.parameter(tensor(data));
const read = async (x: Tensor) => [...(await x.read())];

test("from a tensor, in queue order and without a history", async () => {
  const [target, source] = [parameter([1, 2]), parameter([3, 4])];
  const before = ops.mul(target, 10);
  nn.assign(target, ops.add(ops.mul(target, 0.5), source));
  expect(await read(before)).toEqual([10, 20]);
  expect(await read(target)).toEqual([3.5, 5]);
  ops.sum(ops.square(target)).backward();
  expect(await read(target.grad as Tensor)).toEqual([7, 10]);
  expect(source.grad).toBeNull();
});

test("from another parameter of the same optimiser, and from itself", async () => {
  const [a, b] = [parameter([1, 2]), parameter([3, 4])];
  const optimizer = new SGD([a, b], { lr: 1 });
  nn.assign(a, b);
  nn.assign(a, a);
  expect(await read(a)).toEqual([3, 4]);
  ops.sum(ops.add(a, ops.mul(b, 2))).backward();
  optimizer.step();
  expect(await read(a)).toEqual([2, 3]);
  expect(await read(b)).toEqual([1, 2]);
  optimizer.dispose();
});

test("in a captured step, which assigns anew whenever it is called", async () => {
  const average = nn.buffer(tensor([0]));
  const step = capture((x: Tensor) => {
    nn.assign(average, ops.add(ops.mul(average, 0.5), x));
    return ops.mul(average, 1);
  });
  const seen = [await step(tensor([8])).item(), await step(tensor([4])).item()];
  expect(seen).toEqual([8, 8]);
  expect(await read(average)).toEqual([8]);
  step.dispose();
});

test("with one number, of each dtype", async () => {
  for (const dtype of ["f32", "i32", "u32"] as const) {
    const target = tensor([1, 2, 3], { dtype });
    nn.assign(target, 16_777_216);
    expect(await read(target)).toEqual([16_777_216, 16_777_216, 16_777_216]);
  }
});

test("what does not fit is refused and changes nothing", async () => {
  const target = parameter([1, 2]);
  const freed = tensor([1, 2]);
  freed.dispose();
  const refusals: [data: unknown, message: RegExp][] = [
    [
      tensor([[1, 2]]),
      /^assign: expected a tensor of the target's shape \[2\], got tensor\[1, 2\] f32; reshape/,
    ],
    [
      tensor([1, 2], { dtype: "i32" }),
      /^assign: expected f32 .* got tensor\[2\] i32; convert it with cast/,
    ],
    [freed, /^assign: expected a live tensor/],
    [[1, 2], /^assign: expected a typed array of 2 numbers .*, got \[1, 2\]; .*, or one number/],
    [Float32Array.of(1), /^assign: expected a typed array of 2 numbers/],
  ];
  for (const [data, message] of refusals)
    expect(() => nn.assign(target, data as Tensor)).toThrow(message);
  expect(() => nn.assign(freed, 1)).toThrow(/^assign: expected a live tensor/);
  expect(await read(target)).toEqual([1, 2]);
});
