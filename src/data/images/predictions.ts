import { noGrad } from "../../autograd/mode.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { count, list, string } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { softmax } from "../../ops/activation/softmax.ts";
import { topk } from "../../ops/index/sort.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Options of `predictions`. */
export interface PredictionsOptions<Label extends string = string> {
  /** Number of classes per row, the most probable first. Default 5, or all if there are fewer. */
  readonly k?: number;
  /** Names of all classes, in order. Default: the index as a string. */
  readonly labels?: readonly Label[];
}

/** A class and its probability. */
export interface Prediction<Label extends string = string> {
  /** Index of the class among the logits. */
  readonly index: number;
  /** Name of the class in `labels`, or the index as a string. */
  readonly label: Label;
  /** Probability of the class in 0..1, from the softmax of the row of logits. */
  readonly probability: number;
}

/**
 * The k most probable classes of every row of logits [n, classes], or [classes] for one row, the most probable first, equal
 * ones by index. Rejects with `ShapeError` for other shapes, `ValueError` unless 1 ≤ k ≤ classes, unless there is a label
 * for each class, and for NaN or +∞ among the logits.
 */
export const predictions = /* @__PURE__ */ checkedAsync(
  "predictions",
  {
    logits: tensorKind,
    options: /* @__PURE__ */ options<PredictionsOptions>({ k: count, labels: list(string) }),
  },
  likeliest,
);

async function likeliest<Label extends string = string>(
  logits: Tensor,
  { k, labels }: PredictionsOptions<Label> = {},
): Promise<Prediction<Label>[][]> {
  const classes = logits.shape.at(-1) ?? 0;
  if (logits.size === 0 || logits.shape.length > 2 || logits.shape.length < 1) {
    throw new ShapeError(
      `predictions: expected logits [n, classes] or [classes] with at least one element, got ${show(logits.shape)}; ` +
        "pass what the network gives for a batch",
    );
  }
  if (labels && labels.length !== classes) {
    throw new ValueError(
      `predictions: expected ${classes} labels, one a class, got ${labels.length}; pass the labels of this network`,
    );
  }
  const many = k ?? Math.min(5, classes);
  const found = scope(() => noGrad(() => topk(softmax(logits), many)));
  const [values, indices] = await Promise.all([found.values.read(), found.indices.read()]);
  found.values.dispose();
  found.indices.dispose();
  if (values.some(Number.isNaN)) {
    throw new ValueError(
      "predictions: expected logits below infinity, got NaN or ∞; pass numbers, for example logits of an eval() network",
    );
  }
  const each = Array.from(indices, (index, at) => ({
    index,
    label: (labels?.[index] ?? `${index}`) as Label,
    probability: values[at] as number,
  }));
  return Array.from({ length: each.length / many }, (_, row) =>
    each.slice(row * many, (row + 1) * many),
  );
}
