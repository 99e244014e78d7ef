import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import * as loss from "../../../src/loss/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { accuracy } from "../../../src/train/accuracy.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const rows = [
  [2, -1, 0.5],
  [0, 1, -2],
  [0.25, 3, 1],
];
const logits = () => tensor(rows);

/** Cross-entropy of one row: −ln softmax(row)[label]. */
const entropy = (row: number, label: number): number => {
  const z = rows[row] as number[];
  return Math.log(z.reduce((sum, x) => sum + Math.exp(x), 0)) - (z[label] as number);
};

/** Value of a loss of x, and the gradient of x. */
async function withGradient(data: readonly number[], call: (x: Tensor) => Tensor) {
  const x = tensor([...data], { requiresGrad: true });
  const y = scope(() => {
    const value = call(x);
    value.backward();
    return value;
  });
  return { value: await y.item(), grad: Array.from((await x.grad?.read()) ?? []) };
}

describe("labels", () => {
  const kinds: Record<string, loss.Labels> = {
    numbers: [1, 0, 2],
    Int8Array: Int8Array.of(1, 0, 2),
    Uint8Array: Uint8Array.of(1, 0, 2),
    Uint8ClampedArray: Uint8ClampedArray.of(1, 0, 2),
    Int16Array: Int16Array.of(1, 0, 2),
    Uint16Array: Uint16Array.of(1, 0, 2),
    Int32Array: Int32Array.of(1, 0, 2),
    Uint32Array: Uint32Array.of(1, 0, 2),
    BigInt64Array: BigInt64Array.of(1n, 0n, 2n),
    BigUint64Array: BigUint64Array.of(1n, 0n, 2n),
    "an i32 tensor": tensor(Int32Array.of(1, 0, 2)),
    "a u32 tensor": tensor(Uint32Array.of(1, 0, 2)),
  };
  const mean = (entropy(0, 1) + entropy(1, 0) + entropy(2, 2)) / 3;

  test.each(Object.entries(kinds))("as %s work wherever labels are taken", async (_, labels) => {
    expect(await loss.crossEntropy(logits(), labels).item()).toBeCloseTo(mean, 6);
    expect(await loss.nllLoss(logits(), labels).item()).toBeCloseTo((1 - 0 - 1) / 3, 6);
    expect(await loss.focalLoss(logits(), labels, { gamma: 0 }).item()).toBeCloseTo(mean, 6);
    expect(await loss.multiMarginLoss(logits(), labels).item()).toBeGreaterThan(0);
    expect(await loss.batchHardTripletLoss(logits(), labels).item()).toBe(0);
    expect(await accuracy(logits(), labels).item()).toBe(0);
  });

  test("of several targets a row work as integers of any kind", async () => {
    const x = tensor([[0.1, 0.2, 0.4, 0.8]]);
    for (const targets of [
      tensor([[3, 0, -1, 1]], { dtype: "i32" }),
      Int32Array.of(3, 0, -1, 1),
      BigInt64Array.of(3n, 0n, -1n, 1n),
      [3, 0, -1, 1],
    ]) {
      // the example of PyTorch's documentation
      expect(await loss.multiLabelMarginLoss(x, targets).item()).toBeCloseTo(0.85, 6);
    }
  });

  test.each<[string, loss.Labels]>([
    ["numbers", [1, -100, 2]],
    ["an Int32Array", Int32Array.of(1, -100, 2)],
    ["a BigInt64Array", BigInt64Array.of(1n, -100n, 2n)],
    ["an i32 tensor", tensor(Int32Array.of(1, -100, 2))],
  ])("of −100 are ignored by default, in %s", async (_, labels) => {
    const mean = (entropy(0, 1) + entropy(2, 2)) / 2;
    expect(await loss.crossEntropy(logits(), labels).item()).toBeCloseTo(mean, 6);
    const named = loss.crossEntropy(logits(), labels, { ignoreIndex: -100 });
    expect(await named.item()).toBeCloseTo(mean, 6);
    expect(await loss.focalLoss(logits(), labels, { gamma: 0 }).item()).toBeCloseTo(mean, 6);
    expect(await loss.nllLoss(logits(), labels, { reduction: "sum" }).item()).toBeCloseTo(0, 6);
    expect(await accuracy(logits(), labels, { topk: 2 }).item()).toBe(0.5);
  });

  test("that are all ignored give NaN, and a gradient of 0", async () => {
    const x = tensor(rows, { requiresGrad: true });
    const value = loss.crossEntropy(x, [-100, -100, -100]);
    value.backward();
    expect(await value.item()).toBeNaN();
    expect(Array.from((await x.grad?.read()) ?? [1])).toEqual(new Array(9).fill(0));
    expect(await accuracy(logits(), [-100, -100, -100]).item()).toBeNaN();
  });

  test.each<[string, (labels: loss.Labels) => unknown]>([
    ["crossEntropy", (labels) => loss.crossEntropy(logits(), labels)],
    ["nllLoss", (labels) => loss.nllLoss(logits(), labels)],
    ["focalLoss", (labels) => loss.focalLoss(logits(), labels)],
    ["accuracy", (labels) => accuracy(logits(), labels)],
  ])("out of range are refused by %s, which names ignoreIndex", (name, call) => {
    for (const labels of [
      [0, 3, 1],
      [0, -1, 1],
      Int32Array.of(0, 1, -99),
      tensor([0, 1, 7], { dtype: "i32" }),
    ]) {
      const words = new RegExp(
        `^${name}: expected labels in 0\\.\\.2 for 3 classes, got .*ignoreIndex`,
      );
      expect(() => call(labels)).toThrow(ValueError);
      expect(() => call(labels)).toThrow(words);
    }
    expect(() => call(tensor([0, 1, 2]))).toThrow(
      name === "crossEntropy" ? /probabilities \[3, 3\]/ : new RegExp(`^${name}: .*integers`),
    );
  });

  test("in a captured step may be ignored in one call and not in the next", async () => {
    const step = capture((x: Tensor, y: Tensor) => loss.crossEntropy(x, y));
    for (const labels of [
      [1, 0, 2],
      [1, -100, 2],
      [-100, 0, -100],
      [1, 0, 2],
    ]) {
      const y = tensor(Int32Array.from(labels));
      const eager = await loss.crossEntropy(logits(), y).item();
      expect(await step(logits(), y).item()).toBe(eager);
    }
    expect(() => step(logits(), tensor(Int32Array.of(0, 1, 3)))).toThrow(/got 3/);
  });
});

