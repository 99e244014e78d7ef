import { init, manualSeed } from "wgrad";
import { ArrayDataset, DataLoader, randomSplit } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW, CosineAnnealingLR } from "wgrad/optim";
import { accuracy, EarlyStopping, evaluate, fit } from "wgrad/train";

await init();
manualSeed(0);
const points = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const classes = points.map(([a = 0, b = 0]) => Number(a * b > 0));
const dataset = new ArrayDataset(points, classes, { dtypes: { y: "u32" } });
const [train, held] = randomSplit(dataset, [0.8, 0.2]);
const data = new DataLoader(train, { batchSize: 32 });
const heldOut = new DataLoader(held, { batchSize: "full", shuffle: false });

const model = new nn.Sequential(new nn.Linear(2, 32), new nn.ReLU(), new nn.Linear(32, 2));
const optimizer = new AdamW(model.parameters(), { lr: 0.02 });
const result = await fit({
  ...{ model, optimizer, data, epochs: 20 },
  loss: ({ x, y }) => crossEntropy(model.forward(x), y),
  schedule: new CosineAnnealingLR(optimizer, { tMax: 20 * data.batchesPerEpoch }),
  validate: () => evaluate(model, heldOut, ({ x, y }) => crossEntropy(model.forward(x), y)),
  earlyStopping: new EarlyStopping({ patience: 5, restoreBest: true }),
  onEpoch: ({ epoch, loss, metric }) => console.debug(epoch, loss, metric),
});
const right = await evaluate(model, heldOut, ({ x, y }) => accuracy(model.forward(x), y));
console.log(result.ended, right); // finished or stopped early, above 0.8
