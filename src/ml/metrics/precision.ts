import { ValueError } from "../../core/errors.ts";
import { type Kind, list, numbers, oneOf } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { label as labelKind } from "../kinds.ts";
import {
  distinct,
  type Label,
  type LabelKind,
  type LabelValues,
  named,
  valuesOf,
} from "../labels.ts";
import { positionsOf, type Weighted } from "./classification.ts";
import { checkLabelPair, labelPairKinds, weightsOf } from "./pairs.ts";

/**
 * How the scores of classes are combined: "binary", only the class `posLabel`; "macro", the mean of the classes;
 * "weighted", their mean by number of true samples; "micro", counts of all classes together. Means ignore classes whose
 * score is NaN.
 */
export type Average = "binary" | "macro" | "weighted" | "micro";

/** Options of `classificationReport`. */
export interface ReportOptions<L extends Label = number> extends Weighted {
  /** The classes to evaluate, in order. Default all classes, sorted. */
  readonly labels?: readonly L[];
  /**
   * The value of 0 / 0, such as the precision of a class that was never predicted. Default 0; NaN excludes the class from
   * means.
   */
  readonly zeroDivision?: number;
}

/** Options of `precisionScore`, `recallScore` and `f1Score`. */
export interface PrecisionOptions<L extends Label = number> extends ReportOptions<L> {
  /** How the scores of classes are combined: one of them, or a mean. Default "binary". */
  readonly average?: Average;
  /** The class for "binary". Default 1 for numbers and true for booleans; no default for strings. */
  readonly posLabel?: L;
}

const average: Kind = {
  .../* @__PURE__ */ oneOf("binary", "macro", "weighted", "micro"),
  advice: "classificationReport has the classes one by one",
};

const reportKinds: { readonly [Name in keyof ReportOptions]-?: Kind } = {
  labels: /* @__PURE__ */ list(labelKind),
  zeroDivision: { expected: "a number or NaN", accepts: (value) => typeof value === "number" },
  sampleWeight: numbers,
};

const precisionKinds = {
  ...labelPairKinds,
  options: /* @__PURE__ */ options<PrecisionOptions>({
    ...reportKinds,
    average,
    posLabel: labelKind,
  }),
};

/** Scores of one class. */
export interface ClassScores<L extends Label = number> {
  /** The class. */
  readonly label: L;
  /** tp / (tp + fp), in 0..1. */
  readonly precision: number;
  /** tp / (tp + fn), in 0..1. */
  readonly recall: number;
  /** 2·tp / (2·tp + fp + fn), in 0..1. */
  readonly f1: number;
  /** Total weight of the true samples. */
  readonly support: number;
}

/** Fraction of the samples predicted as a class that belong to it: tp / (tp + fp). */
export const precisionScore = /* @__PURE__ */ checked(
  "precisionScore",
  precisionKinds,
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    options: PrecisionOptions<LabelKind<L>> = {},
  ): number => averaged("precisionScore", "precision", yTrue, yPred, options),
);

/** Fraction of the samples of a class that are predicted as it: tp / (tp + fn). */
export const recallScore = /* @__PURE__ */ checked(
  "recallScore",
  precisionKinds,
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    options: PrecisionOptions<LabelKind<L>> = {},
  ): number => averaged("recallScore", "recall", yTrue, yPred, options),
);

/** Harmonic mean of precision and recall: 2·tp / (2·tp + fp + fn). */
export const f1Score = /* @__PURE__ */ checked(
  "f1Score",
  precisionKinds,
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    options: PrecisionOptions<LabelKind<L>> = {},
  ): number => averaged("f1Score", "f1", yTrue, yPred, options),
);

/** Precision, recall, F1 and number of true samples of every class, sorted by label. */
export const classificationReport = /* @__PURE__ */ checked(
  "classificationReport",
  { ...labelPairKinds, options: options<ReportOptions>(reportKinds) },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    options: ReportOptions<LabelKind<L>> = {},
  ): ClassScores<LabelKind<L>>[] => {
    const who = "classificationReport";
    return scoresOf(countsOf(who, yTrue, yPred, options), options.zeroDivision ?? 0);
  },
);

