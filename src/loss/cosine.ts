import { differentiable } from "../autograd/node.ts";
import { ShapeError } from "../core/errors.ts";
import { finite, integer } from "../core/kinds.ts";
import { sameShape, show } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { cosine } from "../kernels/loss/cosine.ts";
import { cosineGrad } from "../kernels/loss/cosine_grad.ts";
import type { CosineRowsOptions } from "../kernels/loss/cosine_rows.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type MarginOptions, marginOptions } from "./margin.ts";
import { lossOfElements } from "./pointwise.ts";
import { checkNumber } from "./reduction.ts";

function cosines(who: string, a: Tensor, b: Tensor, options: CosineRowsOptions): Tensor {
  const { y } = run(cosine, { a, b }, options);
  return differentiable(who, { a, b }, y, { a, b }, (dy, saved, grads) => {
    const into = { da: grads.a?.into, db: grads.b?.into };
    const { da, db } = run(cosineGrad, { ...saved, dy }, options, into);
    for (const [slot, gradient] of [
      [grads.a, da],
      [grads.b, db],
    ] as const) {
      if (slot) slot.add(gradient);
      else gradient.dispose();
    }
  });
}

/** Options of `cosineSimilarity`. */
export interface CosineSimilarityOptions {
  /** Axis of the vectors; negative ones count from the end. Default 1. */
  readonly axis?: number;
  /** Minimum length of a vector. Default 1e-8. */
  readonly eps?: number;
}

export const cosineSimilarityOptions = /* @__PURE__ */ options<CosineSimilarityOptions>({
  axis: integer,
  eps: finite,
});

/**
 * Cosine of the angle between vectors of a and b of one shape, a·b / (max(‖a‖, eps)·max(‖b‖, eps)) along an axis, which the
 * result does not have; at most 1 for vectors of any length; `torch.nn.functional.cosine_similarity`. Both have gradients.
 * Throws `ShapeError` for shapes that differ or are empty, `ValueError` unless eps > 0.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { cosineSimilarity } from "wgrad/loss";
 * const [a, b] = [tensor([[1, 0], [1, 1]]), tensor([[2, 0], [-1, 1]])];
 * console.log(await cosineSimilarity(a, b).read()); // [1, 0]
 * ```
 */
export const cosineSimilarity = /* @__PURE__ */ checked(
  "cosineSimilarity",
  { a: tensorKind, b: tensorKind, options: cosineSimilarityOptions },
  (a: Tensor, b: Tensor, { axis = 1, eps = 1e-8 }: CosineSimilarityOptions = {}): Tensor => {
    checkNumber("cosineSimilarity", "eps", eps, eps > 0, "> 0");
    return cosines("cosineSimilarity", a, b, { axis, eps, length: "clamped" });
  },
);

/**
 * 1 − cos where t = 1, max(0, cos − margin) where t = −1, for pairs of vectors [N, D], or [D], and targets [N], or [], as
 * `torch.nn.functional.cosine_embedding_loss` with its lengths √(‖x‖² + 1e-12). Both vectors have gradients. The default
 * margin is 0. Throws `ShapeError` for shapes that do not fit or are empty, `ValueError` for a margin that is not finite.
 */
export const cosineEmbeddingLoss = /* @__PURE__ */ checked(
  "cosineEmbeddingLoss",
  { input1: tensorKind, input2: tensorKind, target: tensorKind, options: marginOptions },
  cosineEmbedding,
);

function cosineEmbedding(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, ...rest }: MarginOptions = {},
): Tensor {
  const who = "cosineEmbeddingLoss";
  if (!sameShape(target.shape, input1.shape.slice(0, -1))) {
    throw new ShapeError(
      `${who}: expected a target ${show(input1.shape.slice(0, -1))} for ${show(input1.shape)}, got ${show(target.shape)}; ` +
        "give one number per pair",
    );
  }
  using x = cosines(who, input1, input2, { eps: 1e-12, length: "padded" });
  return lossOfElements(who, { x, t: target }, { ...rest, loss: "cosine_embedding", a: margin });
}
