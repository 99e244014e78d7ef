import { named, optionsOf } from "./names.ts";
import type { Settings } from "./settings.ts";

/** Source of each initialisation, as written with wgrad. */
const makers = {
  xavier: "xavierNormal",
  he: "kaimingNormal",
  pytorch: "kaimingUniform",
  lsuv: "xavierNormal",
} as const;

/** Source of a program that sends a signal through many layers. */
export function program(settings: Settings): string {
  const { first, start, depth, seed } = settings;
  const options = Object.entries(optionsOf(first, settings)).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  );
  const act = `activation(linear(h, w), { ${options.join(", ")} })`;
  const lsuv = start === "lsuv";
  const names = ["activation", ...(lsuv ? ["div"] : []), "init", "linear", "manualSeed", "normal"];
  const scaled = `
let probe = h;
for (const [layer, start] of weights.entries()) {
  const w = div(start, std(linear(probe, start))); // what the layer makes of the batch has deviation 1
  probe = ${act.replace("linear(h", "linear(probe")};
  weights[layer] = w;
}`;
  return `import { ${names.join(", ")}, std, sum } from "wgrad";
import * as nn from "wgrad/nn";

await init();
manualSeed(${seed});
let h = normal([64, 64]);
const weights = Array.from({ length: ${depth} }, () => nn.init.${makers[start]}([64, 64]));${lsuv ? scaled : ""}
for (const w of weights) {
  w.requiresGrad = true;
  h = ${act}; // ${named[first].name}
}
console.log("outputs deviate by", await std(h).item());
sum(h).backward();
for (const [layer, w] of weights.entries()) {
  if (w.grad) console.log("layer", layer + 1, "gradient", await std(w.grad).item());
}
`;
}
