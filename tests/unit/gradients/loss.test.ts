import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { seeded } from "../../../src/core/rng.ts";
import * as crossEntropy from "../../../src/kernels/loss/cross_entropy.ts";
import * as weightSum from "../../../src/kernels/loss/cross_entropy_weight.ts";
import * as scaleGrad from "../../../src/kernels/loss/scale_grad.ts";
import * as total from "../../../src/kernels/loss/total.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const random = seeded(11);
const shape = [4, 5, 3]; // [N, C, d]
const z = Float64Array.from({ length: 60 }, () => random() * 4 - 2);
const labels = { shape: [4, 3], data: [0, 4, 2, 1, 1, 3, 2, 0, 4, 4, 3, 2] };
const weight = { shape: [5], data: [0.5, 2, 1, 0, 3] };
const perRow = { shape: [4, 3], data: upstreamFor(12) };

describe.each([
  { labelSmoothing: 0 },
  { labelSmoothing: 0.3 },
  { labelSmoothing: 0.1, ignoreIndex: 2 },
  { ignoreIndex: 4 },
])("cross-entropy gradient agrees with central differences: %o", (options) => {
  test.each([
    { name: "plain", weights: {} },
    { name: "weighted", weights: { weight } },
  ])("$name mean", ({ weights }) => {
    const { sums } = weightSum.reference({ labels, ...weights }, { classes: 5, ...options });
    const denominator = { shape: [1], data: sums };
    const inputs = { labels, denominator, ...weights };
    const run = (data: Float64Array) =>
      crossEntropy.reference({ logits: { shape, data }, ...inputs }, options);
    const mean = (data: Float64Array) => {
      const x = { shape: [12], data: run(data).loss };
      return total.reference({ x, denominator }, {}).y;
    };
    const numerical = numericalGradient(mean, z, [1]);
    expect(gradientDefect("dlogits", run(z).dlogits, numerical)).toBe("");
  });

  test.each([
    { name: "plain", weights: {} },
    { name: "weighted", weights: { weight } },
  ])("$name none, an upstream gradient for every element", ({ weights }) => {
    const run = (data: Float64Array) =>
      crossEntropy.reference(
        { logits: { shape, data }, labels, ...weights },
        { ...options, reduction: "none" },
      );
    const dlogits = { shape, data: run(z).dlogits };
    const { dx } = scaleGrad.reference({ dlogits, upstream: perRow }, undefined);
    const numerical = numericalGradient((data) => run(data).loss, z, perRow.data);
    expect(gradientDefect("dx", dx, numerical)).toBe("");
  });
});

describe("cross-entropy", () => {
  // two rows of three classes; their probabilities are powers of 2 and simple fractions, so that the results are known
  // by hand
  const probabilities = [0.5, 0.25, 0.25, 0.125, 0.125, 0.75];
  const logits = { shape: [2, 3], data: probabilities.map(Math.log) };
  const targets = { shape: [2], data: [0, 1] };
  const w = { shape: [3], data: [2, 1, 4] };

  test("is −log p of the label", () => {
    const { loss, dlogits } = crossEntropy.reference({ logits, labels: targets }, {});
    expect(loss[0]).toBeCloseTo(Math.log(2), 14);
    expect(loss[1]).toBeCloseTo(Math.log(8), 14);
    expect(dlogits[0]).toBeCloseTo((0.5 - 1) / 2, 14); // divided by 2: the loss is the mean of two rows
    expect(dlogits[5]).toBeCloseTo(0.75 / 2, 14);
  });

  test("smoothing with weights follows PyTorch: (1 − ε)·w[t]·nll + ε/C · Σ w·nll, over Σ w[t]", () => {
    const labelsSum = weightSum.reference({ labels: targets, weight: w }, { classes: 3 });
    expect(Array.from(labelsSum.sums)).toEqual([3]);
    const denominator = { shape: [1], data: labelsSum.sums };
    const { loss } = crossEntropy.reference(
      { logits, labels: targets, weight: w, denominator },
      { labelSmoothing: 0.3 },
    );
    const ln2 = Math.log(2);
    const first = 0.7 * 2 * ln2 + 0.1 * (2 * ln2 + 2 * ln2 + 8 * ln2);
    const second = 0.7 * 3 * ln2 + 0.1 * (6 * ln2 + 3 * ln2 + 4 * Math.log(4 / 3));
    expect(loss[0]).toBeCloseTo(first, 14);
    expect(loss[1]).toBeCloseTo(second, 14);
    const { y } = total.reference({ x: { shape: [2], data: loss }, denominator }, {});
    expect(y[0]).toBeCloseTo((first + second) / 3, 14);
  });

  test("all labels ignored: the mean is NaN, the gradient 0", () => {
    const options = { ignoreIndex: 7 };
    const ignored = { shape: [2], data: [7, 7] };
    const { sums } = weightSum.reference({ labels: ignored }, { classes: 3, ...options });
    const denominator = { shape: [1], data: sums };
    const { loss, dlogits } = crossEntropy.reference(
      { logits, labels: ignored, denominator },
      options,
    );
    expect(Array.from(dlogits)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(total.reference({ x: { shape: [2], data: loss }, denominator }, {}).y[0]).toBeNaN();
  });

  test("refuses shapes and options that do not fit", () => {
    const { plan } = crossEntropy.crossEntropy;
    expect(() => plan({ logits: [0, 3], labels: [0] }, {})).toThrow(ShapeError);
    expect(() => plan({ logits: [2, 3, 4], labels: [2, 3] }, {})).toThrow("expected labels [2, 4]");
    expect(() => plan({ logits: [2, 3], labels: [2] }, { ignoreIndex: 3 })).toThrow(
      "make it with loss/cross_entropy_weight",
    );
    expect(() => plan({ logits: [2, 3], labels: [2] }, { labelSmoothing: 2 })).toThrow(ValueError);
    expect(() =>
      plan({ logits: [2, 3], labels: [2] }, { ignoreIndex: -100, reduction: "sum" }),
    ).toThrow("labels are u32");
    expect(() => plan({ logits: [2, 3], labels: [2], weight: [4] }, {})).toThrow("weight[3]");
  });
});
