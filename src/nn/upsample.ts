import { checkArguments, signature } from "../core/signature.ts";
import { type InterpolateOptions, interpolate, interpolateKind } from "../ops/image/interpolate.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module/module.ts";

/** x [N, C, H, W] resized to a size or by a factor: `new Upsample({ scaleFactor: 2, mode: "bilinear" })`. */
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
