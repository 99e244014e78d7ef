import type { Shape } from "../../core/shape.ts";
import type { Case, Fill } from "../kernel.ts";
import type { CrossEntropyKernelOptions, crossEntropy } from "./cross_entropy.ts";
import { labelShape } from "./labels.ts";

type CrossEntropyCase = Case<typeof crossEntropy>;

/** Labels in 0..classes−1, every `every`-th replaced by `other`. */
const labels = (logits: Shape, other = 0, every = 0) => ({
  shape: labelShape("case", logits),
  fill: (i: number, random: () => number) => {
    const label = Math.floor(random() * (logits[1] ?? 1));
    return every && i % every === 0 ? other : label;
  },
});

const weights = (classes: number) => ({
  shape: [classes],
  fill: (k: number) => (k % 7 === 3 ? 0 : 0.25 + (k % 5)),
});

const filled = (...values: number[]): { shape: Shape; fill: Fill } => ({
  shape: [values.length],
  fill: (i) => values[i] ?? 0,
});

const plain = (
  name: string,
  logits: Shape,
  options: CrossEntropyKernelOptions = {},
): CrossEntropyCase => ({
  name,
  inputs: { logits, labels: labels(logits) },
  options,
  tolerance: { length: options.labelSmoothing ? (logits[1] ?? 1) : 1 },
});

export const cases: CrossEntropyCase[] = [
  plain("one class, one row", [1, 1]),
  plain("10 classes, a lane a row", [67, 10]),
  plain("coarse: a lane a row of 33", [130, 33], { labelSmoothing: 0.1, coarse: true }),
  plain("10 classes, none", [65, 10], { reduction: "none" }),
  plain("17 classes, sum", [5, 17], { reduction: "sum" }),
  plain("257 classes, smoothing", [3, 257], { labelSmoothing: 0.1 }),
  plain("2049 classes", [2, 2049]),
  plain("a class map, smoothing", [2, 6, 3, 5], { labelSmoothing: 0.2 }),
  plain("smoothing 1", [4, 5], { labelSmoothing: 1 }),
  {
    name: "weights and ignored labels, mean",
    inputs: {
      logits: [3, 12, 7],
      labels: labels([3, 12, 7], 255, 4),
      weight: weights(12),
      denominator: filled(31.25),
    },
    options: { ignoreIndex: 255 },
  },
  {
    name: "weights, smoothing, an ignored label that is a class, sum",
    inputs: { logits: [21, 18], labels: labels([21, 18], 2, 5), weight: weights(18) },
    options: { ignoreIndex: 2, labelSmoothing: 0.3, reduction: "sum" },
    tolerance: { length: 18 },
  },
  {
    name: "all ignored: loss 0, gradient 0",
    inputs: { logits: [5, 4], labels: labels([5, 4], 9, 1), denominator: filled(0) },
    options: { ignoreIndex: 9 },
  },
  {
    name: "labels that are no class give NaN in their rows",
    inputs: { logits: [9, 5], labels: labels([9, 5], 0xffffffff, 3) },
    options: {},
  },
  {
    name: "a label one beyond the classes, weights",
    inputs: { logits: [9, 20], labels: labels([9, 20], 20, 2), weight: weights(20) },
    options: { reduction: "sum" },
  },
  {
    name: "far from 0, sure and wrong",
    inputs: {
      logits: { shape: [8, 6], fill: (i) => 1e4 + (i % 7 === 0 ? 80 : -(i % 5)) },
      labels: labels([8, 6]),
    },
    options: { reduction: "sum" },
  },
  {
    name: "−∞ among the logits, loss ∞ where it is the label",
    inputs: {
      logits: { shape: [6, 6], fill: (i) => (i % 6 === 2 ? -Infinity : (i * 5) % 7) },
      labels: { shape: [6], fill: (i) => i },
    },
    options: { reduction: "none" },
  },
  ...[0, 0.1].map((labelSmoothing) => ({
    name: `−∞ among the logits of a class that weighs nothing, smoothing ${labelSmoothing}`,
    inputs: {
      logits: { shape: [6, 6], fill: (i: number) => (i % 6 === 3 ? -Infinity : (i * 5) % 7) },
      labels: { shape: [6], fill: (i: number) => i },
      weight: { shape: [6], fill: (k: number) => (k === 3 ? 0 : 0.5) },
    },
    options: { reduction: "none" as const, labelSmoothing },
    tolerance: { length: 6 },
  })),
  {
    name: "NaN and infinities stay in their rows",
    inputs: {
      logits: { shape: [6, 5], fill: (i) => ({ 3: NaN, 11: Infinity })[i] ?? (i % 5) - 2 },
      labels: { shape: [6], fill: (i) => (i === 0 ? 7 : i % 5) },
    },
    options: { ignoreIndex: 7, reduction: "sum", labelSmoothing: 0.1 },
    tolerance: { length: 5 },
  },
];

export const benches: CrossEntropyCase[] = [
  plain("1000 classes", [1024, 1000]),
  plain("1000 classes, a batch of 512", [512, 1000]),
  plain("10 classes, a batch of 65,536", [65_536, 10]),
  plain("21 classes at every pixel", [4, 21, 224, 224]),
];
