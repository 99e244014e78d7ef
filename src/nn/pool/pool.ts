import { boolean, count, number } from "../../core/kinds.ts";
import { checkArguments, options as optionsKind, signature } from "../../core/signature.ts";
import type { AdaptiveSize } from "../../kernels/pool/adaptive.ts";
import type { AvgPoolOptions, MaxPoolOptions } from "../../kernels/pool/geometry.ts";
import type { LpPoolOptions } from "../../kernels/pool/lp.ts";
import { padding } from "../../ops/kinds.ts";
import { adaptiveAvgPool2d, adaptiveMaxPool2d, lpPool2d } from "../../ops/pool/adaptive_pool.ts";
import { avgPool2d, globalAvgPool2d, maxPool2d } from "../../ops/pool/pool.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { adaptiveSizes, sizes } from "../kinds.ts";
import { Module } from "../module/module.ts";

/** Options of a layer whose kernel size is a separate argument. */
type Rest<Options> = Omit<Options, "kernelSize">;

const windowKinds = { stride: sizes, padding, ceilMode: boolean };

/**
 * Maximum of every window.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const x = zeros([1, 3, 32, 32]);
 * console.log(new nn.MaxPool2d(2).forward(x).shape); // [1, 3, 16, 16]
 * console.log(new nn.MaxPool2d(3, { stride: 2, padding: 1 }).forward(x).shape); // [1, 3, 16, 16]
 * ```
 */
export class MaxPool2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("MaxPool2d", {
    kernelSize: sizes,
    options: /* @__PURE__ */ optionsKind<Rest<MaxPoolOptions>>({ ...windowKinds, dilation: sizes }),
  });
  readonly #options: MaxPoolOptions;

  constructor(kernelSize: MaxPoolOptions["kernelSize"], options: Rest<MaxPoolOptions> = {}) {
    super();
    checkArguments(MaxPool2d.signature, arguments);
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return maxPool2d(x, this.#options);
  }
}

/** Mean of every window. */
export class AvgPool2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("AvgPool2d", {
    kernelSize: sizes,
    options: /* @__PURE__ */ optionsKind<Rest<AvgPoolOptions>>({
      ...windowKinds,
      ...{ countIncludePad: boolean, divisorOverride: count },
    }),
  });
  readonly #options: AvgPoolOptions;

  constructor(kernelSize: AvgPoolOptions["kernelSize"], options: Rest<AvgPoolOptions> = {}) {
    super();
    checkArguments(AvgPool2d.signature, arguments);
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return avgPool2d(x, this.#options);
  }
}

/** (Σ xᵖ)^(1/p) over every window, p = normType. */
export class LPPool2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("LPPool2d", {
    normType: number,
    kernelSize: sizes,
    options: /* @__PURE__ */ optionsKind<Omit<Rest<LpPoolOptions>, "normType">>({
      ...{ stride: sizes, ceilMode: boolean },
    }),
  });
  readonly #options: LpPoolOptions;

  constructor(
    normType: number,
    kernelSize: LpPoolOptions["kernelSize"],
    options: Omit<Rest<LpPoolOptions>, "normType"> = {},
  ) {
    super();
    checkArguments(LPPool2d.signature, arguments);
    this.#options = { normType, kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return lpPool2d(x, this.#options);
  }
}

/** Mean of every plane: [N, C, H, W] → [N, C, 1, 1]; torch.nn.AdaptiveAvgPool2d(1). */
export class GlobalAvgPool2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("GlobalAvgPool2d", {});

  constructor() {
    super();
    checkArguments(GlobalAvgPool2d.signature, arguments);
  }

  override forward(x: Tensor): Tensor {
    return globalAvgPool2d(x);
  }
}

/**
 * Mean over windows spread evenly over the image: [N, C, H, W] to [N, C, ...outputSize]; null keeps an axis's size.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * console.log(new nn.AdaptiveAvgPool2d([7, 7]).forward(zeros([1, 3, 32, 40])).shape); // [1, 3, 7, 7]
 * ```
 */
export class AdaptiveAvgPool2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("AdaptiveAvgPool2d", {
    outputSize: adaptiveSizes,
  });
  readonly #outputSize: AdaptiveSize;

  constructor(outputSize: AdaptiveSize) {
    super();
    checkArguments(AdaptiveAvgPool2d.signature, arguments);
    this.#outputSize = outputSize;
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.#outputSize);
  }
}

/** Maximum of each window, with the windows of `AdaptiveAvgPool2d`. */
export class AdaptiveMaxPool2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("AdaptiveMaxPool2d", {
    outputSize: adaptiveSizes,
  });
  readonly #outputSize: AdaptiveSize;

  constructor(outputSize: AdaptiveSize) {
    super();
    checkArguments(AdaptiveMaxPool2d.signature, arguments);
    this.#outputSize = outputSize;
  }

  override forward(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.#outputSize);
  }
}
