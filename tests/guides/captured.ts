import { capture, init, manualSeed, readEvery, type Tensor, tensor, uniform } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";

await init();
manualSeed(0);
const model = new nn.Sequential(new nn.Linear(8, 32), new nn.GELU(), new nn.Linear(32, 3));
const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
const step = capture((x: Tensor, y: Tensor) => {
  optimizer.zeroGrad();
  const loss = crossEntropy(model.forward(x), y);
  loss.backward();
  optimizer.step();
  return loss;
});

const x = uniform([16, 8]);
const y = tensor(Uint32Array.from({ length: 16 }, (_, i) => i % 3));
await step.prepare([x, y]); // compiles all it needs; nothing runs
const { dispatches, bytes } = step.plan();
console.log(dispatches, bytes); // what one call will take

const losses: number[] = [];
const train = readEvery(step, 10, ({ values }) => losses.push(...values)); // reads while others run
for (let i = 0; i < 40; i++) await train(x, y);
await train.finish();
console.log(losses.length, (losses.at(-1) ?? 1) < (losses[0] ?? 0)); // 40, true
