import type { Act } from "../kernels/elementwise/activations.ts";
import { linear } from "../ops/matmul.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { biasFor, kaimingUniform } from "./init.ts";
import { Module, parameter } from "./module.ts";

export interface LinearOptions {
  /** Default true. */
  readonly bias?: boolean;
  /** Applied to the result, in the same kernel. Default "identity". */
  readonly act?: Act;
}

/** y = act(x · Wᵀ + b) for x [..., inFeatures]; W [outFeatures, inFeatures], as torch.nn.Linear. */
export class Linear extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  readonly #act: Act;

  constructor(
    inFeatures: number,
    outFeatures: number,
    { bias = true, act = "identity" }: LinearOptions = {},
  ) {
    super();
    this.#act = act;
    this.weight = parameter(kaimingUniform([outFeatures, inFeatures]));
    this.bias = bias ? parameter(biasFor(this.weight.shape, outFeatures)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias, this.#act);
  }
}
