import { init, scope, tensor } from "wgrad";
import { mseLoss } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { SGD } from "wgrad/optim";

/** What the server writes into the page; nothing of this asks for a GPU. */
export const html = () => "<p>The slope is not known yet.</p>";

/** What the browser does once the page is there: in useEffect, or in onMount. @param {Element} node */
export async function mount(node) {
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
  node.textContent = `The slope is ${(await model.weight.item()).toFixed(2)}.`;
}
