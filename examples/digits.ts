// A small convolutional network classifies handwritten digits of 8 × 8 pixels, which come with the library.
import { init, manualSeed, reshape, type Tensor } from "wgrad";
import { ArrayDataset, DataLoader, loadDataset, randomSplit } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { accuracy, evaluate, fit } from "wgrad/train";

await init();
manualSeed(1);
const { X, y } = await loadDataset("digits");
const dataset = new ArrayDataset(X, y, { dtypes: { y: "u32" } });
const [train, held] = randomSplit(dataset, [0.8, 0.2]);
const model = new nn.Sequential(
  ...[new nn.Conv2d(1, 8, 3, { padding: 1 }), new nn.BatchNorm2d(8), new nn.ReLU()],
  ...[new nn.MaxPool2d(2), new nn.Flatten(), new nn.Linear(128, 10)],
);
const forward = (x: Tensor) => model.forward(reshape(x, [-1, 1, 8, 8]));
const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
await fit({
  ...{ model, optimizer, epochs: 3 },
  data: new DataLoader(train, { batchSize: 64 }),
  loss: ({ x, y }) => crossEntropy(forward(x), y),
  onEpoch: ({ epoch, loss }) => console.log(`epoch ${epoch}: loss ${loss.toFixed(3)}`),
});
const others = new DataLoader(held, { batchSize: "full", shuffle: false });
const right = await evaluate(model, others, ({ x, y }) => accuracy(forward(x), y));
console.log("right of those held out:", right);
