import { ShapeError, ValueError } from "../core/errors.ts";
import { finite, integer, numbers, required } from "../core/kinds.ts";
import { show } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { oneHot } from "../kernels/index/one_hot.ts";
import { mul, sub } from "../ops/elementwise/elementwise.ts";
import { tensor } from "../tensor/create.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ClassLossOptions } from "./class_rows.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { IGNORED, type Labels, labelRows, labelsKind } from "./labels.ts";
import { checkNumber, reductionKind } from "./reduction.ts";

/** Options of `ldamLoss` and `LDAMLoss`. */
export interface LdamOptions extends ClassLossOptions {
  /** n of every class, [C], each at least 1: number of training samples of the class. */
  readonly samplesPerClass: ArrayLike<number>;
  /** Margin of the rarest class, ≥ 0. Default 0.5. */
  readonly maxMargin?: number;
  /** s > 0: factor of the logits after margins are subtracted. Default 30. */
  readonly scale?: number;
}

export const ldamOptions = /* @__PURE__ */ options<LdamOptions>({
  ...{ samplesPerClass: /* @__PURE__ */ required(numbers), maxMargin: finite, scale: finite },
  ...{ weight: tensorKind, ignoreIndex: integer, reduction: reductionKind },
});

const WHO = "ldamLoss";

/** Δ = maxMargin · (minimum of n / n)^¼ for each class. */
function marginsOf(samplesPerClass: ArrayLike<number>, maxMargin: number): number[] {
  const counts = Array.from(samplesPerClass);
  const odd = counts.find((n) => !(n >= 1 && Number.isFinite(n)));
  if (odd !== undefined) {
    throw new ValueError(
      `${WHO}: expected 1 sample at least of each class, got ${odd}; leave such classes out`,
    );
  }
  const least = counts.reduce((a, b) => Math.min(a, b), Infinity);
  return counts.map((n) => maxMargin * (least / n) ** 0.25);
}

/**
 * Label-distribution-aware margins (K. Cao et al., "Learning imbalanced datasets with label-distribution-aware margin
 * loss", 2019): cross-entropy of s·(x − Δ[t]) at the label t and s·x elsewhere, of logits x [N, C] and class labels [N],
 * with Δ ∝ n^(−¼), so that rare classes have larger margins. The paper's logits are cosines in [−1, 1], of normalised
 * features and weights; with other logits take a smaller `scale`. `weight` and the mean are as those of `crossEntropy`.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range or other numbers.
 */
export const ldamLoss = /* @__PURE__ */ checked(
  WHO,
  { logits: tensorKind, labels: labelsKind, options: /* @__PURE__ */ required(ldamOptions) },
  (logits: Tensor, labels: Labels, given: LdamOptions): Tensor => {
    const { samplesPerClass, maxMargin = 0.5, scale = 30, ...rest } = given;
    checkNumber(WHO, "maxMargin", maxMargin, maxMargin >= 0, "≥ 0");
    checkNumber(WHO, "scale", scale, scale > 0, "> 0");
    const margins = marginsOf(samplesPerClass, maxMargin);
    const [n = 0, classes = 0] = logits.shape;
    if (logits.shape.length !== 2 || classes !== margins.length) {
      throw new ShapeError(
        `${WHO}: expected logits [N, C] with a number of samples for each of C classes, got ${show(logits.shape)} and ` +
          `${margins.length} numbers; count the labels with bincount`,
      );
    }
    const expected = { shape: [n], classes, ignoreIndex: rest.ignoreIndex ?? IGNORED };
    using known = labelRows(WHO, logits, labels, expected).labels;
    using hot = run(oneHot, { labels: known }, { classes }).y;
    using table = tensor(margins, { engine: logits.engine });
    using taken = mul(hot, table);
    using apart = sub(logits, taken);
    using scaled = mul(apart, scale);
    return crossEntropy(scaled, labels, rest);
  },
);
