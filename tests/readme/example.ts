import { init, scope, uniform } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";

const engine = await init(); // the best adapter, or init({ device }) for your own
const x = uniform([32, 1, 8, 8]); // NCHW
const labels = Array.from({ length: 32 }, (_, i) => i % 2);
const stem = [new nn.Conv2d(1, 8, 3, { padding: 1 }), new nn.BatchNorm2d(8), new nn.ReLU()];
const block = new nn.BasicBlock(8, 16, { stride: 2 });
const head = [new nn.GlobalAvgPool2d(), new nn.Flatten(), new nn.Linear(16, 2)];
const model = new nn.Sequential(...stem, block, ...head);
const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
for (let step = 0; step < 40; step++) {
  using loss = scope(() => {
    optimizer.zeroGrad();
    const value = crossEntropy(model.forward(x), labels);
    value.backward();
    optimizer.step();
    return value; // everything else made in here is freed
  });
  console.log(engine.gpu.adapter.name, step, await loss.item()); // one submit a step
}
