import { crossEntropy } from "../../src/loss/cross_entropy.ts";
import type { Module } from "../../src/nn/module/module.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** An ordinary training step, to be run or captured: returns the loss of x and labels y. */
export function trainingStep(
  model: Module,
  optimizer: { zeroGrad(): void; step(): void },
): (x: Tensor, y: Tensor) => Tensor {
  return (x, y) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  };
}