/** Weights for a class: of samples that belong to it and were predicted, that were predicted, and that belong to it. */
interface Counts<L extends Label> {
  readonly label: L;
  right: number;
  given: number;
  support: number;
}

function countsOf<L extends Label>(
  who: string,
  yTrue: LabelValues<L>,
  yPred: LabelValues<L>,
  { labels, sampleWeight }: ReportOptions<LabelKind<L>>,
): readonly Counts<LabelKind<L>>[] {
  const pair = checkLabelPair<LabelKind<L>>(who, yTrue, yPred);
  const [truth, given] = [valuesOf(pair.truth), valuesOf(pair.given)];
  const weights = weightsOf(who, sampleWeight, truth.length);
  const classes = labels ?? distinct(truth, given);
  const position = positionsOf(who, classes);
  const counts = classes.map((label) => ({ label, right: 0, given: 0, support: 0 }));
  const of = (label: LabelKind<L> | undefined) => counts[position.get(label as LabelKind<L>) ?? -1];
  truth.forEach((label, i) => {
    const weight = weights[i] as number;
    const [own, other] = [of(label), of(given[i])];
    if (own) own.support += weight;
    if (other) other.given += weight;
    if (own && own === other) own.right += weight;
  });
  return counts;
}

const scoresOf = <L extends Label>(counts: readonly Counts<L>[], empty: number): ClassScores<L>[] =>
  counts.map((each) => ({ label: each.label, ...ratios(each, empty), support: each.support }));

function ratios({ right, given, support }: Omit<Counts<Label>, "label">, empty: number) {
  return {
    precision: given === 0 ? empty : right / given,
    recall: support === 0 ? empty : right / support,
    f1: given + support === 0 ? empty : (2 * right) / (given + support),
  };
}

function averaged<L extends Label>(
  who: string,
  what: "precision" | "recall" | "f1",
  yTrue: LabelValues<L>,
  yPred: LabelValues<L>,
  options: PrecisionOptions<LabelKind<L>>,
): number {
  const { average = "binary", posLabel, zeroDivision = 0, labels } = options;
  if (average === "binary" && labels) {
    throw new ValueError(
      `${who}: expected labels together with an average of classes, got "binary"; set average, or posLabel instead of labels`,
    );
  }
  const counts = countsOf(who, yTrue, yPred, options);
  const classes = scoresOf(counts, zeroDivision);
  switch (average) {
    case "binary":
      return ofOne(who, classes, posLabel)?.[what] ?? zeroDivision;
    case "macro":
      return mean(classes.map((each) => [each[what], 1]));
    case "weighted":
      return mean(classes.map((each) => [each[what], each.support]));
    case "micro": {
      const sum = (of: "right" | "given" | "support") =>
        counts.reduce((all, each) => all + each[of], 0);
      const all = { right: sum("right"), given: sum("given"), support: sum("support") };
      return ratios(all, zeroDivision)[what];
    }
  }
}

/** Weighted mean of the scores that are not NaN; the unweighted mean if all weights are 0. */
function mean(scores: readonly (readonly [score: number, weight: number])[]): number {
  const defined = scores.filter(([score]) => !Number.isNaN(score));
  const all = defined.reduce((sum, [, weight]) => sum + weight, 0);
  if (all === 0) return defined.reduce((sum, [score]) => sum + score, 0) / defined.length;
  return defined.reduce((sum, [score, weight]) => sum + score * weight, 0) / all;
}

/** The positive class of two; undefined if all samples are of the other one. */
function ofOne<L extends Label>(
  who: string,
  classes: readonly ClassScores<L>[],
  posLabel: L | undefined,
): ClassScores<L> | undefined {
  const strings = typeof classes[0]?.label === "string";
  const positive = posLabel ?? (typeof classes[0]?.label === "boolean" ? true : 1);
  const chosen = classes.find(({ label }) => label === positive);
  if (chosen && classes.length <= 2) return chosen;
  if (!chosen && classes.length === 1 && !(strings && posLabel === undefined)) return undefined;
  const wanted = strings && posLabel === undefined ? "posLabel" : named([positive]);
  throw new ValueError(
    `${who}: expected at most two classes with ${wanted} among them, got ${named(classes.map(({ label }) => label))}; ` +
      'set posLabel, or an average such as "macro"',
  );
}
