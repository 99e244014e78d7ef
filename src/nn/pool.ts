import type { AdaptiveLength, AdaptiveSize } from "../kernels/pool/adaptive.ts";
import type { LpPoolOptions } from "../kernels/pool/lp.ts";
import { adaptiveAvgPool2d, adaptiveMaxPool2d, lpPool2d } from "../ops/adaptive_pool.ts";
import { adaptiveAvgPool1d, avgPool1d, maxPool1d } from "../ops/pool1d.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module.ts";

/** Mean over windows that share the image out: [N, C, H, W] to [N, C, ...outputSize]; null keeps an axis. */
export class AdaptiveAvgPool2d extends Module {
  readonly #outputSize: AdaptiveSize;

  constructor(outputSize: AdaptiveSize) {
    super();
    this.#outputSize = outputSize;
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.#outputSize);
  }
}

/** Largest of each window, the windows as in `AdaptiveAvgPool2d`. */
export class AdaptiveMaxPool2d extends Module {
  readonly #outputSize: AdaptiveSize;

  constructor(outputSize: AdaptiveSize) {
    super();
    this.#outputSize = outputSize;
  }

  override forward(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.#outputSize);
  }
}

/** (Σ xᵖ)^(1/p) over every window, p = normType. */
export class LPPool2d extends Module {
  readonly #options: LpPoolOptions;

  constructor(
    normType: number,
    kernelSize: LpPoolOptions["kernelSize"],
    options: Omit<LpPoolOptions, "normType" | "kernelSize"> = {},
  ) {
    super();
    this.#options = { normType, kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return lpPool2d(x, this.#options);
  }
}

type MaxPool1dOptions = Parameters<typeof maxPool1d>[1];
type AvgPool1dOptions = Parameters<typeof avgPool1d>[1];

/** Largest of every window of [N, C, L]. */
export class MaxPool1d extends Module {
  readonly #options: MaxPool1dOptions;

  constructor(kernelSize: number, options: Omit<MaxPool1dOptions, "kernelSize"> = {}) {
    super();
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return maxPool1d(x, this.#options);
  }
}

/** Mean of every window of [N, C, L]. */
export class AvgPool1d extends Module {
  readonly #options: AvgPool1dOptions;

  constructor(kernelSize: number, options: Omit<AvgPool1dOptions, "kernelSize"> = {}) {
    super();
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return avgPool1d(x, this.#options);
  }
}

/** Mean over windows that share the last axis out: [N, C, L] to [N, C, outputSize]. */
export class AdaptiveAvgPool1d extends Module {
  readonly #outputSize: AdaptiveLength;

  constructor(outputSize: AdaptiveLength) {
    super();
    this.#outputSize = outputSize;
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.#outputSize);
  }
}
