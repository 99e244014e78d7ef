import { autocast, capture, init, manualSeed, type Tensor, tensor, uniform } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW, GradScaler } from "wgrad/optim";

const engine = await init();
manualSeed(0);
const model = new nn.Sequential(new nn.Linear(16, 32), new nn.ReLU(), new nn.Linear(32, 2));
const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
const scaler = new GradScaler();
const step = capture((x: Tensor, y: Tensor) => {
  optimizer.zeroGrad();
  const loss = autocast(() => crossEntropy(model.forward(x), y)); // products in f16, the loss in f32
  scaler.scale(loss).backward();
  scaler.step(optimizer); // skipped if a gradient has overflowed
  scaler.update();
  return loss;
});
const x = uniform([8, 16]);
const y = tensor(Uint32Array.from({ length: 8 }, (_, i) => i % 2));
const losses: number[] = [];
for (let i = 0; i < 30; i++) {
  using loss = step(x, y);
  losses.push(await loss.item());
}
console.log(engine.gpu.device.features.has("shader-f16")); // false: all of it was f32
console.log((losses.at(-1) ?? 1) < (losses[0] ?? 0)); // true
