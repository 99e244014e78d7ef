import { init, manualSeed } from "wgrad";
import { ArrayDataset, DataLoader } from "wgrad/data";
import { mseLoss } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";
import { fit, loadCheckpoint, saveCheckpoint } from "wgrad/train";

await init();
const x = Array.from({ length: 64 }, (_, i) => [Math.sin(i), Math.cos(i)]);
const y = x.map(([a = 0, b = 0]) => [a * b]);

/** A training that is the same wherever it is made. */
function training() {
  manualSeed(1);
  const model = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 1));
  const optimizer = new Adam(model.parameters(), { lr: 0.01 });
  const data = new DataLoader(new ArrayDataset(x, y), { batchSize: 16 });
  const loss = (batch: { x: Parameters<typeof model.forward>[0]; y: typeof batch.x }) =>
    mseLoss(model.forward(batch.x), batch.y);
  return { parts: { model, optimizer, data }, options: { model, optimizer, data, loss } };
}

const whole = training();
const { losses } = await fit({ ...whole.options, epochs: 4 });

const first = training();
await fit({ ...first.options, epochs: 2 });
const file = await saveCheckpoint(first.parts); // an ArrayBuffer: IndexedDB, a download, a server

const later = training(); // on another day, in another page
await loadCheckpoint(file, later.parts);
const rest = await fit({ ...later.options, epochs: 4 }); // makes the two epochs that are left
console.log(rest.losses.every((loss, i) => loss === losses[8 + i])); // true, to the last bit
