import { ValueError } from "../../core/errors.ts";
import { list, numbers, oneOf } from "../../core/kinds.ts";
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
import { checkLabelPair, labelPairKinds, type Numbers, weightsOf } from "./pairs.ts";

/** Option of metrics with sample weights. */
export interface Weighted {
  /** [samples], ≥ 0: weight of each sample. Default 1 for all. */
  readonly sampleWeight?: Numbers | undefined;
}

/**
 * Fraction of samples, by weight, whose label was predicted.
 *
 * @example
 * ```ts
 * import { accuracyScore } from "wgrad/ml";
 * console.log(accuracyScore([0, 1, 1, 0], [0, 1, 0, 0])); // 0.75
 * ```
 */
export const accuracyScore = /* @__PURE__ */ checked(
  "accuracyScore",
  { ...labelPairKinds, options: options<Weighted>({ sampleWeight: numbers }) },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    { sampleWeight }: Weighted = {},
  ): number => {
    const { truth, given } = checkLabelPair("accuracyScore", yTrue, yPred);
    const weights = weightsOf("accuracyScore", sampleWeight, truth.length);
    let [right, all] = [0, 0];
    for (let i = 0; i < truth.length; i++) {
      const weight = weights[i] as number;
      all += weight;
      if (truth[i] === given[i]) right += weight;
    }
    return right / all;
  },
);

/** Result of `confusionMatrix`. */
export interface ConfusionMatrix<L extends Label = number> {
  /** `[classes]`: the classes of the rows and columns. */
  readonly labels: readonly L[];
  /** `[classes][classes]`: number of samples, or their share, of the row's class for which the column's was predicted. */
  readonly matrix: readonly (readonly number[])[];
}

/** Options of `confusionMatrix`. */
export interface ConfusionOptions<L extends Label = number> extends Weighted {
  /** The classes, in order; samples of others are ignored. Default all classes, sorted. */
  readonly labels?: readonly L[];
  /** Shares of the samples of a class ("true"), of those with the same prediction ("pred") or of all. Default numbers. */
  readonly normalize?: "true" | "pred" | "all";
}

/**
 * How often each class was predicted for each class.
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "wgrad/ml";
 * console.log(confusionMatrix([0, 0, 1, 1], [0, 1, 1, 1]).matrix); // [[1, 1], [0, 2]]
 * ```
 */
export const confusionMatrix = /* @__PURE__ */ checked(
  "confusionMatrix",
  {
    ...labelPairKinds,
    options: options<ConfusionOptions>({
      labels: list(labelKind),
      normalize: oneOf("true", "pred", "all"),
      sampleWeight: numbers,
    }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    { labels, normalize, sampleWeight }: ConfusionOptions<LabelKind<L>> = {},
  ): ConfusionMatrix<LabelKind<L>> => {
    const who = "confusionMatrix";
    const pair = checkLabelPair<LabelKind<L>>(who, yTrue, yPred);
    const [truth, given] = [valuesOf(pair.truth), valuesOf(pair.given)];
    const weights = weightsOf(who, sampleWeight, truth.length);
    const classes = labels ?? distinct(truth, given);
    const position = positionsOf(who, classes);
    const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
    truth.forEach((label, i) => {
      const row = matrix[position.get(label) ?? -1];
      const column = position.get(given[i] as LabelKind<L>);
      if (row && column !== undefined) row[column] = (row[column] ?? 0) + (weights[i] as number);
    });
    return { labels: classes, matrix: shares(matrix, normalize) };
  },
);

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Numbers of samples divided by the sum of their row, of their column or of all; 0 where that is 0. */
function shares(
  matrix: readonly (readonly number[])[],
  of: ConfusionOptions["normalize"],
): readonly (readonly number[])[] {
  if (of === undefined) return matrix;
  const all = sum(matrix.map(sum));
  const columns = matrix.map((_, c) => sum(matrix.map((row) => row[c] as number)));
  return matrix.map((row) =>
    row.map(
      (n, c) => n / (of === "all" ? all : of === "true" ? sum(row) : (columns[c] as number)) || 0,
    ),
  );
}

/** Index of each class in a list. Throws `ValueError` for duplicates, and for an empty list. */
export function positionsOf<L extends Label>(who: string, classes: readonly L[]): Map<L, number> {
  const position = new Map(classes.map((label, c) => [label, c]));
  if (position.size === classes.length && classes.length > 0) return position;
  throw new ValueError(
    `${who}: expected labels that differ, got ${named(classes) || "none"}; name each class once`,
  );
}
