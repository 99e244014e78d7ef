import { linear } from "../ops/matmul.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { biasFor, kaimingUniform } from "./init.ts";
import { Module, parameter } from "./module.ts";

/** y = x · Wᵀ + b for x [..., inFeatures]; W [outFeatures, inFeatures], as torch.nn.Linear. */
export class Linear extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;

  constructor(
    inFeatures: number,
    outFeatures: number,
    { bias = true }: { readonly bias?: boolean } = {},
  ) {
    super();
    this.weight = parameter(kaimingUniform([outFeatures, inFeatures]));
    this.bias = bias ? parameter(biasFor(this.weight.shape, outFeatures)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}
