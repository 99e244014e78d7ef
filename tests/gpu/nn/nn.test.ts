import { describe, expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/index.ts";
import { type BlockKind, resNet } from "../../../src/models/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { Adam, SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const images = (n: number, size = 8) => ops.uniform([n, 1, size, size]);
const norms: readonly nn.NormKind[] = ["batch", "group", "instance", "layer", "none"];
const blocks: readonly BlockKind[] = ["basic", "bottleneck", "preactivation", "resnext"];

describe("modules", () => {
  test("name their state as PyTorch does", async () => {
    const model = resNet({ layers: [1, 1], width: 4 });
    const bn = (path: string) =>
      ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"].map(
        (n) => `${path}.${n}`,
      );
    const block = (path: string) =>
      [1, 2].flatMap((i) => [`${path}.conv${i}.weight`, ...bn(`${path}.bn${i}`)]);
    const expected = [
      ...["conv1.weight", ...bn("bn1")],
      ...block("layer1.0"),
      ...block("layer2.0"),
      ...["layer2.0.downsample.0.weight", ...bn("layer2.0.downsample.1")],
      ...["fc.weight", "fc.bias"],
    ];
    expect(Object.keys(await model.stateDict()).sort()).toEqual(expected.sort());
    model.dispose();
  });

  test("have the published number of parameters: ResNet-20 with projection shortcuts, 272,474", () => {
    const model = resNet({ inChannels: 3, layers: [3, 3, 3], width: 16 });
    expect(model.parameterCount()).toBe(272_474);
    model.dispose();
  });

  test("give their state to a twin, which then computes the same", async () => {
    const [a, b] = [resNet({ width: 4 }), resNet({ width: 4 })];
    using x = images(3);
    scope(() => a.forward(x)); // changes the running statistics
    b.loadStateDict(await a.stateDict());
    const [ya, yb] = scope(() => [a.eval().forward(x), b.eval().forward(x)] as const);
    expect(await ya.read()).toEqual(await yb.read());
    expect((await b.stateDict())["bn1.num_batches_tracked"]?.data[0]).toBe(1);
    for (const held of [a, b, ya, yb]) held.dispose();
  });

  test("refuse a state of another model before anything changes", async () => {
    const model = new nn.Linear(3, 2);
    const before = await model.stateDict();
    const weight = { shape: [2, 3], data: new Float32Array(6) };
    expect(() => model.loadStateDict({ weight })).toThrow(/1 missing \[bias\]/);
    const bias = { shape: [3], data: new Float32Array(3) };
    expect(() => model.loadStateDict({ weight, bias })).toThrow(/bias expects \[2\], got \[3\]/);
    expect(await model.stateDict()).toEqual(before);
    model.dispose();
  });

  test("batch norm learns running statistics in training and uses them in evaluation", async () => {
    const bn = new nn.BatchNorm2d(2);
    using x = tensor([1, 2, 3, 4, 10, 20, 30, 40], { shape: [1, 2, 2, 2] });
    scope(() => bn.forward(x));
    const { running_mean: mean, running_var: variance } = await bn.stateDict();
    expect(mean?.data[0]).toBeCloseTo(0.25, 6); // 0.9 · 0 + 0.1 · 2.5
    expect(variance?.data[0]).toBeCloseTo(0.9 + (0.1 * 5) / 3, 6); // the unbiased variance
    const y = scope(() => bn.eval().forward(x));
    expect((await y.read())[0]).toBeCloseTo((1 - 0.25) / Math.sqrt(0.9 + 0.5 / 3 + 1e-5), 5);
    expect(() => bn.forward(tensor([1, 2], { shape: [1, 2] }))).toThrow(/rank 4/);
    bn.dispose();
    y.dispose();
  });

  test("RMS norm divides by the root of the mean square, and learns γ only", async () => {
    const norm = new nn.RMSNorm(4);
    using x = tensor([1, -1, 3, 5], { shape: [1, 4] });
    const y = scope(() => norm.forward(x));
    expect((await y.read())[2]).toBeCloseTo(1, 6); // 3 / √(36 / 4)
    expect(norm.namedParameters().map(([name]) => name)).toEqual(["weight"]);
    norm.dispose();
    y.dispose();
  });

  test("dropout drops in training only", async () => {
    const layer = new nn.Dropout(0.5);
    using x = ops.ones([1000]);
    const y = scope(() => layer.forward(x));
    const kept = (await y.read()).filter((v: number) => v === 2).length;
    expect(kept).toBeGreaterThan(430);
    expect(kept).toBeLessThan(570);
    expect(layer.eval().forward(x)).toBe(x);
  });

  for (const block of blocks) {
    for (const norm of norms) {
      test(`a ${block} block with ${norm} norm gives every parameter a gradient`, async () => {
        ops.manualSeed(1);
        const model = resNet({ block, norm, layers: [1, 1], width: 8, activation: "silu" });
        scope(() => crossEntropy(model.forward(images(4)), [1, 2, 3, 4]).backward());
        for (const [name, p] of model.namedParameters()) {
          const grad = p.grad ? await p.grad.read() : new Float32Array();
          expect(
            grad.some((g: number) => g !== 0),
            name,
          ).toBe(true);
          expect(grad.every(Number.isFinite), name).toBe(true);
        }
        model.dispose();
      });
    }
  }

  test("without its shortcut a block is the plain stack of layers", async () => {
    ops.manualSeed(2);
    const plain = new nn.BasicBlock(4, 4, { shortcut: false, norm: "none" });
    using x = ops.uniform([1, 4, 5, 5]);
    const [y, z] = scope(() => {
      const h = ops.relu(plain.conv1.forward(x));
      return [plain.forward(x), ops.relu(plain.conv2.forward(h))] as const;
    });
    expect(await y.read()).toEqual(await z.read());
    plain.dispose();
  });

  test("without norms a block adds its shortcut, and gives both of them the gradient", async () => {
    ops.manualSeed(3);
    const block = new nn.BasicBlock(2, 2, { norm: "none", activation: "silu" });
    const values = Array.from({ length: 50 }, (_, i) => Math.sin(i));
    const dy = values.map((v) => v * v - 0.4);
    const at = async (forward: (x: Tensor) => Tensor) => {
      using x = tensor(values, { shape: [1, 2, 5, 5], requiresGrad: true });
      using y = scope(() => {
        const out = forward(x);
        out.backward(tensor(dy, { shape: [1, 2, 5, 5] }));
        return out;
      });
      return [...(await y.read()), ...(await (x.grad as Tensor).read())];
    };
    const got = await at((x) => block.forward(x));
    const { conv1, conv2 } = block;
    const want = await at((x) => ops.silu(ops.add(x, conv2.forward(ops.silu(conv1.forward(x))))));
    expect(got.every(Number.isFinite)).toBe(true);
    for (const [i, value] of want.entries()) expect(got[i]).toBeCloseTo(value, 5);
    block.dispose();
  });
});

