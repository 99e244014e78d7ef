import { type Optimiser, type Settings, totalSteps } from "./settings.ts";

const optimisers: Readonly<Record<Optimiser, readonly [name: string, more: string]>> = {
  adam: ["Adam", ""],
  adamw: ["AdamW", ""],
  sgd: ["SGD", ""],
  nesterov: ["SGD", ", momentum: 0.9, nesterov: true"],
  rmsprop: ["RMSprop", ""],
};

/** Number of training pictures. */
const TRAIN = 8000;

/** Source of a program that does what the page does with these settings. */
export function program(settings: Settings): string {
  const { block, norm, activation, width, depth, stages, shortcut, stemStride } = settings;
  const { learningRate, batch, seed } = settings;
  const [name, more] = optimisers[settings.optimiser];
  const layers = Array.from({ length: stages }, () => depth).join(", ");
  const steps = totalSteps(settings, TRAIN);
  return `import { init, manualSeed } from "wgrad";
import { DataLoader, ImageDataset, loadDataset, trainTestSplit } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import { resNet } from "wgrad/models";
import { ${name}, LambdaLR } from "wgrad/optim";
import { accuracy, evaluate, fit } from "wgrad/train";

await init();
manualSeed(${seed});
const { images, labels } = await loadDataset("fashionMnist", { root: "/fashion/", train: false });
const pictures = new ImageDataset(images, labels, { mean: 0.286, std: 0.353 });
const { train, test } = trainTestSplit(labels.length, { testSize: 2000, seed: 1 });
const data = new DataLoader(pictures, { indices: train, batchSize: ${batch}, seed: ${seed}, dropLast: true });
const heldOut = new DataLoader(pictures, { indices: test, batchSize: 250, shuffle: false });

const model = resNet({
  ...{ block: "${block}", norm: "${norm}", activation: "${activation}", shortcut: ${shortcut} },
  ...{ width: ${width}, layers: [${layers}], stemStride: ${stemStride} },
});
const optimizer = new ${name}(model.parameters(), { lr: ${learningRate}${more} });
const [steps, rise] = [${steps}, ${Math.max(1, Math.round(0.05 * steps))}]; // linear warm-up, then half a cosine
const schedule = new LambdaLR(optimizer, {
  lrLambda: (i) =>
    i < rise ? (i + 1) / rise : (1 + Math.cos((Math.PI * (i - rise)) / (steps - rise))) / 2,
});
const { losses } = await fit({
  ...{ model, optimizer, schedule, data, steps },
  loss: ({ x, y }) => crossEntropy(model.forward(x), y),
});
const right = await evaluate(model, heldOut, ({ x, y }) => accuracy(model.forward(x), y));
console.log("loss", losses.at(-1), "held-out accuracy", right);
`;
}
