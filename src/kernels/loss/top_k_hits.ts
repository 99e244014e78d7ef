import shader from "#shaders/loss/top_k_hits.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { sameShape, show } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { rowPlan, rowsAlong } from "../softmax/rows.ts";
import { forEachClassRow, labelsFor } from "./class_rows.ts";
import { type IgnoreOption, ignoreParams, labelShape } from "./labels.ts";

export interface TopKHitsOptions extends IgnoreOption, Coarse {
  /** Number of largest logits that count, 1..C. Default 1. */
  readonly k?: number;
}

const WHO = "loss/top_k_hits";

/**
 * Whether the u32 label [N, d…] of every row of logits [N, C, d…] is among its k largest: 1 or 0, as f32. Of equal logits
 * the one of the earlier class counts as larger, and NaN as the largest, so that k = 1 tests whether the label is the
 * `argmax`. Ignored rows give 0, a label out of range gives NaN. Throws `ShapeError` for shapes that do not fit or an empty
 * batch, `ValueError` for a k outside 1..C or an `ignoreIndex` that is not a u32.
 */
export const topKHits = kernel(shader, ({ logits, labels }, options: TopKHitsOptions) => {
  const { k = 1 } = options;
  const hits = labelShape(WHO, logits);
  if (!sameShape(labels, hits)) {
    throw new ShapeError(
      `${WHO}: expected labels ${show(hits)} for logits ${show(logits)}, got ${show(labels)}; axis 1 holds the classes`,
    );
  }
  const classes = logits[1] as number;
  if (!Number.isInteger(k) || k < 1 || k > classes) {
    throw new ValueError(
      `${WHO}: expected k in 1..${classes}, got ${k}; there are ${classes} classes`,
    );
  }
  const { params, ...rest } = rowPlan(rowsAlong(WHO, logits, { axis: 1 }), options);
  return {
    outputs: { hits },
    params: { ...params, k, ...ignoreParams(WHO, options) },
    ...rest,
    flops: logits.reduce((a, b) => a * b, 1),
  };
});

export const kinds = () => ({ k: number, ignoreIndex: number, coarse: boolean });

export const reference: Reference<typeof topKHits> = ({ logits, labels }, options) => {
  const { k = 1 } = options;
  const hits = new Float64Array(labels.data.length);
  forEachClassRow({ labels }, logits.shape, options, ({ row, at, label, ignored }) => {
    if (ignored) return;
    const order = at
      .map((i, c) => ({ c, value: logits.data[i] as number }))
      .sort((a, b) => {
        const [x, y] = [Number.isNaN(a.value), Number.isNaN(b.value)];
        if (x || y) return Number(y) - Number(x) || a.c - b.c;
        return a.value === b.value ? a.c - b.c : b.value > a.value ? 1 : -1;
      });
    hits[row] = label >= at.length ? NaN : order.slice(0, k).some(({ c }) => c === label) ? 1 : 0;
  });
  return { hits };
};

const plain = (
  name: string,
  logits: readonly number[],
  options: TopKHitsOptions = {},
): Case<typeof topKHits> => ({ name, inputs: { logits, labels: labelsFor(logits) }, options });
const rows = (...lines: number[][]) => ({
  shape: [lines.length, lines[0]?.length ?? 0],
  fill: (i: number) => lines.flat()[i] as number,
});
const each = (...labels: number[]) => ({
  shape: [labels.length],
  fill: (i: number) => labels[i] as number,
});

export const cases: Case<typeof topKHits>[] = [
  plain("one class, one row", [1, 1]),
  plain("10 classes, a lane a row", [67, 10]),
  plain("coarse: a lane a row of 33", [130, 33], { k: 5, coarse: true }),
  plain("17 classes, k 5", [9, 17], { k: 5 }),
  plain("257 classes, k 100", [7, 257], { k: 100 }),
  plain("a class map, k 2", [2, 6, 3, 5], { k: 2 }),
  plain("k of all classes", [5, 4], { k: 4 }),
  {
    name: "of equal logits the earlier class is the greater, −0 and 0 are equal",
    inputs: {
      logits: rows([1, 1, 1], [1, 1, 1], [1, 1, 1], [-0, 0, -1], [0, -0, -1]),
      labels: each(0, 1, 2, 1, 0),
    },
    options: { k: 2 },
  },
  {
    name: "ignored rows, an ignored class",
    inputs: { logits: [40, 4], labels: labelsFor([40, 4], 0xffffff9c, 3) },
    options: { k: 2, ignoreIndex: 0xffffff9c },
  },
  {
    name: "labels that are no class, by one and by far",
    inputs: {
      logits: [9, 20],
      labels: { shape: [9], fill: (i) => [20, 0xffffffff, 19][i % 3] ?? 0 },
    },
    options: { k: 3 },
  },
  {
    name: "safety: NaN is the greatest, infinities order",
    inputs: {
      logits: rows([NaN, 1, Infinity], [1, NaN, NaN], [-Infinity, -Infinity, -1], [3e38, 1, NaN]),
      labels: each(2, 1, 1, 0),
    },
    options: {},
  },
];
