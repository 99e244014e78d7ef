import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import { mobilenetV2, resnet18 } from "../../../src/models/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, layerGroups, parameterGroups, SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const random = seeded(5);
const pictures = Float32Array.from({ length: 8 * 64 }, (_, i) => {
  const kind = Math.floor(i / 64) % 2;
  return (kind ? 1 : -1) + 0.3 * (random() - 0.5);
});
const x = tensor(pictures, { shape: [8, 1, 8, 8] });
const labels = tensor(Uint32Array.from({ length: 8 }, (_, i) => i % 2));

function network(): nn.Sequential {
  ops.manualSeed(3);
  const backbone = new nn.Sequential(
    new nn.Conv2d(1, 4, 3, { padding: 1 }),
    new nn.BatchNorm2d(4),
    new nn.ReLU(),
    new nn.Dropout(0.5),
  );
  return new nn.Sequential(
    backbone,
    new nn.GlobalAvgPool2d(),
    new nn.Flatten(),
    new nn.Linear(4, 2),
  );
}

const part = (model: nn.Module, path: string): nn.AnyModule =>
  model.namedModules().find(([name]) => name === path)?.[1] as nn.AnyModule;

/** Twelve steps with a frozen backbone: losses, and the state before and after. */
async function fineTune(captured: boolean) {
  const model = network();
  nn.freeze(part(model, "0"));
  const before = await model.stateDict();
  const optimizer = new SGD(model.parameters(), { lr: 1, momentum: 0.9, weightDecay: 0.01 });
  const train = (input: Tensor, y: Tensor) => {
    model.train();
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(input), y);
    loss.backward();
    optimizer.step();
    return loss;
  };
  const step = capture(train);
  const losses: number[] = [];
  for (let i = 0; i < 12; i++) {
    using loss = captured ? step(x, labels) : scope(() => train(x, labels));
    losses.push(await loss.item());
  }
  return { before, after: await model.stateDict(), losses };
}

describe("freeze", () => {
  test("fine-tuning lowers the loss, and the frozen backbone keeps its bits and statistics", async () => {
    const { before, after, losses } = await fineTune(false);
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] as number));
    const changed = Object.keys(after).filter(
      (name) => `${after[name]?.data}` !== `${before[name]?.data}`,
    );
    expect(changed).toEqual(["3.weight", "3.bias"]);
  });

  test("a captured step gives the same bits as the eager one", async () => {
    expect(await fineTune(true)).toEqual(await fineTune(false));
  });

  test("frozen modules stay in evaluation after train(), and come back after unfreeze()", () => {
    const model = network();
    expect(nn.freeze(part(model, "0"))).toBe(part(model, "0"));
    model.train();
    const modes = () =>
      model.namedModules().flatMap(([name, { training }]) => (training ? [name] : []));
    expect(modes()).toEqual(["", "1", "2", "3"]);
    nn.unfreeze(part(model, "0"));
    expect(modes()).toEqual(["", "0", "0.0", "0.1", "0.2", "0.3", "1", "2", "3"]);
    expect(model.parameters().every(({ requiresGrad }) => requiresGrad)).toBe(true);
    nn.freeze(model.eval());
    expect(modes()).toEqual([]);
    nn.unfreeze(model);
    expect(modes()).toEqual([]);
  });

  test("a captured step follows freeze and unfreeze", async () => {
    const model = network();
    const statistics = async () => (await model.stateDict())["0.1.running_mean"]?.data;
    const step = capture((input: Tensor) => model.forward(input));
    const run = async () => {
      using y = step(x);
      await y.read();
      return statistics();
    };
    const first = await run();
    nn.freeze(model);
    expect(await run()).toEqual(first);
    nn.unfreeze(model);
    expect(await run()).not.toEqual(first);
  });

  test("a frozen parameter loses its gradient", () => {
    const model = network();
    crossEntropy(model.forward(x), labels).backward();
    nn.freeze(model);
    expect(model.parameters().map(({ grad }) => grad)).toEqual(Array(6).fill(null));
  });
});

