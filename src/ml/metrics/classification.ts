import { ValueError } from "../../core/errors.ts";
import { type Kind, list, number, numbers, oneOf } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { checkPair, distinct, type Numbers, pairKinds, weightsOf } from "./labels.ts";

export interface Weighted {
  /** [samples], ≥ 0: how much each sample counts. Default 1 for all. */
  readonly sampleWeight?: Numbers | undefined;
}

/** Share of samples, by weight, whose label was predicted. */
export const accuracyScore = /* @__PURE__ */ checked(
  "accuracyScore",
  { ...pairKinds, options: options<Weighted>({ sampleWeight: numbers }) },
  (yTrue: Numbers, yPred: Numbers, { sampleWeight }: Weighted = {}): number => {
    checkPair("accuracyScore", yTrue, yPred);
    const weights = weightsOf("accuracyScore", sampleWeight, yTrue.length);
    let [right, all] = [0, 0];
    for (let i = 0; i < yTrue.length; i++) {
      const weight = weights[i] as number;
      all += weight;
      if (yTrue[i] === yPred[i]) right += weight;
    }
    return right / all;
  },
);

export interface ConfusionMatrix {
  /** [classes]: what the rows and columns stand for. */
  readonly labels: readonly number[];
  /** [classes][classes]: how many samples of the row's class were given the column's. */
  readonly matrix: readonly (readonly number[])[];
}

export interface ConfusionOptions extends Weighted {
  /** The classes, in the order wanted; samples of others are left out. Default all there are, ascending. */
  readonly labels?: readonly number[];
}

/** How often each class was taken for each. */
export const confusionMatrix = /* @__PURE__ */ checked(
  "confusionMatrix",
  {
    ...pairKinds,
    options: options<ConfusionOptions>({ labels: list(number), sampleWeight: numbers }),
  },
  (
    yTrue: Numbers,
    yPred: Numbers,
    { labels, sampleWeight }: ConfusionOptions = {},
  ): ConfusionMatrix => tally("confusionMatrix", yTrue, yPred, labels, sampleWeight),
);

function tally(
  who: string,
  yTrue: Numbers,
  yPred: Numbers,
  given: readonly number[] | undefined,
  sampleWeight: Numbers | undefined,
): ConfusionMatrix {
  checkPair(who, yTrue, yPred);
  const weights = weightsOf(who, sampleWeight, yTrue.length);
  const labels = given ?? distinct(yTrue, yPred);
  const position = new Map(labels.map((label, i) => [label, i]));
  if (position.size !== labels.length || labels.length === 0) {
    throw new ValueError(
      `${who}: expected labels that differ, got ${labels.join(", ")}; name each class once`,
    );
  }
  const matrix = labels.map(() => new Array<number>(labels.length).fill(0));
  for (let i = 0; i < yTrue.length; i++) {
    const row = matrix[position.get(yTrue[i] as number) ?? -1];
    const column = position.get(yPred[i] as number);
    if (row && column !== undefined) row[column] = (row[column] ?? 0) + (weights[i] as number);
  }
  return { labels, matrix };
}

/**
 * How classes become one number: "binary", the class `posLabel` alone; "macro", the mean of the classes; "weighted", their
 * mean by number of true samples; "micro", counts of all classes together.
 */
export type Average = "binary" | "macro" | "weighted" | "micro";

export interface PrecisionOptions extends Weighted {
  /** Default "binary". */
  readonly average?: Average;
  /** The class that "binary" is about. Default 1. */
  readonly posLabel?: number;
  /** The value where nothing is divided by nothing, such as where all samples are and were given one other class. Default 0. */
  readonly zeroDivision?: number;
}

type ReportOptions = Weighted & Pick<PrecisionOptions, "zeroDivision">;

const average: Kind = {
  .../* @__PURE__ */ oneOf("binary", "macro", "weighted", "micro"),
  advice: "classificationReport has the classes one by one",
};

const precisionKinds = {
  ...pairKinds,
  options: /* @__PURE__ */ options<PrecisionOptions>({
    average,
    posLabel: number,
    zeroDivision: number,
    sampleWeight: numbers,
  }),
};

