import { differentiable } from "../autograd/node.ts";
import { ShapeError } from "../core/errors.ts";
import { boolean, finite } from "../core/kinds.ts";
import { show } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { batchHard } from "../kernels/loss/batch_hard.ts";
import { batchHardGrad } from "../kernels/loss/batch_hard_grad.ts";
import { triplet } from "../kernels/loss/triplet.ts";
import { tripletGrad } from "../kernels/loss/triplet_grad.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Labels, labelRows, labelsKind } from "./labels.ts";
import { type ReductionOption, reduced, reductionKind } from "./reduction.ts";

/** Options of `tripletMarginLoss`. */
export interface TripletMarginOptions extends ReductionOption {
  /** Margin by which the negative must be farther than the positive. Default 1. */
  readonly margin?: number;
  /** Order of the norm of the distances, ≥ 1. Default 2. */
  readonly p?: number;
  /** Added to every difference, so that distances of 0 have a gradient. Default 1e-6. */
  readonly eps?: number;
  /** Whether the distance of positive and negative is used if it is smaller than that of anchor and negative. Default false. */
  readonly swap?: boolean;
}

export const tripletMarginOptions = /* @__PURE__ */ options<TripletMarginOptions>({
  margin: finite,
  p: finite,
  eps: finite,
  swap: boolean,
  reduction: reductionKind,
});

/**
 * max(0, margin + ‖a − p‖ − ‖a − n‖) of anchors, positives and negatives [..., D] of one shape, as
 * `torch.nn.functional.triplet_margin_loss` (Balntas et al. 2016, for the swap). All three have gradients, computed by one
 * dispatch. Throws `ShapeError` for shapes that differ or are empty, `ValueError` for options outside their domain.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { tripletMarginLoss } from "wgrad/loss";
 * const [anchor, positive, negative] = [tensor([[0, 0]]), tensor([[1, 0]]), tensor([[0, 1.5]])];
 * console.log(await tripletMarginLoss(anchor, positive, negative, { margin: 1 }).item()); // 0.5
 * ```
 */
export const tripletMarginLoss = /* @__PURE__ */ checked(
  "tripletMarginLoss",
  {
    anchor: tensorKind,
    positive: tensorKind,
    negative: tensorKind,
    options: tripletMarginOptions,
  },
  tripletMargin,
);

function tripletMargin(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { reduction = "mean", ...options }: TripletMarginOptions = {},
): Tensor {
  const inputs = { a: anchor, b: positive, c: negative };
  const { loss } = run(triplet, inputs, options);
  const scale = reduction === "mean" ? 1 / loss.size : 1;
  const value = reduced(loss, reduction);
  return differentiable("tripletMarginLoss", inputs, value, inputs, (dy, saved, grads) => {
    const into = { da: grads.a?.into, db: grads.b?.into, dc: grads.c?.into };
    const made = run(tripletGrad, { ...saved, dy }, { ...options, scale }, into);
    for (const of of ["a", "b", "c"] as const) {
      const slot = grads[of];
      if (slot) slot.add(made[`d${of}`]);
      else made[`d${of}`].dispose();
    }
  });
}

/** Options of `batchHardTripletLoss`. */
export interface BatchHardTripletOptions extends ReductionOption {
  /** Margin by which the negative must be farther than the positive. Default 1. */
  readonly margin?: number;
  /** Whether ln(1 + e^(near − far)) replaces the hinge and its margin. Default false. */
  readonly soft?: boolean;
}

const batchHardOptions = /* @__PURE__ */ options<BatchHardTripletOptions>({
  margin: finite,
  soft: boolean,
  reduction: reductionKind,
});

/**
 * Triplet loss with the hardest triplets inside the batch ("batch hard"; Hermans, Beyer, Leibe, "In defense of the triplet
 * loss for person re-identification", 2017): every row of embeddings [N, D] is an anchor, its positive the farthest row
 * with the same label, its negative the nearest with another, by Euclidean distance. A row without a negative has a loss of
 * 0 and counts in the mean. Labels [N] are integers ≥ 0. Three dispatches with the gradient.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label that is not a u32.
 */
export const batchHardTripletLoss = /* @__PURE__ */ checked(
  "batchHardTripletLoss",
  { embeddings: tensorKind, labels: labelsKind, options: batchHardOptions },
  batchHardTriplet,
);

function batchHardTriplet(
  embeddings: Tensor,
  labels: Labels,
  { reduction = "mean", ...options }: BatchHardTripletOptions = {},
): Tensor {
  const who = "batchHardTripletLoss";
  if (embeddings.shape.length !== 2 || embeddings.size === 0) {
    throw new ShapeError(
      `${who}: expected embeddings [N, D] with at least one element, got ${show(embeddings.shape)}; reshape them, or skip empty batches`,
    );
  }
  const expected = { shape: embeddings.shape.slice(0, 1), classes: 2 ** 32 };
  using target = labelRows(who, embeddings, labels, expected).labels;
  const { loss, ...mined } = run(batchHard, { x: embeddings, labels: target }, options);
  const scale = reduction === "mean" ? 1 / loss.size : 1;
  const value = reduced(loss, reduction);
  const saved = { x: embeddings, ...mined };
  const result = differentiable(who, { embeddings }, value, saved, (dy, kept, grads) => {
    const into = { dx: grads.embeddings?.into };
    grads.embeddings?.add(run(batchHardGrad, { ...kept, dy }, { ...options, scale }, into).dx);
  });
  mined.hardest.dispose();
  mined.distances.dispose();
  return result;
}