describe("replaceModule", () => {
  test("puts a head for other classes in by its name, and the state dict follows", async () => {
    const model = mobilenetV2({ small: true, numClasses: 10 }).eval();
    const names = model.namedTensors().map(([name]) => name);
    const head = new nn.Linear(128, 3);
    const old = nn.replaceModule(model, "classifier.1", head);
    expect(old).toBeInstanceOf(nn.Linear);
    old.dispose();
    expect(model.namedTensors().map(([name]) => name)).toEqual(names);
    expect(head.training).toBe(false);
    expect((await model.stateDict())["classifier.1.weight"]?.shape).toEqual([3, 128]);
    using y = scope(() => model.forward(ops.zeros([1, 3, 32, 32])));
    expect(y.shape).toEqual([1, 3]);
  });

  test("works in fields, in arrays under other names, in lists, dicts and branches", () => {
    const model = resnet18({ small: true, numClasses: 4 });
    const block = part(model, "layer1.0");
    const [conv] = [new nn.Conv2d(1, 1, 1)];
    nn.replaceModule(model, "fc", new nn.Identity());
    expect(part(model, "fc")).toBeInstanceOf(nn.Identity);
    nn.replaceModule(model, "layer1.0", conv);
    expect(part(model, "layer1.0")).toBe(conv);
    block.dispose();
    const holders = {
      list: new nn.ModuleList([new nn.ReLU()]),
      dict: new nn.ModuleDict({ 0: new nn.ReLU() }),
      branches: new nn.Concat([new nn.ReLU()]),
    };
    for (const holder of Object.values(holders)) {
      const next = new nn.Tanh();
      nn.replaceModule(holder, "0", next);
      expect(holder.namedChildren()).toEqual([["0", next]]);
    }
  });

  test("captured steps and inference() go on with the new module", async () => {
    const model = network().eval();
    const step = capture((input: Tensor) => model.forward(input));
    const predict = nn.inference(model);
    for (const run of [step, predict]) {
      using y = run(x);
      expect(y.shape).toEqual([8, 2]);
    }
    nn.replaceModule(model, "3", new nn.Linear(4, 5)).dispose();
    for (const run of [step, predict]) {
      using y = run(x);
      expect(y.shape).toEqual([8, 5]);
      expect((await y.read()).every(Number.isFinite)).toBe(true);
    }
  });

  test("refuses a path that is not there, the model itself and a circle", () => {
    const model = network();
    const head = new nn.Linear(4, 5);
    expect(() => nn.replaceModule(model, "classifier", head)).toThrow(
      'replaceModule: expected a path below the model, got "classifier"; those there are begin with 0, 0.0, 0.1, 0.2',
    );
    expect(() => nn.replaceModule(model, "", head)).toThrow("expected a path below the model");
    expect(() => nn.replaceModule(model, "3", new nn.Sequential(model))).toThrow(
      "replaceModule: expected a module that does not hold the model",
    );
  });
});

describe("groups of parameters", () => {
  test("layerGroups: rates fall from the head down, norms go with their layer, vectors do not decay", () => {
    const model = network();
    const of = (name: string) => model.namedParameters().find(([own]) => own === name)?.[1];
    expect(layerGroups(model, { lr: 1, decay: 0.5 })).toEqual([
      { parameters: ["0.0.weight", "0.0.bias", "0.1.weight", "0.1.bias"].map(of), lr: 0.5 },
      { parameters: ["3.weight", "3.bias"].map(of), lr: 1 },
    ]);
    const groups = layerGroups(model, { lr: 1, decay: 0.5, weightDecay: 0.1 });
    expect(
      groups.map(({ lr, weightDecay, parameters }) => [lr, weightDecay, parameters.length]),
    ).toEqual([
      [0.5, 0.1, 1],
      [0.5, 0, 3],
      [1, 0.1, 1],
      [1, 0, 1],
    ]);
    expect(new AdamW(groups, { lr: 9 }).groups.map(({ lr }) => lr)).toEqual([0.5, 0.5, 1, 1]);
  });

  test("layerGroups: every parameter of a network is in one group, in order", () => {
    const model = resnet18({ small: true });
    const groups = layerGroups(model, { lr: 1, decay: 0.9 });
    expect(groups.flatMap(({ parameters }) => parameters)).toEqual(model.parameters());
    expect(new Set(groups.map(({ lr }) => lr)).size).toBe(groups.length);
  });

  test("parameterGroups: the first rule that is for a name counts, and the rest is left to the optimiser", () => {
    const model = network();
    const rules = [
      ["0.1", { lr: 0.1 }],
      [/bias$/, { weightDecay: 0 }],
    ] as const;
    const groups = parameterGroups(model, rules);
    const names = new Map(model.namedParameters().map(([name, p]) => [p, name]));
    expect(groups.map(({ parameters }) => parameters.map((p) => names.get(p)))).toEqual([
      ["0.1.weight", "0.1.bias"],
      ["0.0.bias", "3.bias"],
      ["0.0.weight", "3.weight"],
    ]);
    const optimizer = new AdamW(groups, { lr: 1, weightDecay: 0.5 });
    expect(optimizer.groups.map(({ lr, weightDecay }) => [lr, weightDecay])).toEqual([
      [0.1, 0.5],
      [1, 0],
      [1, 0.5],
    ]);
  });

  test("parameterGroups refuses a rule for which there is no parameter", () => {
    expect(() => parameterGroups(network(), [["head", { lr: 1 }]])).toThrow(
      'parameterGroups: expected patterns of parameter names, got "head", which fits none',
    );
    expect(() => layerGroups(new nn.ReLU(), { lr: 1 })).toThrow(
      "layerGroups: expected a model with parameters",
    );
  });
});
