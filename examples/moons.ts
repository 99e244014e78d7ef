// Two half moons that no line separates: a perceptron compared with logistic regression.
import { init, manualSeed } from "wgrad";
import { ArrayDataset, DataLoader } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import { LogisticRegression, makeMoons } from "wgrad/ml";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { accuracy, evaluate, fit } from "wgrad/train";

await init();
manualSeed(1);
const { X, y } = makeMoons({ nSamples: 400, noise: 0.15, randomState: 3 });
const line = await new LogisticRegression().fit(X, y);
console.log("a line:", await line.score(X, y));

const model = new nn.Sequential(new nn.Linear(2, 32), new nn.ReLU(), new nn.Linear(32, 2));
const data = new DataLoader(new ArrayDataset(X, y, { dtypes: { y: "u32" } }), { batchSize: 40 });
await fit({
  ...{ model, data, epochs: 25, optimizer: new AdamW(model.parameters(), { lr: 0.02 }) },
  loss: ({ x, y }) => crossEntropy(model.forward(x), y),
});
const right = await evaluate(model, data, ({ x, y }) => accuracy(model.forward(x), y));
console.log("a perceptron:", right);
