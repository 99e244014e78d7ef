import { describe, expect, test } from "vitest";
import { resnet50, squeezenet1_1, vgg16 } from "../../../src/models/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { randomState } from "../../../src/ops/random/random.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { summary } from "../../../src/train/summary.ts";
import { silentDevice } from "../../support/silent_device.ts";

const engine = await init({ device: silentDevice() });
const MiB = 2 ** 20;

describe("summary", () => {
  test("says of ResNet-50 what is published: 25,557,032 parameters, 4.09 G multiply-adds", () => {
    const model = resnet50();
    const found = summary(model, [1, 3, 224, 224]);
    expect(found.parameters).toBe(25_557_032);
    expect(found.multiplyAdds).toBe(4_089_184_256);
    expect(found.outputs).toEqual([[1, 1000]]);
    const buffers = 2 * 26_560; // mean and variance of every channel that is normalised
    expect(found.parameterBytes).toBe(4 * (25_557_032 + buffers));
    expect(found.layers.length).toBe(107); // 53 convolutions, as many norms, a linear layer
    expect(found.layers[0]).toEqual({
      ...{ name: "conv1", layer: "Conv2d", outputs: [[1, 64, 112, 112]] },
      ...{ parameters: 9408, multiplyAdds: 9408 * 112 ** 2, bytes: 4 * 64 * 112 ** 2 },
    });
    const text = found.table();
    expect(text).toMatch(
      /layer4\.2\.conv3 +Conv2d +\[1, 2048, 7, 7\] +1,048,576 +51\.38 M +0\.38 MiB/,
    );
    expect(text).toMatch(/parameters +25,557,032\nmultiply-adds +4,?089\.18 M\n/);
    model.dispose();
  });

  test("says of VGG-16 what is published: 138,357,544 parameters, 15.47 G multiply-adds", () => {
    const model = vgg16();
    const found = summary(model, [2, 3, 224, 224]); // a batch of two
    expect(found.parameters).toBe(138_357_544);
    expect(found.multiplyAdds).toBe(2 * 15_470_264_320);
    expect(found.parameterBytes).toBe(4 * 138_357_544);
    model.dispose();
  });

  test("runs nothing and leaves mode, counters and random numbers as they are", async () => {
    const model = new nn.Sequential(
      new nn.Conv2d(2, 4, 3),
      new nn.BatchNorm2d(4),
      new nn.Dropout(),
    );
    model[Symbol.iterator]().next().value?.eval();
    await engine.flush();
    const state = () => ({
      ...{ ...engine.counters(), random: randomState() },
      modes: model.namedModules().map(([, { training }]) => training),
      batches: model.namedCounters().map(([, { value }]) => value),
    });
    const before = state();
    for (const training of [false, true]) {
      const { layers } = summary(model, [1, 2, 8, 8], { training });
      const bytes = 4 * 4 * 6 * 6;
      expect(layers.map((layer) => layer.bytes)).toEqual([bytes, bytes, training ? bytes : 0]);
    }
    await engine.flush();
    expect(state()).toEqual(before);
    model.dispose();
  });

  test("counts what a block makes of its layers' results, and a view not again", () => {
    const model = squeezenet1_1();
    const { layers } = summary(model, [1, 3, 224, 224]);
    const of = (path: string) => layers.find(({ name }) => name === path);
    expect(of("features.3")).toMatchObject({ layer: "Fire", bytes: 4 * 128 * 55 ** 2 });
    expect(of("features.3")?.parameters).toBe(0);
    expect(of("features.1")).toMatchObject({ layer: "Identity", bytes: 0 });
    model.dispose();
  });

  test("knows transposed and one-dimensional layers, shared ones and frozen parameters", () => {
    const up = new nn.ConvTranspose2d(3, 5, 2, { stride: 2 });
    const same = new nn.Conv2d(5, 5, 1, { groups: 5 });
    const model = new nn.Sequential(up, same, same);
    for (const p of same.parameters()) p.requiresGrad = false;
    const found = summary(model, [1, 3, 4, 4]);
    expect(found.layers.map((layer) => layer.multiplyAdds)).toEqual([960, 320, 320]);
    expect(found.layers.map((layer) => layer.parameters)).toEqual([65, 10, 0]);
    expect([found.parameters, found.trainableParameters]).toEqual([75, 65]);
    expect(found.table()).toContain("parameters     75, 10 of them frozen");
    const line = new nn.Conv1d(2, 3, 3);
    expect(summary(line, [1, 2, 10]).multiplyAdds).toBe(8 * 3 * 2 * 3);
    expect(summary(line, [1, 2, 10]).layers[0]?.name).toBe("");
    const rows = new nn.Embedding(1024, 256);
    const embedded = summary(rows, [1024], { dtype: "u32" });
    expect([embedded.activationBytes, embedded.multiplyAdds]).toEqual([MiB, 0]);
    for (const each of [model, line, rows]) each.dispose();
  });

  test("throws what the layer says of a shape that does not fit, and watches no longer", () => {
    const model = new nn.Sequential(new nn.Linear(3, 2));
    expect(() => summary(model, [1, 4])).toThrow(/inner sizes differ|expected/);
    expect(() => summary(model, [1, -3])).toThrow(/^summary: expected a shape of integers/);
    expect(summary(model, [1, 3]).layers.length).toBe(1);
    model.dispose();
  });
});
