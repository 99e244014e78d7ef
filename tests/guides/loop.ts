import { init, manualSeed, scope, tensor } from "wgrad";
import { mseLoss } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { SGD } from "wgrad/optim";

await init();
manualSeed(0);
const x = tensor([[0], [1], [2], [3]]);
const y = tensor([[1], [3], [5], [7]]); // 2x + 1
const model = new nn.Linear(1, 1);
const optimizer = new SGD(model.parameters(), { lr: 0.1 });
for (let step = 0; step < 200; step++) {
  scope(() => {
    optimizer.zeroGrad();
    mseLoss(model.forward(x), y).backward();
    optimizer.step();
  }); // nothing of the step is left; parameters and gradients belong to no scope
}
console.log(await model.weight.read(), await model.bias?.read()); // near 2 and 1
