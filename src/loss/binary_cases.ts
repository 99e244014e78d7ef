import type { HostTensor } from "../kernels/kernel.ts";
import type { OpCase, OpCases, OpInput } from "../ops/op_case.ts";
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  multiLabelSoftMarginLoss,
  sigmoidFocalLoss,
} from "./binary.ts";
import type { Reduction } from "./reduction.ts";
import { elementLosses, reduceLosses } from "./reference.ts";

const shape = [5, 7];
const logits: OpInput = { shape };
const inside: OpInput = { shape, fill: (_, random) => 0.05 + 0.9 * random() };
const truths: OpInput = { shape, fill: (i) => (i % 3 ? 0 : 1), grad: false };
const huge: OpInput = {
  shape,
  fill: (i) => [1e3, -1e3, 1e4, -1e4, 1e30, -1e30, 0][i % 7] ?? 0,
  grad: false,
};
const withNaN: OpInput = { shape, fill: (i) => (i === 3 ? NaN : 0.5), grad: false };
const weights = (...of: number[]): OpInput => ({
  shape: of,
  fill: (i) => 0.25 + (i % 4),
  grad: false,
});
const all: readonly Reduction[] = ["mean", "sum", "none"];
const tolerance = { length: 35 };

const probabilities = (name: string, inputs: OpInput[], reduction: Reduction): OpCase => ({
  name,
  inputs,
  run: (x, t, weight) => binaryCrossEntropy(x, t, { weight, reduction }),
  reference: (x, t, weight) =>
    elementLosses({ x, t, ...(weight && { weight }) }, { loss: "bce", reduction }),
  tolerance,
  gradTolerance: { ...tolerance, rtol: 2e-6 },
});

const fromLogits = (
  name: string,
  inputs: OpInput[],
  reduction: Reduction,
  options: { weighted?: boolean } = {},
): OpCase => ({
  name,
  inputs,
  run: (x, t, v, weight) =>
    binaryCrossEntropyWithLogits(x, t, {
      posWeight: options.weighted ? undefined : v,
      weight: options.weighted ? v : weight,
      reduction,
    }),
  reference: (x, t, v, weight) => {
    const third: HostTensor | undefined = options.weighted ? undefined : v;
    const factor: HostTensor | undefined = options.weighted ? v : weight;
    const operands = { x, t, ...(third && { v: third }), ...(factor && { weight: factor }) };
    return elementLosses(operands, { loss: "bce_logits", reduction });
  },
  tolerance,
});

const multiLabel = (name: string, inputs: OpInput[], reduction: Reduction): OpCase => ({
  name,
  inputs,
  run: (x, t, weight) => multiLabelSoftMarginLoss(x, t, { weight, reduction }),
  reference: (x, t, weight) => {
    const operands = { x, t, ...(weight && { weight }) };
    const each = elementLosses(operands, { loss: "bce_logits", reduction: "none" });
    const rows = Float64Array.from({ length: 5 }, (_, n) =>
      each.subarray(7 * n, 7 * n + 7).reduce((sum, loss) => sum + loss / 7, 0),
    );
    return reduceLosses(rows, reduction);
  },
  shape: reduction === "none" ? [5] : [],
  tolerance,
});

const focal = (
  name: string,
  x: OpInput,
  reduction: Reduction,
  options: { alpha?: number; gamma?: number } = {},
): OpCase => ({
  name,
  inputs: [x, truths],
  run: (a, t) => sigmoidFocalLoss(a, t, { ...options, reduction }),
  reference: (a, t) => {
    const { alpha = 0.25, gamma = 2 } = options;
    return elementLosses({ x: a, t }, { loss: "focal", a: alpha, b: gamma, reduction });
  },
  tolerance,
});

export const cases: OpCases = {
  binaryCrossEntropy: [
    ...all.map((reduction) => probabilities(reduction, [inside, inside], reduction)),
    probabilities("weights of columns, mean", [inside, truths, weights(7)], "mean"),
    probabilities("weights of rows, none", [inside, truths, weights(5, 1)], "none"),
    probabilities(
      "probabilities of 0 and 1",
      [{ shape, fill: (i) => i % 2, grad: false }, truths],
      "none",
    ),
    probabilities("safety: NaN stays NaN", [withNaN, truths], "none"),
  ],
  binaryCrossEntropyWithLogits: [
    ...all.map((reduction) => fromLogits(reduction, [logits, inside], reduction)),
    fromLogits("posWeight of classes", [logits, inside, weights(7)], "mean"),
    fromLogits("weight and posWeight", [logits, truths, weights(7), weights(5, 1)], "sum"),
    fromLogits("a weight for the whole batch", [logits, truths, weights()], "none", {
      weighted: true,
    }),
    fromLogits(
      "weights that repeat over axes apart",
      [{ shape: [3, 4, 2] }, { shape: [3, 4, 2], fill: (i) => i % 2 }, weights(3, 1, 2)],
      "mean",
      { weighted: true },
    ),
    fromLogits("safety: logits ±1e3 and more, none", [huge, truths], "none"),
    fromLogits(
      "safety: logits ±1e3",
      [{ ...huge, fill: (i) => (i % 2 ? 1e3 : -1e3) }, truths],
      "mean",
    ),
    fromLogits(
      "safety: sure and right at ±∞",
      [{ shape, fill: (i) => (i % 3 ? -Infinity : Infinity), grad: false }, truths],
      "mean",
    ),
    fromLogits("safety: NaN stays NaN", [withNaN, truths], "none"),
  ],
  multiLabelSoftMarginLoss: [
    ...all.map((reduction) => multiLabel(reduction, [logits, truths], reduction)),
    multiLabel("weights of classes, mean", [logits, truths, weights(7)], "mean"),
    multiLabel("weights of classes, none", [logits, truths, weights(7)], "none"),
    multiLabel(
      "safety: logits ±1e3",
      [{ ...huge, fill: (i) => (i % 2 ? 1e3 : -1e3) }, truths],
      "none",
    ),
    multiLabel("safety: NaN stays NaN", [withNaN, truths], "none"),
  ],
  sigmoidFocalLoss: [
    ...all.map((reduction) => focal(reduction, logits, reduction)),
    focal("no balance, γ 0: cross-entropy", logits, "mean", { alpha: -1, gamma: 0 }),
    focal("α 0.75, γ 0.5", logits, "none", { alpha: 0.75, gamma: 0.5 }),
    focal("safety: logits ±1e3 and more", huge, "none"),
    focal("safety: NaN stays NaN", withNaN, "none"),
  ],
};
