/** Source of a program that teaches the built-in network three handwritten digits in this many steps. */
export const program = (
  steps: number,
): string => `import { init, interpolate, tensor } from "wgrad";
import { DataLoader, loadDataset, TensorDataset, trainTestSplit } from "wgrad/data";
import { loadStateDict, openSafetensors } from "wgrad/io";
import { crossEntropy } from "wgrad/loss";
import { resNet } from "wgrad/models";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { accuracy, evaluate, fit } from "wgrad/train";

await init();
const model = resNet({ inChannels: 1, width: 16, layers: [1, 1, 1], stemStride: 2 });
const file = await fetch("/clothes.safetensors"); // demos/predict/data of wgrad
await loadStateDict(model, await openSafetensors(await file.arrayBuffer()));

const { X, y } = await loadDataset("digits"); // 8 × 8 pixels, 0 to 16
const kinds = [0, 4, 7];
const rows = kinds.flatMap((kind) => [...y.keys()].filter((i) => y[i] === kind).slice(0, 24));
const grey = rows.flatMap((i) => [...X.data.subarray(64 * i, 64 * i + 64)].map((v) => (v / 16 - 0.286) / 0.353));
const pictures = interpolate(tensor(grey, { shape: [72, 1, 8, 8] }), { size: [28, 28], mode: "bilinear" });
const labels = tensor(Uint32Array.from(rows, (i) => kinds.indexOf(y[i])));
const dataset = new TensorDataset(pictures, labels);
const { train, test } = trainTestSplit(72, { testSize: 18, seed: 1 });

nn.freeze(model); // all layers stay as they are
const head = new nn.Linear(64, 3); // but the last, which is new
nn.replaceModule(model, "fc", head).dispose();
model.train();
const data = new DataLoader(dataset, { indices: train, batchSize: 16, seed: 1 });
const optimizer = new AdamW(head.parameters(), { lr: 0.01 });
const { losses } = await fit({
  ...{ model, optimizer, data, steps: ${steps} },
  loss: ({ x, y }) => crossEntropy(model.forward(x), y),
});
const heldOut = new DataLoader(dataset, { indices: test, shuffle: false });
const right = await evaluate(model, heldOut, ({ x, y }) => accuracy(model.forward(x), y));
console.log("loss", losses.at(-1), "held-out accuracy", right);
`;
