import { ShapeError, ValueError } from "../../core/errors.ts";
import { either, type Kind, number, numbers, oneOf } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import type { Matrix } from "../samples.ts";
import type { Weighted } from "./classification.ts";
import { checkPair, distinct, type Numbers, weightsOf } from "./labels.ts";

/** Points of a receiver operating characteristic, from the strictest threshold to the loosest. */
export interface RocCurve {
  /** False positives as a share of the negatives; the first is 0. */
  readonly fpr: readonly number[];
  /** True positives as a share of the positives; the first is 0. */
  readonly tpr: readonly number[];
  /** Samples with at least this score count as positive; the first is Infinity. */
  readonly thresholds: readonly number[];
}

export interface RocOptions extends Weighted {
  /** The positive class. Default the larger of the two labels. */
  readonly posLabel?: number;
}

/**
 * Shares of false and true positives at every threshold that changes them. `scores` [samples]: decision values, or the
 * probability of the positive class. Throws `ValueError` unless there are samples of two classes.
 */
export const rocCurve = /* @__PURE__ */ checked(
  "rocCurve",
  {
    yTrue: numbers,
    scores: numbers,
    options: options<RocOptions>({ posLabel: number, sampleWeight: numbers }),
  },
  (yTrue: Numbers, scores: Numbers, { posLabel, sampleWeight }: RocOptions = {}): RocCurve =>
    curve("rocCurve", yTrue, scores, posLabel, sampleWeight),
);

export interface RocAucOptions extends Weighted {
  /** Of more than two classes: the mean over the classes, each against the others, as it is or by number of samples. Default "macro". */
  readonly average?: "macro" | "weighted";
}

const matrix: Kind = {
  expected: "{ data, shape: [samples, classes] }",
  accepts: (value) => {
    const { data, shape } = Object(value);
    return numbers.accepts(data) && Array.isArray(shape) && shape.length === 2;
  },
};

/**
 * Area under the ROC curve: how likely a positive sample has a higher score than a negative one, ties counting half.
 * `scores` is [samples] for two classes (of the larger label), or [samples, classes], the classes ascending, each then
 * against all others.
 */
export const rocAucScore = /* @__PURE__ */ checked(
  "rocAucScore",
  {
    yTrue: numbers,
    scores: either(numbers, matrix),
    options: options<RocAucOptions>({
      average: oneOf("macro", "weighted"),
      sampleWeight: numbers,
    }),
  },
  (yTrue: Numbers, scores: Numbers | Matrix, options: RocAucOptions = {}): number =>
    "shape" in scores
      ? areaOfMany(yTrue, scores, options)
      : area(curve("rocAucScore", yTrue, scores, undefined, options.sampleWeight)),
);

function areaOfMany(
  yTrue: Numbers,
  scores: Matrix,
  { average = "macro", sampleWeight }: RocAucOptions,
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
  const column = (c: number) =>
    Float64Array.from({ length: n }, (_, i) => scores.data[i * k + c] as number);
  if (k === 2) return area(curve(who, yTrue, column(1), undefined, sampleWeight));
  const weights = weightsOf(who, sampleWeight, n);
  let [sum, all] = [0, 0];
  classes.forEach((label, c) => {
    const is = Float64Array.from({ length: n }, (_, i) => Number(yTrue[i] === label));
    const support = is.reduce((total, one, i) => total + one * (weights[i] as number), 0);
    const weight = average === "weighted" ? support : 1;
    sum += weight * area(curve(who, is, column(c), 1, sampleWeight));
    all += weight;
  });
  return sum / all;
}

function curve(
  who: string,
  yTrue: Numbers,
  scores: Numbers,
  posLabel: number | undefined,
  sampleWeight: Numbers | undefined,
): RocCurve {
  checkPair(who, yTrue, scores, "scores");
  const weights = weightsOf(who, sampleWeight, yTrue.length);
  const classes = distinct(yTrue);
  const positive = posLabel ?? classes[1];
  if (classes.length !== 2 || !classes.some((label) => label === positive)) {
    throw new ValueError(
      `${who}: expected samples of two classes${posLabel === undefined ? "" : `, ${posLabel} among them`}, got labels ` +
        `${classes.join(", ")}; a curve needs positives and negatives`,
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
    if (next !== undefined && scores[next] === scores[i]) return; // a tie is one point
    points.fp.push(fp);
    points.tp.push(tp);
    points.thresholds.push(scores[i] as number);
  });
  const share = (counts: readonly number[], all: number) => counts.map((count) => count / all);
  return { fpr: share(points.fp, fp), tpr: share(points.tp, tp), thresholds: points.thresholds };
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
