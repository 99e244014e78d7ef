import { init, scope, tensor } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";

const engine = await init(); // the best adapter, or init({ device }) for your own
const labels = Array.from({ length: 32 }, (_, i) => i % 2);
const stripes = (x: number, y: number, label: number) =>
  Math.sin(label ? x : y) + Math.sin(7 * x * y);
const pixels = labels.flatMap((label) =>
  Array.from({ length: 64 }, (_, i) => stripes(i % 8, Math.floor(i / 8), label)),
);
const x = tensor(pixels, { shape: [32, 1, 8, 8] }); // NCHW

const model = new nn.Sequential(
  new nn.Conv2d(1, 8, 3, { padding: 1 }),
  new nn.BatchNorm2d(8),
  new nn.ReLU(),
  new nn.BasicBlock(8, 16, { stride: 2 }),
  new nn.GlobalAvgPool2d(),
  new nn.Flatten(),
  new nn.Linear(16, 2),
);
const optimizer = new AdamW(model.parameters(), { lr: 0.01 });

for (let step = 0; step < 30; step++) {
  const loss = scope(() => {
    optimizer.zeroGrad();
    const value = crossEntropy(model.forward(x), labels);
    value.backward();
    optimizer.step();
    return value; // everything else made in here is freed
  });
  console.log(engine.gpu.adapter.name, step, await loss.item()); // one submit a step
  loss.dispose();
}
