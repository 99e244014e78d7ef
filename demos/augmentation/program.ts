import type { Method } from "./imbalance/methods.ts";
import type { Settings } from "./settings.ts";
import type { Recipe } from "./training/recipes.ts";

/** For each recipe what it imports, and its transform; undefined if it changes nothing. */
const transforms: Readonly<Record<Recipe, readonly [names: string, code: string] | undefined>> = {
  plain: undefined,
  mixup: ["MixUp", "new MixUp({ numClasses: 10, alpha: 0.4 })"],
  cutmix: ["CutMix", "new CutMix({ numClasses: 10 })"],
  moved: [
    "Compose, RandomCrop, RandomErasing, RandomHorizontalFlip",
    `new Compose([
  new RandomCrop(28, { padding: 2, fill: -0.81 }), // black: (0 − mean) / std
  new RandomHorizontalFlip(),
  new RandomErasing({ value: -0.81 }),
])`,
  ],
};

/** Source of a program that trains on few pictures with the last recipe that is chosen. */
export function trainingProgram({ recipes, pictures, epochs, heldOut }: Settings): string {
  const [names, code] = transforms[recipes.at(-1) ?? "plain"] ?? [];
  const imported = names ? `import { ${names} } from "wgrad/data/transforms";\n` : "";
  const loss = names
    ? `(batch) => {
    const { x, y } = augment.forward(batch); // other pictures and labels in every step
    return crossEntropy(model.forward(x), y);
  }`
    : "({ x, y }) => crossEntropy(model.forward(x), y)";
  return `import { init, manualSeed } from "wgrad";
import { DataLoader, ImageDataset, loadDataset, trainTestSplit } from "wgrad/data";
${imported}import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW, CosineAnnealingLR } from "wgrad/optim";
import { accuracy, evaluate, fit } from "wgrad/train";

await init();
manualSeed(1);
const { images, labels } = await loadDataset("fashionMnist", { root: "/fashion/", train: false });
const pictures = new ImageDataset(images, labels, { mean: 0.286, std: 0.353 });
const { train, test } = trainTestSplit(labels.length, { testSize: 2000, seed: 1 });
const seen = new Uint32Array(10);
const few = train.filter((picture) => ++seen[labels[picture]] <= ${pictures / 10}); // of each kind
const data = new DataLoader(pictures, { indices: few, batchSize: 50, seed: 1 });
const heldOut = new DataLoader(pictures, { indices: test.slice(0, ${heldOut}), batchSize: 250, shuffle: false });
const model = new nn.Sequential(
  ...[new nn.Conv2d(1, 16, 3, { stride: 2, padding: 1, bias: false }), new nn.BatchNorm2d(16), new nn.ReLU()],
  ...[new nn.Conv2d(16, 32, 3, { stride: 2, padding: 1, bias: false }), new nn.BatchNorm2d(32), new nn.ReLU()],
  ...[new nn.Flatten(), new nn.Linear(32 * 7 * 7, 10)],
);
const optimizer = new AdamW(model.parameters(), { lr: 3e-3, weightDecay: 0.01 });
const schedule = new CosineAnnealingLR(optimizer, { tMax: ${epochs} * data.batchesPerEpoch });
${code ? `const augment = ${code};\n` : ""}const { losses } = await fit({
  ...{ model, optimizer, schedule, data, epochs: ${epochs} },
  loss: ${loss},
});
const right = await evaluate(model, heldOut, ({ x, y }) => accuracy(model.forward(x), y));
console.log("loss", losses.at(-1), "held-out accuracy", right);
`;
}

/** For each method that resamples, its class. */
const samplers: Partial<Readonly<Record<Method, string>>> = {
  under: "RandomUnderSampler",
  over: "RandomOverSampler",
  smote: "SMOTE",
};

/** Source of a program for two classes, one in fifty, with the method and the threshold of the page. */
export function rareProgram({ method, gamma, cut, steps }: Settings): string {
  const sampler = samplers[method];
  const loss = method === "focal" ? "focalLoss" : "crossEntropy";
  const more =
    method === "focal" ? `, { gamma: ${gamma} }` : method === "weighted" ? ", { weight }" : "";
  const training = sampler
    ? `const made = await new ${sampler}({ randomState: 1 }).fitResample(seen.X, [...seen.y]);
const [x, labels] = [tensor(Float32Array.from(made.X.data), { shape: made.X.shape }), Uint32Array.from(made.y)];`
    : "const [x, labels] = [tensor(Float32Array.from(seen.X.data), { shape: [612, 2] }), Uint32Array.from(seen.y)];";
  return `import { init, manualSeed, noGrad, scope, tensor } from "wgrad";
import { ${loss} } from "wgrad/loss";
import { confusionMatrix, makeBlobs${sampler ? `, ${sampler}` : ""} } from "wgrad/ml";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";

await init();
manualSeed(1);
const clouds = { centers: [[-0.9, -0.3], [1.4, 0.6]], clusterStd: [1.15, 0.7] }; // common, rare
const seen = makeBlobs({ ...clouds, nSamples: [600, 12], randomState: 1 });
const heldOut = makeBlobs({ ...clouds, nSamples: [5000, 100], randomState: 2 });
${training}
${method === "weighted" ? "const weight = tensor([612 / (2 * 600), 612 / (2 * 12)]); // both classes count the same\n" : ""}const model = new nn.Sequential(new nn.Linear(2, 32), new nn.Tanh(), new nn.Linear(32, 2));
const optimizer = new AdamW(model.parameters(), { lr: 0.02, weightDecay: 0.01 });
for (let step = 0; step < ${steps}; step++) {
  scope(() => {
    optimizer.zeroGrad();
    ${loss}(model.forward(x), labels${more}).backward();
    optimizer.step();
  });
}
const places = tensor(Float32Array.from(heldOut.X.data), { shape: [5100, 2] });
const scores = await noGrad(() => model.forward(places)).read();
const said = Array.from(heldOut.y, (_, i) => Number(scores[2 * i + 1] - scores[2 * i] >= ${cut}));
console.log(confusionMatrix([...heldOut.y], said, { labels: [0, 1] }).matrix); // rows: what it is
`;
}
