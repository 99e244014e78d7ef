// A captured step fits a sine; its losses are read back fifty at a time while the next steps run.
import { capture, init, linspace, manualSeed, readEvery, reshape, sin, type Tensor } from "wgrad";
import { mseLoss } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";

await init();
manualSeed(1);
const x = reshape(linspace(-3, 3, 64), [64, 1]);
const y = sin(x);
const model = new nn.Sequential(new nn.Linear(1, 32), new nn.Tanh(), new nn.Linear(32, 1));
const optimizer = new Adam(model.parameters(), { lr: 0.02 });
const step = capture((x: Tensor, y: Tensor) => {
  optimizer.zeroGrad();
  const loss = mseLoss(model.forward(x), y);
  loss.backward();
  optimizer.step();
  return loss;
});
const train = readEvery(step, 50, ({ values }) => console.log("loss", values.at(-1)));
for (let i = 0; i < 300; i++) await train(x, y);
await train.finish();
