import { optional } from "../core/kinds.ts";
import { checkArguments, signature } from "../core/signature.ts";
import {
  type StochasticDepthMode,
  stochasticDepth,
  stochasticDepthMode,
} from "../ops/random/stochastic_depth.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { probability } from "./kinds.ts";
import { Module } from "./module/module.ts";

/**
 * At the end of a residual branch: in training zeroes each sample ("row", the default) or the whole batch ("batch") with
 * probability p and scales the rest by 1/(1 − p); in evaluation returns its input. See `stochasticDepth`.
 */
export class StochasticDepth extends Module {
  static override readonly signature = /* @__PURE__ */ signature("StochasticDepth", {
    p: probability,
    mode: /* @__PURE__ */ optional(stochasticDepthMode),
  });
  readonly #p: number;
  readonly #mode: StochasticDepthMode;

  constructor(p: number, mode: StochasticDepthMode = "row") {
    super();
    checkArguments(StochasticDepth.signature, arguments);
    this.#p = p;
    this.#mode = mode;
  }

  /** Whether `forward` returns its input unchanged: in evaluation, and for p = 0. */
  get idle(): boolean {
    return !this.training || this.#p === 0;
  }

  override forward(x: Tensor): Tensor {
    return this.idle ? x : stochasticDepth(x, this.#p, this.#mode);
  }
}
