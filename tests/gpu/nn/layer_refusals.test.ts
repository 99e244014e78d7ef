import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const image = ops.full([1, 2, 5, 6], 1);
const weight = ops.full([3, 2, 3, 3], 1);
const gamma = ops.ones([2]);

/** Calls a function without type checks, as JavaScript does. */
const wrongly = (call: (...args: never[]) => unknown, ...args: unknown[]) =>
  Reflect.apply(call, undefined, args);

describe("a wrong call of a layer's function says what to write:", () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      "leakyRelu with PyTorch's negativeSlope",
      () => wrongly(ops.leakyRelu, image, { negativeSlope: 0.5 }),
      /^leakyRelu: expected options slope, got 'negativeSlope'; did you mean 'slope'\?$/,
    ],
    [
      "maxPool2d with the kernel size alone",
      () => wrongly(ops.maxPool2d, image, 2),
      /^maxPool2d: expected an object of options .*got 2; write \{ kernelSize, /,
    ],
    [
      "maxPool2d without x",
      () => wrongly(ops.maxPool2d, { padding: "same" }),
      /^maxPool2d: expected a tensor as x, got an object \{ padding \}/,
    ],
    [
      "maxPool2d without a kernel size",
      () => wrongly(ops.maxPool2d, image, { padding: "same" }),
      /^maxPool2d: expected a number or a pair .* as kernelSize, got nothing/,
    ],
    [
      "four numbers of padding, whose order nobody can know",
      () => wrongly(ops.conv2d, image, weight, { padding: [0, 1, 0, 1] }),
      /^conv2d: expected a number, .*\[\[top, bottom\], \[left, right\]\] or "same" as padding, got \[0, 1, 0, 1\]/,
    ],
    [
      "conv2d of NHWC",
      () => ops.conv2d(ops.full([1, 5, 6, 2], 1), weight),
      /^conv2d: expected x \[N, C, H, W\] with C = 2 .*got x\[1, 5, 6, 2\]; NHWC\? permute\(x, \[0, 3, 1, 2\]\)/,
    ],
    [
      "batchNorm without training and running statistics",
      () => ops.batchNorm(image, {}),
      /^batchNorm: expected running statistics, for training is false .*pass training: true/,
    ],
    [
      "a parameter that the activation does not take",
      () => wrongly(ops.conv2d, image, weight, { act: { act: "relu", slope: 0.1 } }),
      /^conv2d: expected options act, got 'slope'/,
    ],
    [
      "an unknown activation",
      () => wrongly(ops.layerNorm, image, [6], { act: "swish" }),
      /^layerNorm: expected the name of an activation .* as act, got "swish"/,
    ],
    [
      "an unknown name among the running statistics",
      () =>
        wrongly(ops.batchNorm, image, {
          training: true,
          running: { mean: gamma, var: gamma },
        }),
      /^batchNorm: expected options mean, variance, momentum, got 'var'; did you mean 'variance'\?/,
    ],
    [
      "a padding of more than half the kernel",
      () =>
        ops.avgPool2d(image, {
          kernelSize: 2,
          padding: [
            [0, 2],
            [0, 0],
          ],
        }),
      /^avgPool2d: expected padding of at most half the kernel \(2 rows\), got 2/,
    ],
    [
      "null as an adaptive size's pair",
      () => wrongly(ops.adaptiveAvgPool2d, image, [1, 2, 3]),
      /^adaptiveAvgPool2d: expected a number, null or a pair of them as outputSize/,
    ],
  ])("%s", (_name, call, message) => {
    expect(call).toThrow(WgradError);
    expect(call).toThrow(message);
  });

  test("and leaves the tensors and the device usable", async () => {
    expect(() => ops.batchNorm(image, {})).toThrow();
    expect([...(await ops.sum(image).read())]).toEqual([60]);
  });
});

test("same pads as TensorFlow: the odd cell at the end", async () => {
  using x = tensor([1, 2, 3, 4, 5, 6], { shape: [1, 1, 1, 6] });
  using ones = ops.ones([1, 1, 1, 3]);
  using y = ops.conv2d(x, ones, { stride: [1, 2], padding: "same" });
  expect([...(await y.read())]).toEqual([1 + 2 + 3, 3 + 4 + 5, 5 + 6]);
  using m = ops.maxPool2d(x, { kernelSize: [1, 3], stride: [1, 2], padding: "same" });
  expect([...(await m.read())]).toEqual([3, 5, 6]);
});
