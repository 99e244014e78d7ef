import { ShapeError } from "../../core/errors.ts";
import { boolean, type Kind } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { checkArguments, type Signature, signature } from "../../core/signature.ts";
import type { FusedOptions, NormOptions } from "../../ops/norm/norm.ts";
import { ones, zeros } from "../../ops/shape/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Module, parameter } from "../module/module.ts";

/** Options of every norm. */
export interface NormLayerOptions {
  /** Added to the variance. Default 1e-5; of RMS norm 2⁻²³. */
  readonly eps?: number | undefined;
  /** Learn γ (from 1) and β (from 0; RMS norm has none). */
  readonly affine?: boolean | undefined;
}

const notNegative: Kind = {
  expected: "a number ≥ 0",
  accepts: (value) => typeof value === "number" && value >= 0,
};

/** Kinds of `NormLayerOptions`. */
export const normKinds = { eps: notNegative, affine: boolean };

/** A normalisation layer; what follows it, a residual and an activation, can run in its kernels. */
export abstract class Norm extends Module {
  static override readonly signature: Signature = /* @__PURE__ */ signature("Norm", {});

  constructor() {
    super();
    checkArguments(Norm.signature, arguments);
  }

  /** act(norm(x) + residual). */
  abstract override forward(x: Tensor, fused?: FusedOptions): Tensor;
}

/** γ and β of a norm, or neither. */
export abstract class AffineNorm extends Norm {
  readonly weight: Tensor | undefined;
  readonly bias: Tensor | undefined;
  readonly #eps: number;

  constructor(shape: Shape, { eps = 1e-5, affine = true }: NormLayerOptions) {
    super();
    this.#eps = eps;
    this.weight = affine ? parameter(ones(shape)) : undefined;
    this.bias = affine ? parameter(zeros(shape)) : undefined;
  }

  /** γ, β and ε, as the operation takes them. */
  protected options(): NormOptions {
    return { weight: this.weight, bias: this.bias, eps: this.#eps };
  }
}

/** Throws `ShapeError` for x of another rank. */
export function checkRank({ name }: Signature, x: Tensor, ranks: readonly number[]): void {
  if (ranks.includes(x?.shape?.length)) return;
  throw new ShapeError(
    `${name}: expected x of rank ${ranks.join(" or ")}, got ${x?.shape ? show(x.shape, "x") : x}; reshape it`,
  );
}
