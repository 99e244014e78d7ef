// Digits compressed to two numbers and restored: principal components compared with an autoencoder.
import { init, manualSeed } from "wgrad";
import { ArrayDataset, DataLoader, loadDataset } from "wgrad/data";
import { mseLoss } from "wgrad/loss";
import { PCA } from "wgrad/ml";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { evaluate, fit } from "wgrad/train";

await init();
manualSeed(1);
const { X } = await loadDataset("digits");
const [samples = 0, features = 0] = X.shape;
const data = X.data.map((v) => v / 16); // grey values of 0 to 16
const scaled = { data, shape: [samples, features] as const };
const model = new nn.Sequential(
  ...[new nn.Linear(features, 64), new nn.ReLU(), new nn.Linear(64, 2)],
  ...[new nn.Linear(2, 64), new nn.ReLU(), new nn.Linear(64, features)],
);
const loader = new DataLoader(new ArrayDataset(scaled, scaled), { batchSize: 100 });
await fit({
  ...{ model, data: loader, epochs: 15, optimizer: new AdamW(model.parameters(), { lr: 0.01 }) },
  loss: ({ x }) => mseLoss(model.forward(x), x),
});
const lost = await evaluate(model, loader, ({ x }) => mseLoss(model.forward(x), x));

const pca = await new PCA({ nComponents: 2 }).fit(scaled);
const back = await pca.inverseTransform(await pca.transform(scaled));
const squares = back.data.reduce((sum, v, i) => sum + (v - (data[i] as number)) ** 2, 0);
console.log("mean squared error: two components", squares / data.length, "autoencoder", lost);
