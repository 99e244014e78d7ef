import { ShapeError, ValueError } from "../../core/errors.ts";
import { numbers, oneOf } from "../../core/kinds.ts";
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
import type { Matrix } from "../samples.ts";
import { type ClassMatrix, hasColumns, matrixOf, scoresKind, scoresOfOne } from "./class_matrix.ts";
import type { Weighted } from "./classification.ts";
import { checkFinite, checkLengths, type Numbers, weightsOf } from "./pairs.ts";

/** Points of a receiver operating characteristic, from the highest threshold to the lowest. */
export interface RocCurve {
  /** False positives divided by negatives; the first is 0. */
  readonly fpr: readonly number[];
  /** True positives divided by positives; the first is 0. */
  readonly tpr: readonly number[];
  /** Samples with at least this score are predicted positive; the first is Infinity. */
  readonly thresholds: readonly number[];
}

/** Options of `rocCurve` and of similar curves. */
export interface RocOptions<L extends Label = number> extends Weighted {
  /** The positive class. Default the larger of the two labels; strings have no default. */
  readonly posLabel?: L;
}

/**
 * False and true positive rates at every threshold that changes them. `scores` `[samples]`: decision values, or the
 * probability of the positive class; or all that decisionFunction or predictProba gave for two classes. Throws
 * `ValueError` unless there are samples of two classes.
 */
