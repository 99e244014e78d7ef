import { program as activations } from "../../demos/activations/program.ts";
import * as acts from "../../demos/activations/settings.ts";
import { rareProgram, trainingProgram } from "../../demos/augmentation/program.ts";
import * as changed from "../../demos/augmentation/settings.ts";
import { program as benchmark } from "../../demos/benchmark/program.ts";
import { program as digits } from "../../demos/digits/program.ts";
import * as drawn8 from "../../demos/digits/settings.ts";
import { program as kernels } from "../../demos/kernels/program.ts";
import { program as kmeans } from "../../demos/kmeans/program.ts";
import * as groups from "../../demos/kmeans/settings.ts";
import { program as losses } from "../../demos/losses/program.ts";
import * as costs from "../../demos/losses/settings.ts";
import { program as normalisation } from "../../demos/normalisation/program.ts";
import * as norms from "../../demos/normalisation/settings.ts";
import { program as optimisers, type Racing } from "../../demos/optimisers/program.ts";
import { racers } from "../../demos/optimisers/racers.ts";
import { type SurfaceName, surfaceNames, surfaces } from "../../demos/optimisers/surfaces.ts";
import { program as predict } from "../../demos/predict/program.ts";
import { program as regression } from "../../demos/regression/program.ts";
import * as curve from "../../demos/regression/settings.ts";
import { program as resnet } from "../../demos/resnet/program.ts";
import * as lab from "../../demos/resnet/settings.ts";
import { program as svm } from "../../demos/svm/program.ts";
import * as machine from "../../demos/svm/settings.ts";

/** Points as a visitor draws them. */
const drawn = [
  { x: -1, y: 0.5, label: 0 },
  { x: 1.25, y: -0.5, label: 1 },
];

export const small = {
  ...lab.defaultSettings({ software: true }),
  ...{ width: 4, stages: 1, batch: 16, steps: 3 },
};

const svmOf = (given: Partial<typeof machine.defaultSettings>) =>
  svm(machine.checkSettings({ ...machine.defaultSettings, ...given }), drawn);

export const cloudOf = (cloud: string, points = 500) =>
  kmeans(groups.checkSettings({ ...groups.defaultSettings, cloud, points }));

export function racerOf(surface: SurfaceName, name: string, steps = 300): Racing {
  const racer = racers.find((each) => each.name === name);
  if (!racer) throw new Error(`expected a racer, got ${name}`);
  const lr = racer.order === 1 ? racer.rates[surface] : 1;
  return { surface, start: surfaces[surface].start, steps, racer, lr };
}

/** Programs shown by the pages, by page and settings. */
export const programs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.keys(lab.optimisers).map((optimiser) => [
      `resnet ${optimiser}`,
      resnet({ ...small, optimiser: optimiser as lab.Optimiser }),
    ]),
  ),
  "resnet preactivation": resnet({ ...small, block: "preactivation", norm: "none", depth: 3 }),
  ...Object.fromEntries(
    Object.keys(machine.classSets).map((data) => [`svm ${data}`, svmOf({ data })]),
  ),
  ...Object.fromEntries(
    Object.keys(machine.curveSets).map((data) => [
      `svm curve ${data}`,
      svmOf({ task: "regress", data }),
    ]),
  ),
  "svm wine by components": svmOf({ data: "wine", view: "components", kernel: "poly" }),
  "svm linear": svmOf({ kernel: "linear", C: 0.5 }),
  "svm sigmoid": svmOf({ kernel: "sigmoid", gamma: 0.1, coef0: -1 }),
  ...Object.fromEntries(
    Object.keys(groups.clouds).map((name) => [`kmeans ${name}`, cloudOf(name)]),
  ),
  ...Object.fromEntries(
    surfaceNames.map((name) => [`race on ${name}`, optimisers(racerOf(name, "SGD"))]),
  ),
  ...Object.fromEntries(
    racers.map(({ name }) => [`race of ${name}`, optimisers(racerOf("saddle", name))]),
  ),
  "kernels of a kernel": kernels("softmax/softmax"),
  "kernels of an operation": kernels("op/softmax"),
  benchmark: benchmark(5),
  ...Object.fromEntries(
    ["he", "lsuv"].map((start) => [
      `activations ${start}`,
      activations(acts.checkSettings({ ...acts.defaultSettings, start, first: "leaky_relu" })),
    ]),
  ),
  predict: predict(30),
  ...Object.fromEntries(
    ["plain", "moved", "mixup", "cutmix"].map((recipes) => [
      `augmentation ${recipes}`,
      trainingProgram(
        changed.checkSettings({ ...changed.defaultSettings, recipes, epochs: 2, heldOut: 300 }),
      ),
    ]),
  ),
  ...Object.fromEntries(
    ["plain", "weighted", "focal", "under", "over", "smote"].map((method) => [
      `one in fifty, ${method}`,
      rareProgram(changed.checkSettings({ ...changed.defaultSettings, method, steps: 60 })),
    ]),
  ),
  digits: digits(drawn8.checkSettings({ ...drawn8.defaultSettings, k: 3, metric: "manhattan" })),
  ...Object.fromEntries(
    ["none", "batch", "group", "instance", "layer", "rms"].map((first, i) => [
      `normalisation ${first}`,
      normalisation(
        norms.checkSettings({
          ...norms.defaultSettings,
          ...{ first, order: i % 2 === 0 ? "after" : "before", batch: 16, steps: 60 },
        }),
      ),
    ]),
  ),
  ...Object.fromEntries(
    ["none", "ridge", "lasso", "elastic"].map((penalty) => [
      `regression ${penalty}`,
      regression(curve.checkSettings({ ...curve.defaultSettings, penalty, drawn: "0.5,1.2" })),
    ]),
  ),
  ...Object.fromEntries(
    ["numbers", "scores"].map((family) => [
      `losses of ${family}`,
      losses(costs.checkSettings({ ...costs.defaultSettings, family })),
    ]),
  ),
};
