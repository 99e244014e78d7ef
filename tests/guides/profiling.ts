import { init, manualSeed, scope, tensor, uniform } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { SGD } from "wgrad/optim";
import { profile, summary } from "wgrad/train";

await init();
manualSeed(0);
const model = new nn.Sequential(new nn.Linear(32, 64), new nn.ReLU(), new nn.Linear(64, 4));
const optimizer = new SGD(model.parameters(), { lr: 0.1 });
const x = uniform([32, 32]);
const y = tensor(Uint32Array.from({ length: 32 }, (_, i) => i % 4));
const step = () =>
  scope(() => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });

console.log(summary(model, [32, 32]).table()); // layers, shapes, parameters; nothing runs
const found = await profile(step, { warmup: 1, repetitions: 2 });
console.log(found.phases.map(({ name }) => name).sort()); // backward, forward, optimizer
console.log(found.table()); // by phase, layer and kernel