export const rocCurve = /* @__PURE__ */ checked(
  "rocCurve",
  {
    yTrue: labelValues,
    scores: scoresKind,
    options: options<RocOptions>({ posLabel: labelKind, sampleWeight: numbers }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    scores: Numbers | ClassMatrix,
    given: RocOptions<LabelKind<L>> = {},
  ): RocCurve => sharesOf(thresholdCounts("rocCurve", yTrue, scores, given)),
);

/** Options of `rocAucScore`. */
export interface RocAucOptions<L extends Label = number> extends Weighted {
  /** For two classes: the one whose scores `scores` [samples] are. Default the larger label. */
  readonly posLabel?: L;
  /**
   * For more than two classes: the mean over the classes, each against the others, unweighted or weighted by number of
   * samples. Default "macro".
   */
  readonly average?: "macro" | "weighted";
}

/**
 * Area under the ROC curve: the probability that a positive sample has a higher score than a negative one, with ties
 * counted half. `scores` is [samples] for two classes (of the larger label), or [samples, classes] in rows or with a shape,
 * the classes ascending, each against the others.
 */
export const rocAucScore = /* @__PURE__ */ checked(
  "rocAucScore",
  {
    yTrue: labelValues,
    scores: scoresKind,
    options: options<RocAucOptions>({
      posLabel: labelKind,
      average: oneOf("macro", "weighted"),
      sampleWeight: numbers,
    }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    scores: Numbers | ClassMatrix,
    options: RocAucOptions<LabelKind<L>> = {},
  ): number => {
    const who = "rocAucScore";
    const matrix = hasColumns(scores) ? matrixOf(who, scores) : undefined;
    if (matrix && matrix.shape[1] !== 1) {
      return areaOfMany(truthOf(who, yTrue, yTrue.length), matrix, options);
    }
    const list = matrix?.data ?? (scores as Numbers);
    const { posLabel, sampleWeight } = options;
    return area(curve(who, truthOf(who, yTrue, list.length), list, posLabel, sampleWeight));
  },
);

function truthOf<L extends Label>(
  who: string,
  yTrue: LabelValues<L>,
  scores: number,
): LabelKind<L>[] {
  checkLengths(who, yTrue.length, scores, "scores");
  return valuesOf<LabelKind<L>>(checkLabels(who, yTrue, { name: "yTrue" }));
}

function areaOfMany<L extends Label>(
  yTrue: readonly L[],
  scores: Matrix,
  { average = "macro", posLabel, sampleWeight }: RocAucOptions<L>,
): number {
  const who = "rocAucScore";
  const [n, k] = scores.shape;
  const classes = distinct(yTrue);
  if (n !== yTrue.length || k !== classes.length || scores.data.length !== n * k) {
    throw new ShapeError(
      `${who}: expected scores [${yTrue.length}, ${classes.length}], a column for each class of yTrue, got ` +
        `[${n}, ${k}]; pass what predictProba gives`,
    );
  }
  if (posLabel !== undefined) {
    throw new ValueError(
      `${who}: expected posLabel with scores of one class, got a column for each class; leave it out`,
    );
  }
  const column = (c: number) =>
    Float64Array.from({ length: n }, (_, i) => scores.data[i * k + c] as number);
  if (k === 2) return area(curve(who, yTrue, column(1), undefined, sampleWeight));
  const weights = weightsOf(who, sampleWeight, n);
  let [sum, all] = [0, 0];
  classes.forEach((label, c) => {
    const is = yTrue.map((own) => own === label);
    const support = is.reduce((sum, own, i) => sum + (own ? (weights[i] as number) : 0), 0);
    const weight = average === "weighted" ? support : 1;
    sum += weight * area(curve(who, is, column(c), true, sampleWeight));
    all += weight;
  });
  return sum / all;
}

const curve = <L extends Label>(
  who: string,
  yTrue: readonly L[],
  scores: Numbers,
  posLabel: L | undefined,
  sampleWeight: Numbers | undefined,
): RocCurve => sharesOf(countsOf(who, yTrue, scores, posLabel, sampleWeight));

function sharesOf({ fp, tp, thresholds }: ThresholdCounts): RocCurve {
  const share = (counts: readonly number[]) =>
    counts.map((count) => count / (counts.at(-1) as number));
  return { fpr: share(fp), tpr: share(tp), thresholds };
}

/** Number of predicted positives at each threshold, the highest first: none at the first. */
export interface ThresholdCounts {
  readonly fp: readonly number[];
  readonly tp: readonly number[];
  readonly thresholds: readonly number[];
}

/** False and true positives for a score of one of two classes. Throws `ValueError` unless there are samples of both. */
export function thresholdCounts<L extends Label>(
  who: string,
  yTrue: LabelValues<L>,
  given: Numbers | ClassMatrix,
  { posLabel, sampleWeight }: RocOptions<LabelKind<L>>,
): ThresholdCounts {
  const scores = scoresOfOne(who, given, posLabel === undefined || posLabel !== least(yTrue));
  const truth = truthOf(who, yTrue, scores.length);
  if (typeof truth[0] === "string" && posLabel === undefined) {
    throw new ValueError(
      `${who}: expected posLabel with labels that are strings, got none; set it to one of ${named(distinct(truth))}`,
    );
  }
  return countsOf(who, truth, scores, posLabel, sampleWeight);
}

/** The smallest label. */
const least = (labels: LabelValues): Label | undefined => distinct(valuesOf(labels as never))[0];

/** The counts at every threshold, by weight. */
function countsOf<L extends Label>(
  who: string,
  yTrue: readonly L[],
  scores: Numbers,
  posLabel: L | undefined,
  sampleWeight: Numbers | undefined,
): ThresholdCounts {
  checkFinite(who, "scores", scores);
  const weights = weightsOf(who, sampleWeight, yTrue.length);
  const classes = distinct(yTrue);
  const positive = posLabel ?? classes[1];
  if (classes.length !== 2 || !classes.some((label) => label === positive)) {
    throw new ValueError(
      `${who}: expected samples of two classes${posLabel === undefined ? "" : `, ${named([posLabel])} among them`}, got labels ` +
        `${named(classes)}; a curve needs positives and negatives`,
    );
  }
  const order = Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  const points = { fp: [0], tp: [0], thresholds: [Number.POSITIVE_INFINITY] };
  let [fp, tp] = [0, 0];
  order.forEach((i, at) => {
    if (yTrue[i] === positive) tp += weights[i] as number;
    else fp += weights[i] as number;
    const next = order[at + 1];
    if (next !== undefined && scores[next] === scores[i]) return; // equal scores are one point
    points.fp.push(fp);
    points.tp.push(tp);
    points.thresholds.push(scores[i] as number);
  });
  return points;
}

/** By the trapezoidal rule. */
function area({ fpr, tpr }: RocCurve): number {
  let sum = 0;
  for (let i = 1; i < fpr.length; i++) {
    const width = (fpr[i] as number) - (fpr[i - 1] as number);
    sum += (width * ((tpr[i] as number) + (tpr[i - 1] as number))) / 2;
  }
  return sum;
}
