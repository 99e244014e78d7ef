import { ValueError } from "../../core/errors.ts";
import { boolean, numbers, oneOf } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import type { Label, LabelValues } from "../labels.ts";
import { type ConfusionMatrix, confusionMatrix, type Weighted } from "./classification.ts";
import { labelPairKinds } from "./pairs.ts";

const total = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0);

/** How often each class is the truth, how often it is given, and how often both. */
function marginsOf({ matrix }: Pick<ConfusionMatrix<Label>, "matrix">) {
  const truth = matrix.map(total);
  const given = matrix.map((_, c) => total(matrix.map((row) => row[c] as number)));
  const right = matrix.map((row, c) => row[c] as number);
  return { truth, given, right, all: total(truth) };
}

/** Options of `balancedAccuracyScore`. */
export interface BalancedAccuracyOptions extends Weighted {
  /** Whether 0 is what chance reaches and 1 is perfect. Default false. */
  readonly adjusted?: boolean;
}

/** The mean over the classes of the share of their samples that was recognised: unequal classes count alike. */
export const balancedAccuracyScore = /* @__PURE__ */ checked(
  "balancedAccuracyScore",
  {
    ...labelPairKinds,
    options: options<BalancedAccuracyOptions>({ adjusted: boolean, sampleWeight: numbers }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    { adjusted = false, sampleWeight }: BalancedAccuracyOptions = {},
  ): number => {
    const { truth, right } = marginsOf(confusionMatrix(yTrue, yPred, { sampleWeight }));
    const recalls = right.flatMap((count, c) => (truth[c] ? [count / truth[c]] : []));
    const mean = total(recalls) / recalls.length;
    const chance = 1 / recalls.length;
    return adjusted ? (mean - chance) / (1 - chance) : mean;
  },
);

/**
 * Correlation of truth and prediction, −1 to 1, of two classes or more (Matthews 1975; Gorodkin 2004): 0 for predictions that
 * tell nothing, also where there is one class alone.
 */
export const matthewsCorrcoef = /* @__PURE__ */ checked(
  "matthewsCorrcoef",
  { ...labelPairKinds, options: options<Weighted>({ sampleWeight: numbers }) },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    { sampleWeight }: Weighted = {},
  ): number => {
    const { truth, given, right, all } = marginsOf(confusionMatrix(yTrue, yPred, { sampleWeight }));
    const dot = (a: readonly number[], b: readonly number[]) =>
      total(a.map((each, c) => each * (b[c] as number)));
    const covariance = total(right) * all - dot(truth, given);
    const spread = (all * all - dot(given, given)) * (all * all - dot(truth, truth));
    return spread === 0 ? 0 : covariance / Math.sqrt(spread);
  },
);

/** Options of `cohenKappaScore`. */
export interface CohenKappaOptions extends Weighted {
  /** How much taking class i for class j counts: |i − j| or its square, for classes that have an order. Default all alike. */
  readonly weights?: "linear" | "quadratic";
}

/** How much more two lists of labels agree than chance would make them, at most 1 (Cohen 1960). */
export const cohenKappaScore = /* @__PURE__ */ checked(
  "cohenKappaScore",
  {
    ...labelPairKinds,
    options: options<CohenKappaOptions>({
      weights: oneOf("linear", "quadratic"),
      sampleWeight: numbers,
    }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    { weights, sampleWeight }: CohenKappaOptions = {},
  ): number => {
    const { matrix } = confusionMatrix(yTrue, yPred, { sampleWeight });
    const { truth, given, all } = marginsOf({ matrix });
    const power = weights === "quadratic" ? 2 : 1;
    const cost = (i: number, j: number) => (weights ? Math.abs(i - j) ** power : Number(i !== j));
    let [observed, expected] = [0, 0];
    matrix.forEach((row, i) => {
      row.forEach((count, j) => {
        observed += cost(i, j) * count;
        expected += (cost(i, j) * (truth[i] as number) * (given[j] as number)) / all;
      });
    });
    if (expected > 0) return 1 - observed / expected;
    throw new ValueError(
      "cohenKappaScore: expected labels of two classes at least, got one; chance cannot disagree there",
    );
  },
);
