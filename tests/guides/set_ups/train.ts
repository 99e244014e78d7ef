import { init, scope, tensor } from "wgrad";
import { mseLoss } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { SGD } from "wgrad/optim";

/** The slope of a line through four points. Call it in the browser: it asks for a GPU. */
export async function slope() {
  await init();
  const [x, y] = [tensor([[0], [1], [2], [3]]), tensor([[1], [3], [5], [7]])]; // 2x + 1
  const model = new nn.Linear(1, 1);
  const optimizer = new SGD(model.parameters(), { lr: 0.1 });
  for (let step = 0; step < 200; step++) {
    scope(() => {
      optimizer.zeroGrad();
      mseLoss(model.forward(x), y).backward();
      optimizer.step();
    });
  }
  return (await model.weight.item()).toFixed(2);
}
