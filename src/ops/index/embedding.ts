import { differentiable } from "../../autograd/node.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { count, integer, optional } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { gather } from "../../kernels/index/gather.ts";
import { oneHot as oneHotKernel } from "../../kernels/index/one_hot.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { filledOn } from "../shape/create.ts";
import { indexFor } from "./indexing.ts";
import { addAt, zerosIn } from "./scatter.ts";

/** Options of `embedding`. */
export interface EmbeddingOptions {
  /** Index of the padding row, which gets no gradient; negative ones count from the end. Default: none. */
  readonly paddingIdx?: number | undefined;
}

/** The padding index counted from 0; undefined if there is none. Throws `ValueError` if there is no such row. */
export function paddingRow(paddingIdx: number | undefined, rows: number): number | undefined {
  if (paddingIdx === undefined) return undefined;
  const row = paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  if (Number.isInteger(row) && row >= 0 && row < rows) return row;
  throw new ValueError(
    `embedding: expected paddingIdx in ${-rows}..${rows - 1} for ${rows} rows, got ${paddingIdx}; name a row of the weight`,
  );
}

/**
 * Rows of weight[rows, features] by indices (u32) of any shape: y[…, :] = weight[indices[…], :],
 * torch.nn.functional.embedding. The gradient of a row is the sum over its uses, in a fixed order. An index out of range is
 * refused if the host knows it; otherwise it gives NaN and no gradient. Throws `ShapeError`, `ValueError`.
 *
 * @example
 * ```ts
 * import { embedding, tensor } from "wgrad";
 * const weight = tensor([[0, 0], [1, 10], [2, 20]]);
 * const ids = tensor([2, 1, 2], { dtype: "u32" });
 * console.log(await embedding(ids, weight).read()); // [2, 20, 1, 10, 2, 20]
 * ```
 */
export const embedding = /* @__PURE__ */ checked(
  "embedding",
  {
    indices: tensorKind,
    weight: tensorKind,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<EmbeddingOptions>({ paddingIdx: integer }),
    ),
  },
  (indices: Tensor, weight: Tensor, { paddingIdx }: EmbeddingOptions = {}): Tensor => {
    const { shape } = weight;
    const [rows] = shape;
    if (rows === undefined || shape.length !== 2) {
      throw new ShapeError(
        `embedding: expected weight[rows, features], got ${show(shape, "weight")}; reshape it`,
      );
    }
    const skip = paddingRow(paddingIdx, rows);
    using index = indexFor("embedding", indices, rows);
    const options = { axis: 0, by: "rows" } as const;
    const { y } = run(gather, { x: weight, index }, options);
    return differentiable(
      "embedding",
      { weight },
      y,
      { index },
      (dy, saved, { weight: dweight }) => {
        if (!dweight) return;
        const total = zerosIn(dy.engine, shape, dweight.into);
        addAt(total, saved.index, dy, { ...options, skip });
        dweight.add(total);
      },
    );
  },
);

/**
 * 1 at the label of each row and 0 elsewhere (f32): labels[…] (u32) give y[…, classes]. A label out of range is refused if
 * the host knows it; otherwise its row is zeros. No gradient. Throws `ValueError`.
 *
 * @example
 * ```ts
 * import { oneHot, tensor } from "wgrad";
 * console.log(await oneHot(tensor(Uint32Array.of(2, 0)), 3).read()); // [0, 0, 1, 1, 0, 0]
 * ```
 */
export const oneHot = /* @__PURE__ */ checked(
  "oneHot",
  { labels: tensorKind, classes: count },
  (labels: Tensor, classes: number): Tensor => {
    using index = indexFor("oneHot", labels, classes);
    const { y } = run(oneHotKernel, { labels: index }, { classes });
    y.name = "oneHot";
    return y;
  },
);

/** Options of `bincount`. */
export interface BincountOptions {
  /** Weight of each label, in the labels' shape. Default 1. */
  readonly weights?: Tensor | undefined;
}

/**
 * How often each of 0 … bins − 1 occurs among labels (u32), or the sum of their weights, as f32 (counts are exact up to
 * 2²⁴): torch.bincount for a known number of bins. A label out of range is refused if the host knows it, and ignored
 * otherwise. No gradient. Throws `ShapeError`, `ValueError`.
 */
export const bincount = /* @__PURE__ */ checked(
  "bincount",
  {
    labels: tensorKind,
    bins: count,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<BincountOptions>({ weights: tensorKind }),
    ),
  },
  (labels: Tensor, bins: number, { weights }: BincountOptions = {}): Tensor => {
    if (weights && weights.size !== labels.size) {
      throw new ShapeError(
        `bincount: expected a weight for each of ${show(labels.shape, "labels")}, got ${show(weights.shape, "weights")}; give one weight per label`,
      );
    }
    using index = indexFor("bincount", labels, bins);
    const counts = zerosIn(labels.engine, [bins]);
    counts.name = "bincount";
    const src = weights ? weights.detach() : filledOn(labels.engine, labels.shape, 1);
    addAt(counts, index, src, { axis: 0, by: "rows" });
    src.dispose();
    return counts;
  },
);