describe("training", () => {
  test("starts from the values a parameter was made with, even if nothing ran in between", async () => {
    const p = tensor([1, 2, 3], { requiresGrad: true });
    const optimizer = new SGD([p], { lr: 0.5 });
    scope(() => ops.sum(p).backward());
    optimizer.step();
    expect(Array.from(await p.read())).toEqual([0.5, 1.5, 2.5]);
    optimizer.dispose();
  });

  const recipe = (model: nn.Module, optimizer: Adam, n: number) => {
    const x = images(n);
    const labels = Array.from({ length: n }, (_, i) => i % 10);
    return async () => {
      using loss = scope(() => {
        optimizer.zeroGrad();
        const value = crossEntropy(model.forward(x), labels);
        value.backward();
        optimizer.step();
        return value;
      });
      return loss.item();
    };
  };

  test("memorises ten random images, the same way to the last bit twice", async () => {
    const run = async () => {
      ops.manualSeed(7);
      const model = resNet({ width: 8, layers: [1, 1] });
      const step = recipe(model, new Adam(model.parameters(), { lr: 0.01 }), 10);
      const losses: number[] = [];
      for (let i = 0; i < 40; i++) losses.push(await step());
      model.dispose();
      return losses;
    };
    const first = await run();
    expect(first[0]).toBeGreaterThan(2);
    expect(first.at(-1)).toBeLessThan(0.05);
    expect(await run()).toEqual(first);
  });

  test("is 1 submit a step, creates nothing once warm and keeps no byte over 200 steps", async () => {
    ops.manualSeed(8);
    const model = resNet({ width: 4, layers: [1] });
    const step = recipe(model, new Adam(model.parameters(), { lr: 0.01 }), 2);
    for (let i = 0; i < 3; i++) await step();
    const before = engine.counters();
    for (let i = 0; i < 200; i++) await step();
    const after = engine.counters();
    expect(after.submits - before.submits).toBe(200);
    expect(after).toMatchObject({
      buffersCreated: before.buffersCreated,
      pipelinesCompiled: before.pipelinesCompiled,
      bindGroupsCreated: before.bindGroupsCreated,
      liveBytes: before.liveBytes,
    });
    model.dispose();
  });

  test("an optimiser step is one dispatch for all groups, and skips what has no gradient", async () => {
    const [a, b, c] = [3, 100, 7].map((n) => nn.parameter(ops.ones([n])));
    if (!a || !b || !c) throw new Error("three parameters");
    const sgd = new SGD([{ parameters: [a], lr: 0.1 }, { parameters: [b, c] }], { lr: 1 });
    scope(() => ops.add(ops.sum(ops.mul(a, 2)), ops.sum(b)).backward());
    await engine.flush();
    const before = engine.counters().dispatches;
    sgd.step();
    await engine.flush();
    expect(engine.counters().dispatches - before).toBe(1);
    expect((await a.read())[2]).toBeCloseTo(0.8, 6);
    expect((await b.read())[99]).toBe(0);
    expect((await c.read())[0]).toBe(1);
    sgd.dispose();
  });
});
