import { boolean, count } from "../../core/kinds.ts";
import { checkArguments, options as optionsKind, signature } from "../../core/signature.ts";
import type { AdaptiveLength } from "../../kernels/pool/adaptive.ts";
import { linePadding } from "../../ops/kinds.ts";
import {
  type AvgPool1dOptions,
  adaptiveAvgPool1d,
  avgPool1d,
  type MaxPool1dOptions,
  maxPool1d,
} from "../../ops/pool/pool1d.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { adaptiveLength } from "../kinds.ts";
import { Module } from "../module/module.ts";

const windowKinds = { stride: count, padding: linePadding, ceilMode: boolean };

/** Maximum of every window of [N, C, L]. */
export class MaxPool1d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("MaxPool1d", {
    kernelSize: count,
    options: /* @__PURE__ */ optionsKind<Omit<MaxPool1dOptions, "kernelSize">>({
      ...windowKinds,
      dilation: count,
    }),
  });
  readonly #options: MaxPool1dOptions;

  constructor(kernelSize: number, options: Omit<MaxPool1dOptions, "kernelSize"> = {}) {
    super();
    checkArguments(MaxPool1d.signature, arguments);
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return maxPool1d(x, this.#options);
  }
}

/** Mean of every window of [N, C, L]. */
export class AvgPool1d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("AvgPool1d", {
    kernelSize: count,
    options: /* @__PURE__ */ optionsKind<Omit<AvgPool1dOptions, "kernelSize">>({
      ...windowKinds,
      countIncludePad: boolean,
    }),
  });
  readonly #options: AvgPool1dOptions;

  constructor(kernelSize: number, options: Omit<AvgPool1dOptions, "kernelSize"> = {}) {
    super();
    checkArguments(AvgPool1d.signature, arguments);
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return avgPool1d(x, this.#options);
  }
}

/** Mean over windows spread evenly along the last axis: [N, C, L] to [N, C, outputSize]. */
export class AdaptiveAvgPool1d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("AdaptiveAvgPool1d", {
    outputSize: adaptiveLength,
  });
  readonly #outputSize: AdaptiveLength;

  constructor(outputSize: AdaptiveLength) {
    super();
    checkArguments(AdaptiveAvgPool1d.signature, arguments);
    this.#outputSize = outputSize;
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.#outputSize);
  }
}
