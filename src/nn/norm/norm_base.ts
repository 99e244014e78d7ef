import { ShapeError } from "../../core/errors.ts";
import { boolean, type Kind } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { type CallSignature, checkArguments, signature } from "../../core/signature.ts";
import type { FusedOptions, NormOptions } from "../../ops/norm/norm.ts";
import { ones, zeros } from "../../ops/shape/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { parameter } from "../module/parameter.ts";

/** Options of every norm. */
export interface NormLayerOptions {
  /** Added to the variance. Default 1e-5; 2⁻²³ for RMS norm. */
  readonly eps?: number | undefined;
  /** Whether γ (initially 1) and β (initially 0; not in RMS norm) are learned. */
  readonly affine?: boolean | undefined;
}

const notNegative: Kind = {
  expected: "a number ≥ 0",
  accepts: (value) => typeof value === "number" && value >= 0,
};

/** Kinds of the options in `NormLayerOptions`. */
export const normKinds = { eps: notNegative, affine: boolean };

/** A normalisation layer; a following residual addition and activation can run in its kernels. */
export abstract class Norm extends Module {
  static override readonly signature: CallSignature = /* @__PURE__ */ signature("Norm", {});

  constructor() {
    super();
    checkArguments(Norm.signature, arguments);
  }

  /** act(norm(x) + residual). */
  abstract override forward(x: Tensor, fused?: FusedOptions): Tensor;
}

/** A norm that may have γ and β. */
export abstract class AffineNorm extends Norm {
  readonly weight: Tensor | undefined;
  readonly bias: Tensor | undefined;
  readonly #eps: number;

  constructor(shape: Shape, { eps = 1e-5, affine = true }: NormLayerOptions) {
    super();
    this.#eps = eps;
    this.weight = affine ? made(this, () => parameter(ones(shape))) : undefined;
    this.bias = affine ? parameter(zeros(shape)) : undefined;
  }

  /** γ, β and ε, as the operation takes them. */
  protected options(): NormOptions {
    return { weight: this.weight, bias: this.bias, eps: this.#eps };
  }
}

/** Throws `ShapeError` for x of a wrong rank, and of other `channels`. */
export function checkRank(
  { name }: CallSignature,
  x: Tensor,
  ranks: readonly number[],
  channels = x?.shape?.[1],
): void {
  if (ranks.includes(x?.shape?.length)) {
    if (x.shape[1] === channels) return;
    throw new ShapeError(
      `${name}: expected x [N, ${channels}, …], got ${show(x.shape, "x")}; change the layer`,
    );
  }
  throw new ShapeError(
    `${name}: expected x of rank ${ranks.join(" or ")}, got ${x?.shape ? show(x.shape, "x") : x}; reshape it`,
  );
}
