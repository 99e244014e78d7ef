import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, count, either, list, numbers } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { label as labelKind, labelValues } from "../kinds.ts";
import {
  checkLabels,
  distinct,
  type Label,
  type LabelKind,
  type LabelValues,
  named,
  valuesOf,
} from "../labels.ts";
import {
  type ClassMatrix,
  classMatrix,
  hasColumns,
  matrixOf,
  scoresKind,
  scoresOfOne,
} from "./class_matrix.ts";
import { positionsOf, type Weighted } from "./classification.ts";
import { checkFinite, checkLengths, type Numbers, weightsOf } from "./pairs.ts";

/** Options of `logLoss`. */
export interface LogLossOptions<L extends Label = number> extends Weighted {
  /** The classes in the order of the columns. Default those of yTrue, sorted. */
  readonly labels?: readonly L[];
  /** Whether to return the mean, rather than the sum. Default true. */
  readonly normalize?: boolean;
}

/** The smallest probability that is distinguished from 0. */
const EPSILON = 2 ** -52;

/**
 * −mean ln p of the true class: cross-entropy of predicted probabilities. `yProba` is [samples] for the larger of two
 * labels, or [samples, classes] in rows or with a shape, the classes ascending. Probabilities are clamped to a distance of
 * 2^-52 from 0 and 1, and normalised.
 */
