// A perceptron learns the exclusive or in eight lines of training code.
import { init, manualSeed, scope, tensor } from "wgrad";
import { mseLoss } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";

await init();
manualSeed(1);
const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]); // biome-ignore format: a table
const y = tensor([[0], [1], [1], [0]]);
const model = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 1));
const optimizer = new Adam(model.parameters(), { lr: 0.05 });
for (let step = 0; step < 200; step++) {
  scope(() => {
    optimizer.zeroGrad();
    mseLoss(model.forward(x), y).backward();
    optimizer.step();
  });
}
console.log("0, 1, 1, 0 ≈", (await model.forward(x).read()).join(", "));
