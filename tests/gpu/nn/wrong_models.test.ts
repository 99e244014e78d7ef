import { expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const full = (...shape: number[]) => ops.full(shape, 1);

/** A class in JavaScript that forgot its forward. */
function bare(): nn.Module {
  class Bare extends (nn.Module as unknown as typeof nn.Identity) {}
  return new Bare();
}

test.each<[name: string, call: () => unknown, message: RegExp]>([
  [
    "features that a linear layer does not take, without the names of matmul's operands",
    () => new nn.Linear(4, 2).forward(full(2, 3, 5)),
    /^linear: expected x \[…, 4\] for weight\[2, 4\], got x\[2, 3, 5\]; flatten it, or change the layer/,
  ],
  [
    "NHWC for a convolution of 1 × 1, which is a product of matrices",
    () => new nn.Conv2d(3, 2, 1).forward(full(1, 8, 8, 3)),
    /^conv2d: expected x \[N, C, H, W\] with C = 3 .*got x\[1, 8, 8, 3\]; NHWC\? permute\(x, \[0, 3, 1, 2\]\)/,
  ],
  [
    "NLC for conv1d",
    () => new nn.Conv1d(3, 2, 3).forward(full(1, 8, 3)),
    /^conv1d: expected x \[N, 3, L\] for weight\[2, 3, 3\], got x\[1, 8, 3\]; permute\(x, \[0, 2, 1\]\)/,
  ],
  [
    "other channels for convTranspose1d",
    () => new nn.ConvTranspose1d(3, 2, 3).forward(full(1, 4, 5)),
    /^convTranspose1d: expected x \[N, 3, L\] for weight\[3, 2, 3\], got x\[1, 4, 5\]; change x/,
  ],
  [
    "other channels for a batch norm",
    () => new nn.BatchNorm1d(3).forward(full(2, 4)),
    /^BatchNorm1d: expected x \[N, 3, …\], got x\[2, 4\]; change the layer/,
  ],
  [
    "a module without forward",
    () => bare().forward(full(1)),
    /^Bare: expected forward\(x\), got none; write it/,
  ],
  [
    "a state that was not awaited",
    () => new nn.Linear(1, 1).loadStateDict(new nn.Linear(1, 1).stateDict() as never),
    /^loadStateDict: expected a state dict as state, got an object of class Promise; pass await model\.stateDict/,
  ],
  [
    "a model for a state",
    () => new nn.Linear(1, 1).loadStateDict(new nn.Linear(1, 1) as never),
    /^loadStateDict: expected a state dict as state, got an object of class Linear/,
  ],
])("%s: the message says what to do", (_, call, message) => {
  expect(call).toThrow(message);
});

test("a forward that is a field of the class is not missing", () => {
  class Doubling extends (nn.Module as unknown as typeof nn.Identity) {
    override forward = (x: Parameters<nn.Module["forward"]>[0]) => ops.mul(x, 2);
  }
  expect(new Doubling().forward(full(3)).shape).toEqual([3]);
});
