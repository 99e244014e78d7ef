import type { Between, Settings } from "./settings.ts";

/** Source of a norm for eight channels and maps of `side` × `side`. */
const layers: Readonly<Record<Between, (side: number) => string>> = {
  none: () => "",
  batch: () => "new nn.BatchNorm2d(8)",
  group: () => "new nn.GroupNorm(2, 8)",
  instance: () => "new nn.InstanceNorm2d(8, { affine: true })",
  layer: (side) => `new nn.LayerNorm([8, ${side}, ${side}])`,
  rms: (side) => `new nn.RMSNorm([8, ${side}, ${side}])`,
};

/** Source of a program that trains the network with the first of the two norms. */
export function program({
  first,
  order,
  batch,
  rate,
  steps,
  seed,
  shift,
  contrast,
}: Settings): string {
  const convolution = (i: number, stride: number, side: number) => {
    const conv = `new nn.Conv2d(${i === 0 ? 1 : 8}, 8, 3, { stride: ${stride}, padding: 1 })`;
    const norm = layers[first](side);
    const rest = order === "before" ? [norm, "new nn.ReLU()"] : ["new nn.ReLU()", norm];
    return `  ${[conv, ...rest].filter(Boolean).join(", ")},`;
  };
  const all = [1, 2, 1, 1, 2, 1].map((stride, i) =>
    convolution(i, stride, i === 0 ? 8 : i < 4 ? 4 : 2),
  );
  return `import { add, init, manualSeed, mul, noGrad, tensor } from "wgrad";
import { DataLoader, loadDataset, TensorDataset, trainTestSplit } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";
import { accuracy, fit } from "wgrad/train";

await init();
manualSeed(${seed});
const model = new nn.Sequential(
${all.join("\n")}
  new nn.Flatten(), new nn.Linear(32, 10),
);
const { X, y } = await loadDataset("digits");
const pixels = Float32Array.from(X.data, (value) => (value - 4.884) / 6.017); // mean 0, deviation 1
const images = tensor(pixels, { shape: [X.shape[0], 1, 8, 8] });
const digits = new TensorDataset(images, tensor([...y], { dtype: "u32" }));
const { train, test } = trainTestSplit(digits.length, { testSize: 300, seed: ${seed} });
const data = new DataLoader(digits, { indices: train, batchSize: ${batch}, seed: ${seed}, dropLast: true });
const optimizer = new Adam(model.parameters(), { lr: ${Number((10 ** rate).toPrecision(3))} });
const { losses } = await fit({
  ...{ model, optimizer, data, steps: ${steps} },
  loss: ({ x, y }) => crossEntropy(model.forward(x), y),
});

const heldOut = digits.batch(test);
const changed = add(mul(heldOut.x, ${contrast}), ${shift}); // pictures of another camera
const shares = () =>
  noGrad(() => [heldOut.x, changed].map((x) => accuracy(model.forward(x), heldOut.y)));
model.eval(); // batch norm with its running statistics
const [plain, running] = shares();
console.log("loss", losses.at(-1), "held out", await plain.item(), "changed", await running.item());
model.train(); // batch norm with this batch's statistics, which also updates the running ones
const [, own] = shares();
console.log("by the changed digits' own statistics", await own.item());
`;
}
