import { ValueError } from "../../core/errors.ts";
import { list, numbers } from "../../core/kinds.ts";
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

/** Options of metrics whose samples may count differently. */
export interface Weighted {
  /** [samples], ≥ 0: how much each sample counts. Default 1 for all. */
  readonly sampleWeight?: Numbers | undefined;
}

/** Share of samples, by weight, whose label was predicted. */
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

/** What `confusionMatrix` counts. */
export interface ConfusionMatrix<L extends Label = number> {
  /** `[classes]`: what the rows and columns stand for. */
  readonly labels: readonly L[];
  /** `[classes][classes]`: how many samples of the row's class were given the column's. */
  readonly matrix: readonly (readonly number[])[];
}

/** Options of `confusionMatrix`. */
export interface ConfusionOptions<L extends Label = number> extends Weighted {
  /** The classes, in the order wanted; samples of others are left out. Default all there are, sorted. */
  readonly labels?: readonly L[];
}

/** How often each class was taken for each. */
export const confusionMatrix = /* @__PURE__ */ checked(
  "confusionMatrix",
  {
    ...labelPairKinds,
    options: options<ConfusionOptions>({ labels: list(labelKind), sampleWeight: numbers }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yPred: LabelValues<L>,
    { labels, sampleWeight }: ConfusionOptions<LabelKind<L>> = {},
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
    return { labels: classes, matrix };
  },
);

/** Where each class is in a list. Throws `ValueError` for one named twice, and for none. */
export function positionsOf<L extends Label>(who: string, classes: readonly L[]): Map<L, number> {
  const position = new Map(classes.map((label, c) => [label, c]));
  if (position.size === classes.length && classes.length > 0) return position;
  throw new ValueError(
    `${who}: expected labels that differ, got ${named(classes) || "none"}; name each class once`,
  );
}
