import type { Settings } from "./settings.ts";

/** Losses of each family: the function's name, and its call with a prediction and a target. */
function calls({
  family,
  beta,
  delta,
  gamma,
  weight,
}: Settings): readonly (readonly [name: string, call: (x: string) => string])[] {
  return family === "numbers"
    ? [
        ["mseLoss", (x) => `mseLoss(${x}, target)`],
        ["l1Loss", (x) => `l1Loss(${x}, target)`],
        ["smoothL1Loss", (x) => `smoothL1Loss(${x}, target, { beta: ${beta} })`],
        ["huberLoss", (x) => `huberLoss(${x}, target, { delta: ${delta} })`],
      ]
    : [
        [
          "binaryCrossEntropyWithLogits",
          (x) => `binaryCrossEntropyWithLogits(${x}, target, { posWeight: tensor([${weight}]) })`,
        ],
        ["mseLoss", (x) => `mseLoss(sigmoid(${x}), target)`],
        [
          "sigmoidFocalLoss",
          (x) => `sigmoidFocalLoss(${x}, target, { alpha: -1, gamma: ${gamma} })`,
        ],
        ["hingeLoss", (x) => `hingeLoss(${x}, target)`],
        ["squaredHingeLoss", (x) => `squaredHingeLoss(${x}, target)`],
      ];
}

/** Source of a program that computes value and gradient of each loss at the chosen x. */
export function program(settings: Settings): string {
  const numbers = settings.family === "numbers";
  const [names, target, at] = numbers
    ? ["init, tensor", 0, settings.error]
    : ["init, sigmoid, tensor", 1, settings.score];
  const all = calls(settings);
  const leaves = [..."abcde"].slice(0, all.length);
  return `import { ${names} } from "wgrad";
import { ${all
    .map(([name]) => name)
    .sort()
    .join(", ")} } from "wgrad/loss";

await init();
const target = tensor([${target}]); // the target
const leaf = () => tensor([${at}], { requiresGrad: true }); // the prediction
const [${leaves.join(", ")}] = [${leaves.map(() => "leaf()").join(", ")}];
const losses = {
${all.map(([name, call], i) => `  ${name}: ${call(leaves[i] ?? "")},`).join("\n")}
};
for (const [i, [name, loss]] of Object.entries(losses).entries()) {
  loss.backward();
  console.log(name, await loss.item(), await [${leaves.join(", ")}][i].grad?.item());
}
`;
}
