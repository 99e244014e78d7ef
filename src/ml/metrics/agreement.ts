import { ValueError } from "../../core/errors.ts";
import { boolean, numbers, oneOf } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import type { Label, LabelValues } from "../labels.ts";
import { type ConfusionMatrix, confusionMatrix, type Weighted } from "./classification.ts";
import { labelPairKinds } from "./pairs.ts";

const total = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0);

/** How often each class is true, how often it is predicted, and how often both. */
function marginsOf({ matrix }: Pick<ConfusionMatrix<Label>, "matrix">) {
  const truth = matrix.map(total);
  const given = matrix.map((_, c) => total(matrix.map((row) => row[c] as number)));
  const right = matrix.map((row, c) => row[c] as number);
  return { truth, given, right, all: total(truth) };
}

/** Options of `balancedAccuracyScore`. */
export interface BalancedAccuracyOptions extends Weighted {
  /** Whether the score is scaled so that 0 is chance and 1 is perfect. Default false. */
  readonly adjusted?: boolean;
}

/** The mean of the classes' recalls: classes of different sizes have equal weight. */
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
 * Correlation of truth and prediction, −1 to 1, of two classes or more (Matthews 1975; Gorodkin 2004): 0 for predictions
 * without information, also if there is only one class.
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
  /** Weight of predicting class i for class j: |i − j| or its square, for ordered classes. Default: all errors are equal. */
  readonly weights?: "linear" | "quadratic";
}

/** Agreement of two lists of labels beyond chance, at most 1 (Cohen 1960). */
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
      "cohenKappaScore: expected labels of two classes at least, got one; the score is undefined there",
    );
  },
);
