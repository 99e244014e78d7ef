import { ValueError } from "../core/errors.ts";
import type { Kind } from "../core/kinds.ts";
import { type CallSignature, describe, options, signature } from "../core/signature.ts";
import { labels, labelValues, samples, weightKinds } from "./kinds.ts";
import {
  checkLabels,
  distinct,
  type IndexedLabels,
  type Label,
  type LabelInput,
  type LabelList,
  type LabelValues,
  named,
  readLabelList,
  valuesOf,
} from "./labels.ts";
import type { FitWeights } from "./sample_weight.ts";

/** Options of a classifier's `partialFit` besides a part of the samples and their labels. */
export interface PartialFitOptions<L extends Label, Model> extends FitWeights {
  /** All labels that will occur: required for the first part, which need not contain all of them. */
  readonly classes?: LabelValues<L> | undefined;
  /** The model from the previous parts, which is not changed. Default: this is the first part. */
  readonly model?: Model | undefined;
}

/** The arguments of `partialFit(X, y, { classes, model, sampleWeight, signal })`. */
export const partialFitSignature = (
  estimator: string,
  isModel: (value: unknown) => boolean,
): CallSignature =>
  signature(`${estimator}.partialFit`, {
    X: samples,
    y: labels,
    options: options<PartialFitOptions<Label, unknown>>({
      ...weightKinds,
      classes: labelValues,
      model: modelKind(estimator, isModel),
    }),
  });

/** A model returned by an earlier call of `partialFit` or `fit`. */
export const modelKind = (estimator: string, isModel: (value: unknown) => boolean): Kind => ({
  expected: `a fitted ${estimator}`,
  advice: "pass what the last part gave",
  accepts: isModel,
});

/**
 * Labels of a part of the samples, as indices into those of all parts. Throws `ValueError` for the first part without
 * `classes`, for other classes than before, and for labels that are not among them.
 */
export async function readPartLabels<L extends Label>(
  who: string,
  y: LabelInput,
  n: number,
  {
    classes,
    model,
  }: {
    readonly classes?: LabelValues<L> | undefined;
    readonly model?: { readonly classes: LabelList<L> } | undefined;
  },
): Promise<IndexedLabels<L>> {
  const known = classesOf<L>(who, classes, model && valuesOf<L>(model.classes));
  const list = valuesOf<L>(await readLabelList<L>(who, y, n, known[0]));
  const position = new Map(known.map((label, c) => [label, c]));
  const strange = list.findIndex((label) => !position.has(label));
  if (strange < 0)
    return { classes: known, index: Uint32Array.from(list, (l) => position.get(l) ?? 0) };
  throw new ValueError(
    `${who}: expected labels among ${named(known)}, got y[${strange}] = ${describe(list[strange])}; ` +
      "name all labels as classes when the first part is fitted",
  );
}

function classesOf<L extends Label>(
  who: string,
  given: LabelValues<L> | undefined,
  before: readonly L[] | undefined,
): readonly L[] {
  if (given === undefined) {
    if (before) return before;
    throw new ValueError(
      `${who}: expected classes for the first part, got none; list all labels that will occur, or pass the model so far`,
    );
  }
  const all = distinct<L>(valuesOf(checkLabels<L>(who, given, { name: "classes" })));
  if (before && (all.length !== before.length || all.some((label, c) => label !== before[c]))) {
    throw new ValueError(
      `${who}: expected the classes so far, ${named(before)}, got ${named(all)}; leave them out after the first part`,
    );
  }
  if (all.length >= 2) return all;
  throw new ValueError(
    `${who}: expected at least 2 classes, got ${named(all)}; list all labels that will occur`,
  );
}
