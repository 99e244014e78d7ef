import { init, scope, tensor } from "wgrad";
import { mseLoss } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";

await init();
const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);
const y = tensor([[0], [1], [1], [0]]);
const model = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 1));
const optimizer = new Adam(model.parameters(), { lr: 0.05 });
for (let step = 0; step < 200; step++) {
  scope(() => {
    optimizer.zeroGrad();
    mseLoss(model.forward(x), y).backward();
    optimizer.step();
  }); // frees what the step made
}
const prediction = model.forward(x);
console.log(await prediction.read()); // near 0, 1, 1, 0
