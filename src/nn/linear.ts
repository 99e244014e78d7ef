import { boolean, count } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import type { Act } from "../kernels/elementwise/activations.ts";
import { act as actKind } from "../ops/kinds.ts";
import { linear } from "../ops/matmul/matmul.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { biasFor, kaimingUniform } from "./init.ts";
import { made } from "./module/made.ts";
import { Module } from "./module/module.ts";
import { parameter } from "./module/parameter.ts";

export interface LinearLayerOptions {
  /** Whether there is a bias. Default true. */
  readonly bias?: boolean;
  /** Applied to the result, in the same kernel. Default "identity". */
  readonly act?: Act;
}

/**
 * y = act(x · Wᵀ + b) for x [..., inFeatures]; W [outFeatures, inFeatures], as torch.nn.Linear.
 *
 * @example
 * ```ts
 * import { ones } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const layer = new nn.Linear(3, 2);
 * console.log(layer.weight.shape, layer.forward(ones([4, 3])).shape); // [2, 3] [4, 2]
 * ```
 */
export class Linear extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Linear", {
    inFeatures: count,
    outFeatures: count,
    options: /* @__PURE__ */ options<LinearLayerOptions>({ bias: boolean, act: actKind }),
  });
  /** W, [outFeatures, inFeatures]. */
  readonly weight: Tensor;
  /** b, [outFeatures]; undefined with `bias: false`. */
  readonly bias: Tensor | undefined;
  readonly #act: Act;

  constructor(inFeatures: number, outFeatures: number, given: LinearLayerOptions = {}) {
    super();
    checkArguments(Linear.signature, arguments);
    const { bias = true, act = "identity" } = given;
    this.#act = act;
    this.weight = made(this, () => parameter(kaimingUniform([outFeatures, inFeatures])));
    this.bias = bias ? parameter(biasFor(this.weight.shape, outFeatures)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias, this.#act);
  }
}