export const logLoss = /* @__PURE__ */ checked(
  "logLoss",
  {
    yTrue: labelValues,
    yProba: either(numbers, classMatrix),
    options: options<LogLossOptions>({
      labels: list(labelKind),
      normalize: boolean,
      sampleWeight: numbers,
    }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yProba: Numbers | ClassMatrix,
    { labels, normalize = true, sampleWeight }: LogLossOptions<LabelKind<L>> = {},
  ): number => {
    const { at, rows, weights } = columnsOf("logLoss", yTrue, yProba, labels, sampleWeight);
    const outside = rows.flat().find((p) => p < 0 || p > 1);
    if (outside !== undefined) {
      throw new ValueError(
        `logLoss: expected probabilities in 0..1, got ${outside}; pass what predictProba gives, not decision values`,
      );
    }
    let [sum, all] = [0, 0];
    rows.forEach((row, i) => {
      const clipped = row.map((p) => Math.min(1 - EPSILON, Math.max(EPSILON, p)));
      const whole = clipped.reduce((a, b) => a + b, 0);
      sum -= (weights[i] as number) * Math.log((clipped[at[i] as number] as number) / whole);
      all += weights[i] as number;
    });
    return normalize ? sum / all : sum;
  },
);

/** Options of `brierScoreLoss`. */
export interface BrierOptions<L extends Label = number> extends Weighted {
  /** The class of the probabilities. Default the larger of the two labels. */
  readonly posLabel?: L;
}

/**
 * Mean of (p − 1)² for positives and p² for negatives, with probabilities `yProba` [samples] of one of two classes, or
 * all that predictProba gave for two (Brier 1950).
 */
export const brierScoreLoss = /* @__PURE__ */ checked(
  "brierScoreLoss",
  {
    yTrue: labelValues,
    yProba: scoresKind,
    options: options<BrierOptions>({ posLabel: labelKind, sampleWeight: numbers }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    given: Numbers | ClassMatrix,
    { posLabel, sampleWeight }: BrierOptions<LabelKind<L>> = {},
  ): number => {
    const { is, yProba } = positivesOf("brierScoreLoss", yTrue, given, posLabel);
    const weights = weightsOf("brierScoreLoss", sampleWeight, is.length);
    let [sum, all] = [0, 0];
    is.forEach((own, i) => {
      sum += (weights[i] as number) * ((yProba[i] as number) - own) ** 2;
      all += weights[i] as number;
    });
    return sum / all;
  },
);

/** Options of `topKAccuracyScore`. */
export interface TopKOptions<L extends Label = number> extends Weighted {
  /** Number of highest scores that count. Default 2. */
  readonly k?: number;
  /** The classes in the order of the columns. Default those of yTrue, sorted. */
  readonly labels?: readonly L[];
  /** Whether to return the fraction of the samples, rather than their total weight. Default true. */
  readonly normalize?: boolean;
}

/**
 * Fraction of samples whose class is among the k highest scores. `scores` [samples, classes] as rows or with a shape; of
 * equal scores the later class comes first.
 */
export const topKAccuracyScore = /* @__PURE__ */ checked(
  "topKAccuracyScore",
  {
    yTrue: labelValues,
    scores: classMatrix,
    options: options<TopKOptions>({
      k: count,
      labels: list(labelKind),
      normalize: boolean,
      sampleWeight: numbers,
    }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    scores: ClassMatrix,
    { k = 2, labels, normalize = true, sampleWeight }: TopKOptions<LabelKind<L>> = {},
  ): number => {
    const { at, rows, weights } = columnsOf(
      "topKAccuracyScore",
      yTrue,
      scores,
      labels,
      sampleWeight,
    );
    let [sum, all] = [0, 0];
    rows.forEach((row, i) => {
      const own = at[i] as number;
      const before = row.filter(
        (score, c) => score > (row[own] as number) || (score === row[own] && c > own),
      );
      all += weights[i] as number;
      if (before.length < k) sum += weights[i] as number;
    });
    return normalize ? sum / all : sum;
  },
);

/** The column of every sample's class, and the numbers of its row. */
function columnsOf<L extends Label>(
  who: string,
  yTrue: LabelValues<L>,
  given: Numbers | ClassMatrix,
  labels: readonly LabelKind<L>[] | undefined,
  sampleWeight: Numbers | undefined,
) {
  const truth = valuesOf<LabelKind<L>>(checkLabels(who, yTrue, { name: "yTrue" }));
  const classes = labels ?? distinct(truth);
  const position = positionsOf(who, classes);
  const rows = rowsOf(who, truth.length, given, classes.length);
  const stranger = truth.find((label) => !position.has(label));
  if (stranger !== undefined) {
    throw new ValueError(
      `${who}: expected labels of yTrue among ${named(classes)}, got ${named([stranger])}; name all classes in labels`,
    );
  }
  return {
    rows,
    at: truth.map((label) => position.get(label) as number),
    weights: weightsOf(who, sampleWeight, truth.length),
  };
}

function rowsOf(who: string, n: number, given: Numbers | ClassMatrix, classes: number): number[][] {
  const { data, shape } = hasColumns(given)
    ? matrixOf(who, given)
    : { data: given, shape: [given.length, 1] };
  const k = shape[1] as number;
  checkLengths(who, n, shape[0] as number, "yProba");
  const fits = k === classes && classes > 1;
  if (data.length !== n * k || !(fits || (k === 1 && classes === 2))) {
    throw new ShapeError(
      `${who}: expected a column for each of ${classes} classes, two at least, got [${shape.join(", ")}]; ` +
        "pass what predictProba gives, and name the classes in labels where yTrue has not all of them",
    );
  }
  checkFinite(who, "yProba", data);
  return Array.from({ length: n }, (_, i) => {
    const row = Array.from({ length: k }, (_, c) => data[i * k + c] as number);
    return k === 1 ? [1 - (row[0] as number), row[0] as number] : row;
  });
}

/** 1 for samples of the positive class, 0 for others. Throws unless the probabilities are of two classes. */
export function positivesOf<L extends Label>(
  who: string,
  yTrue: LabelValues<L>,
  given: Numbers | ClassMatrix,
  posLabel: LabelKind<L> | undefined,
): { readonly is: readonly number[]; readonly yProba: Numbers } {
  const truth = valuesOf<LabelKind<L>>(checkLabels(who, yTrue, { name: "yTrue" }));
  const classes = distinct(truth);
  const yProba = scoresOfOne(who, given, posLabel === undefined || posLabel !== classes[0]);
  checkLengths(who, truth.length, yProba.length, "yProba");
  checkFinite(who, "yProba", yProba);
  const outside = Array.from(yProba).find((p) => p < 0 || p > 1);
  if (classes.length > 2 || outside !== undefined) {
    throw new ValueError(
      `${who}: expected probabilities in 0..1 and two classes, got ` +
        `${outside === undefined ? `labels ${named(classes)}` : outside}; pass a column of what predictProba gives`,
    );
  }
  const positive = posLabel ?? classes.at(-1);
  return { is: truth.map((label) => Number(label === positive)), yProba };
}