describe("0 · ∞ is 0 in losses:", () => {
  test("binary cross-entropy with logits at (−∞, 0) and (∞, 1) is 0, and so is its gradient", async () => {
    const target = tensor([0, 1]);
    const { value, grad } = await withGradient([-Infinity, Infinity], (x) =>
      loss.binaryCrossEntropyWithLogits(x, target),
    );
    expect(value).toBe(0);
    expect(grad.map((slope) => Math.abs(slope) < 1e-37)).toEqual([true, true]);
  });

  test.each([false, true])(
    "klDiv at −∞ is 0 for a target of 0, logTarget %s",
    async (logTarget) => {
      const target = tensor([logTarget ? -Infinity : 0]);
      const { value, grad } = await withGradient([-Infinity], (x) =>
        loss.klDiv(x, target, { logTarget, reduction: "sum" }),
      );
      expect(value).toBe(0);
      expect(grad.map(Math.abs)).toEqual([0]);
    },
  );
});

describe("squares that overflow do not spoil", () => {
  test.each([1e20, 3e38, 1, 1e-30])(
    "the cosine of [x, x] with itself, which is 1, x = %f",
    async (x) => {
      const a = tensor([[x, x]]);
      const cosine = await loss.cosineSimilarity(a, a, { eps: 1e-37 }).item();
      expect(cosine).toBeLessThanOrEqual(1);
      expect(cosine).toBeGreaterThan(1 - 2e-7);
    },
  );

  test("cosines, none of which is above 1", async () => {
    const data = Float32Array.from({ length: 3000 }, (_, i) => Math.sin(i * i) + 0.3);
    const a = tensor(data, { shape: [1000, 3] });
    const cosines = Array.from(await loss.cosineSimilarity(a, a).read());
    expect(Math.max(...cosines)).toBeLessThanOrEqual(1);
    expect(Math.min(...cosines)).toBeGreaterThan(1 - 5e-7);
  });

  test("the gradient of the cosine of long vectors", async () => {
    const b = tensor([0, 1e20], { shape: [1, 2] });
    const x = tensor([1e20, 1e20], { shape: [1, 2], requiresGrad: true });
    const y = loss.cosineSimilarity(x, b);
    y.backward(tensor([1]));
    // (b/|b| − cos·a/|a|)/|a| = (−½, ½)/(√2·10²⁰)
    const grad = Array.from((await x.grad?.read()) ?? []).map((g) => g * Math.SQRT2 * 2e20);
    expect(grad[0]).toBeCloseTo(-1, 5);
    expect(grad[1]).toBeCloseTo(1, 5);
  });

  test("distances of triplets, and the negative log-likelihood of a normal distribution", async () => {
    const [a, p, n] = [[[4e20, 0]], [[0, 3e20]], [[4e20, 2e20]]].map((data) => tensor(data));
    const value = await loss.tripletMarginLoss(a as Tensor, p as Tensor, n as Tensor).item();
    expect(value / 3e20).toBeCloseTo(1, 6);
    const points = tensor([
      [0, 0],
      [3e20, 4e20],
      [0, 2e20],
    ]);
    const hardest = loss.batchHardTripletLoss(points, [0, 0, 1], { reduction: "none" });
    expect(((await hardest.read())[0] as number) / 3e20).toBeCloseTo(1, 6);
    const nll = loss.gaussianNllLoss(tensor([1e20]), tensor([0]), tensor([1e30]));
    expect((await nll.item()) / 5e9).toBeCloseTo(1, 6);
  });
});

test("errors of inner functions name the loss that was called", () => {
  const labels = tensor([0, 1], { dtype: "u32" });
  expect(() => loss.crossEntropy(logits(), labels)).toThrow(/^crossEntropy: expected labels \[3\]/);
  expect(() => loss.nllLoss(logits(), [0, 1, 2], { weight: tensor([1, 2]) })).toThrow(
    /^nllLoss: expected weight/,
  );
  expect(() => loss.tripletMarginLoss(logits(), logits(), labels)).toThrow(/^tripletMarginLoss: /);
});
