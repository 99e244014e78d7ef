import { checkArguments, signature } from "../core/signature.ts";
import { type InterpolateOptions, interpolate, interpolateKind } from "../ops/image/interpolate.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module/module.ts";

/**
 * x [N, C, H, W] resized to a size or by a factor: `new Upsample({ scaleFactor: 2, mode: "bilinear" })`.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const up = new nn.Upsample({ scaleFactor: 2, mode: "bilinear" });
 * console.log(up.forward(zeros([1, 3, 8, 8])).shape); // [1, 3, 16, 16]
 * ```
 */
export class Upsample extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Upsample", {
    options: interpolateKind,
  });
  readonly #options: InterpolateOptions;

  constructor(options: InterpolateOptions = {}) {
    super();
    checkArguments(Upsample.signature, arguments);
    this.#options = options;
  }

  override forward(x: Tensor): Tensor {
    return interpolate(x, this.#options);
  }
}
