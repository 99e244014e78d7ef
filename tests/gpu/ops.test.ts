import { describe, expect, test } from "vitest";
import { noGrad } from "../../src/autograd/mode.ts";
import { crossEntropy } from "../../src/loss/cross_entropy.ts";
import * as ops from "../../src/ops/index.ts";
import { init } from "../../src/scheduler/engine.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { opGradDefects, values } from "../support/op_gradcheck.ts";

await init();

type Check = readonly [
  name: string,
  operation: (...inputs: Tensor[]) => Tensor,
  inputs: readonly ReturnType<typeof values>[],
];

const x = values([3, 5]);
const image = values([2, 4, 3, 4]);
const positive = values([3, 5], 0.5, 3);

const checks: readonly Check[] = [
  ["reshape and flatten", (a) => ops.mul(ops.flatten(ops.reshape(a, [5, -1, 1]), 0), 3), [x]],
  ["add, broadcast", ops.add, [x, values([5], -1, 1, 4)]],
  ["sub, broadcast both ways", ops.sub, [values([3, 1]), values([1, 5], -1, 1, 4)]],
  ["mul", ops.mul, [x, values([3, 5], -1, 1, 4)]],
  ["mul of a tensor with itself", (a) => ops.mul(a, a), [x]],
  ["div, broadcast", ops.div, [x, values([3, 1], 1, 2, 4)]],
  ["pow", ops.pow, [positive, values([3, 5], -2, 2, 4)]],
  ["maximum and minimum", (a, b) => ops.maximum(a, ops.minimum(a, b)), [x, values([3, 5], -2.1, 1.9, 4)]],
  ["numbers", (a) => ops.div(ops.sub(ops.add(ops.mul(a, 3), 2), 1), 4), [x]],
  ["neg, abs", (a) => ops.neg(ops.abs(a)), [x]],
  ["exp, log, sqrt", (a) => ops.exp(ops.neg(ops.add(ops.log(a), ops.sqrt(a)))), [positive]],
  ["square, reciprocal", (a) => ops.reciprocal(ops.square(a)), [positive]],
  ["sin, cos", (a) => ops.add(ops.sin(a), ops.cos(a)), [x]],
  ["activations in a row", (a) => ops.gelu(ops.mish(ops.silu(ops.softplus(a)))), [x]],
  ["kinked activations", (a) => ops.leakyRelu(ops.relu6(ops.elu(ops.selu(a)))), [values([3, 5], 0.2, 2)]],
  ["sigmoid of tanh", (a) => ops.sigmoid(ops.tanh(a)), [x]],
  ["sum over an axis", (a) => ops.sum(a, { axes: [0] }), [x]],
  ["sum of everything", (a) => ops.sum(a), [x]],
  ["mean, kept", (a) => ops.mean(a, { axes: [-1], keepDims: true }), [x]],
  ["max", (a) => ops.max(a, { axes: [1] }), [x]],
  ["min of everything", (a) => ops.min(a), [x]],
  ["permute", (a) => ops.permute(a, [2, 0, 3, 1]), [image]],
  ["transpose", (a) => ops.transpose(a, 0, 1), [x]],
  ["slice", (a) => ops.slice(a, [{ start: 1 }, { start: 1, end: 4 }]), [x]],
  ["pad", (a) => ops.pad(a, [[1, 0], [2, 3]], 0.5), [x]], // biome-ignore format: pairs
  ["expand", (a) => ops.expand(a, [2, 3, 5]), [values([3, 1])]],
  ["concat", (a, b) => ops.concat([a, b], 1), [x, values([3, 2], -1, 1, 4)]],
  ["matmul", (a, b) => ops.matmul(a, b), [values([3, 4]), values([4, 5], -1, 1, 4)]],
  ["matmul, broadcast batch", (a, b) => ops.matmul(a, b), [values([2, 1, 3, 4]), values([3, 4, 2], -1, 1, 4)]],
  [
    "matmul, both transposed, bias",
    (a, b, bias) => ops.matmul(a, b, { transposeA: true, transposeB: true, bias: bias as Tensor }),
    [values([4, 3]), values([5, 4], -1, 1, 4), values([5], -1, 1, 5)],
  ],
  ["matmul, a transposed", (a, b) => ops.matmul(a, b, { transposeA: true }), [values([4, 3]), values([4, 2], -1, 1, 4)]],
  ["matrix times vector", (a, b) => ops.matmul(a, b), [values([3, 4]), values([4], -1, 1, 4)]],
  ["linear with activation", (a, w, b) => ops.linear(a, w, b, "tanh"), [values([2, 3, 4], -1, 1), values([2, 4], -1, 1, 4), values([2], -1, 1, 5)]],
  ["conv2d, strided, padded, bias", (a, w, b) => ops.conv2d(a, w, { bias: b, stride: 2, padding: 1 }), [image, values([3, 4, 3, 3], -1, 1, 4), values([3], -1, 1, 5)]],
  ["conv2d, groups and dilation", (a, w) => ops.conv2d(a, w, { groups: 2, dilation: 2, padding: [0, 2] }), [image, values([4, 2, 1, 3], -1, 1, 4)]],
  ["maxPool2d", (a) => ops.maxPool2d(a, { kernelSize: 3, stride: 2, padding: 1 }), [image]],
  ["avgPool2d", (a) => ops.avgPool2d(a, { kernelSize: 2, padding: 1, countIncludePad: false }), [image]],
  ["globalAvgPool2d", ops.globalAvgPool2d, [image]],
  ["softmax", (a) => ops.softmax(a), [x]],
  ["logSoftmax over an inner axis", (a) => ops.logSoftmax(a, 1), [values([2, 3, 4])]],
  ["dropout", (a) => {
    ops.manualSeed(5);
    return ops.dropout(a, 0.4);
  }, [x]],
  ["batchNorm in training", (a, weight, bias) => ops.batchNorm(a, { weight, bias, training: true }), [image, values([4], 0.5, 2, 4), values([4], -1, 1, 5)]],
  ["batchNorm by running statistics", (a, weight, bias) => {
    const running = { mean: tensor([0.1, -0.2, 0.3, 0]), variance: tensor([1, 0.5, 2, 1.5]) };
    return ops.batchNorm(a, { weight, bias, running, training: false });
  }, [image, values([4], 0.5, 2, 4), values([4], -1, 1, 5)]],
  ["groupNorm", (a, weight, bias) => ops.groupNorm(a, 2, { weight, bias }), [image, values([4], 0.5, 2, 4), values([4], -1, 1, 5)]],
  ["instanceNorm without affine", (a) => ops.instanceNorm(a), [image]],
  ["layerNorm over two axes", (a, weight, bias) => ops.layerNorm(a, [3, 4], { weight, bias }), [image, values([3, 4], 0.5, 2, 4), values([3, 4], -1, 1, 5)]],
  ["crossEntropy, mean", (a) => crossEntropy(a, [1, 4, 0]), [x]],
  ["crossEntropy, none, smoothed", (a) => crossEntropy(a, [1, 4, 0], { reduction: "none", labelSmoothing: 0.1 }), [x]],
  ["crossEntropy, weights and ignored", (a) => crossEntropy(a, [1, 9, 0], { weight: tensor([1, 2, 3, 4, 5]), ignoreIndex: 9 }), [x]],
]; // biome-ignore format: one check a line

describe("gradients of operations agree with central differences:", () => {
  for (const [name, operation, inputs] of checks) {
    test(name, async () => {
      expect((await opGradDefects(operation, inputs)).join("\n")).toBe("");
    });
  }
});

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
    const s = ops.add(a, b); // both get the same dc
    ops.sum(ops.add(s, ops.mul(a, 2))).backward();
    expect(await read(a.grad)).toEqual([3, 3]);
    expect(await read(b.grad)).toEqual([1, 1]);
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
