import { ShapeError } from "../core/errors.ts";
import { count } from "../core/kinds.ts";
import { show } from "../core/shape.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { reshape } from "../ops/shape/reshape.ts";
import { permute } from "../ops/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module/module.ts";

/**
 * [N, C·r², H, W] to [N, C, H·r, W·r], r = upscaleFactor: channels become pixels (Shi et al. 2016).
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * console.log(new nn.PixelShuffle(2).forward(zeros([1, 12, 8, 8])).shape); // [1, 3, 16, 16]
 * ```
 */
export class PixelShuffle extends Module {
  static override readonly signature = /* @__PURE__ */ signature("PixelShuffle", {
    upscaleFactor: count,
  });
  readonly #factor: number;

  constructor(upscaleFactor: number) {
    super();
    checkArguments(PixelShuffle.signature, arguments);
    this.#factor = upscaleFactor;
  }

  override forward(x: Tensor): Tensor {
    const r = this.#factor;
    const [n = 0, c = 0, h = 0, w = 0] = x.shape;
    if (x.shape.length !== 4 || c % r ** 2 !== 0) {
      throw new ShapeError(
        `PixelShuffle: expected x [N, C, H, W] with C a multiple of ${r ** 2}, got ${show(x.shape, "x")}; ` +
          "change the channels before it",
      );
    }
    using parts = reshape(x, [n, c / r ** 2, r, r, h, w]);
    using ordered = permute(parts, [0, 1, 4, 2, 5, 3]);
    return reshape(ordered, [n, c / r ** 2, h * r, w * r]);
  }
}

/** [N, C, H·r, W·r] to [N, C·r², H, W], r = downscaleFactor: undoes `PixelShuffle`. */
export class PixelUnshuffle extends Module {
  static override readonly signature = /* @__PURE__ */ signature("PixelUnshuffle", {
    downscaleFactor: count,
  });
  readonly #factor: number;

  constructor(downscaleFactor: number) {
    super();
    checkArguments(PixelUnshuffle.signature, arguments);
    this.#factor = downscaleFactor;
  }

  override forward(x: Tensor): Tensor {
    const r = this.#factor;
    const [n = 0, c = 0, h = 0, w = 0] = x.shape;
    if (x.shape.length !== 4 || h % r !== 0 || w % r !== 0) {
      throw new ShapeError(
        `PixelUnshuffle: expected x [N, C, H, W] with H and W multiples of ${r}, got ${show(x.shape, "x")}; crop it`,
      );
    }
    using parts = reshape(x, [n, c, h / r, r, w / r, r]);
    using ordered = permute(parts, [0, 1, 3, 5, 2, 4]);
    return reshape(ordered, [n, c * r ** 2, h / r, w / r]);
  }
}