/** A class's share of right answers, one row a class. */
export interface ClassScores {
  readonly label: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Weight of the true samples. */
  readonly support: number;
}

/** Of the samples that were given a class, how many have it: tp / (tp + fp). */
export const precisionScore = /* @__PURE__ */ checked(
  "precisionScore",
  precisionKinds,
  (yTrue: Numbers, yPred: Numbers, options: PrecisionOptions = {}): number =>
    averaged("precisionScore", "precision", yTrue, yPred, options),
);

/** Of the samples of a class, how many were given it: tp / (tp + fn). */
export const recallScore = /* @__PURE__ */ checked(
  "recallScore",
  precisionKinds,
  (yTrue: Numbers, yPred: Numbers, options: PrecisionOptions = {}): number =>
    averaged("recallScore", "recall", yTrue, yPred, options),
);

/** Harmonic mean of precision and recall: 2·tp / (2·tp + fp + fn). */
export const f1Score = /* @__PURE__ */ checked(
  "f1Score",
  precisionKinds,
  (yTrue: Numbers, yPred: Numbers, options: PrecisionOptions = {}): number =>
    averaged("f1Score", "f1", yTrue, yPred, options),
);

/** Precision, recall, F1 and number of true samples of every class, ascending by label. */
export const classificationReport = /* @__PURE__ */ checked(
  "classificationReport",
  {
    ...pairKinds,
    options: options<ReportOptions>({ sampleWeight: numbers, zeroDivision: number }),
  },
  (
    yTrue: Numbers,
    yPred: Numbers,
    { sampleWeight, zeroDivision = 0 }: ReportOptions = {},
  ): ClassScores[] =>
    scoresOf(tally("classificationReport", yTrue, yPred, undefined, sampleWeight), zeroDivision),
);

function scoresOf({ labels, matrix }: ConfusionMatrix, empty: number): ClassScores[] {
  return labels.map((label, i) => {
    const right = matrix[i]?.[i] ?? 0;
    const given = matrix.reduce((sum, row) => sum + (row[i] ?? 0), 0);
    const support = matrix[i]?.reduce((sum, count) => sum + count, 0) ?? 0;
    return { label, ...ratios(right, given, support, empty), support };
  });
}

function ratios(right: number, given: number, support: number, empty: number) {
  return {
    precision: given === 0 ? empty : right / given,
    recall: support === 0 ? empty : right / support,
    f1: given + support === 0 ? empty : (2 * right) / (given + support),
  };
}

function averaged(
  who: string,
  what: "precision" | "recall" | "f1",
  yTrue: Numbers,
  yPred: Numbers,
  { average = "binary", posLabel = 1, zeroDivision = 0, sampleWeight }: PrecisionOptions,
): number {
  const counts = tally(who, yTrue, yPred, undefined, sampleWeight);
  const classes = scoresOf(counts, zeroDivision);
  switch (average) {
    case "binary":
      return ofOne(who, what, classes, posLabel, zeroDivision);
    case "macro":
      return classes.reduce((sum, each) => sum + each[what], 0) / classes.length;
    case "weighted": {
      const all = classes.reduce((sum, { support }) => sum + support, 0);
      return classes.reduce((sum, each) => sum + each[what] * each.support, 0) / all;
    }
    case "micro": {
      const right = counts.matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
      const all = classes.reduce((sum, { support }) => sum + support, 0);
      return ratios(right, all, all, zeroDivision)[what];
    }
  }
}

function ofOne(
  who: string,
  what: "precision" | "recall" | "f1",
  classes: readonly ClassScores[],
  posLabel: number,
  empty: number,
): number {
  const chosen = classes.find(({ label }) => label === posLabel);
  if (!chosen && classes.length === 1) return empty; // all samples are negative
  if (chosen && classes.length <= 2) return chosen[what];
  throw new ValueError(
    `${who}: expected at most two classes with ${posLabel} among them, got ${classes.map(({ label }) => label).join(", ")}; ` +
      'set posLabel, or an average such as "macro"',
  );
}
