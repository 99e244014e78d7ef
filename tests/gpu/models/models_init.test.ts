import { expect, test } from "vitest";
import { resNet, resnet50, squeezenet1_0, vgg16 } from "../../../src/models/index.ts";
import type { Module } from "../../../src/nn/module/module.ts";
import { manualSeed } from "../../../src/ops/random/random.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Statistics of the initial values of a parameter, such as "layer4.0.conv2.weight". */
async function begin(model: Module, name: string) {
  const values = new Map(model.namedParameters()).get(name);
  if (!values) throw new Error(`${name}: no parameter`);
  const data = Array.from(await values.read(), Number);
  const mean = data.reduce((a, b) => a + b, 0) / data.length;
  const square = data.reduce((a, b) => a + b * b, 0) / data.length;
  const largest = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return { count: data.length, mean, std: Math.sqrt(square), largest };
}

/** The initial values must be within four standard errors of these. */
async function expectBegin(model: Module, name: string, std: number, largest = 0) {
  const found = await begin(model, name);
  expect(Math.abs(found.mean) * Math.sqrt(found.count)).toBeLessThan(4 * std);
  expect(Math.abs(found.std / std - 1)).toBeLessThan(4 / Math.sqrt(2 * found.count));
  if (largest) expect(found.largest).toBeLessThanOrEqual(largest);
}

// as initialised in torchvision 0.14: resnet.py, vgg.py and squeezenet.py

test("convolutions of residual networks begin normal with variance 2 / fan out, the last layer as linear layers do", async () => {
  manualSeed(1);
  const model = resNet({ width: 32, layers: [1, 1], numClasses: 100 });
  await expectBegin(model, "layer2.0.conv2.weight", Math.sqrt(2 / (64 * 9)));
  await expectBegin(model, "layer2.0.downsample.0.weight", Math.sqrt(2 / 64));
  await expectBegin(model, "fc.weight", 1 / Math.sqrt(3 * 64), 1 / 8);
  expect(await begin(model, "layer1.0.bn2.weight")).toMatchObject({ mean: 1, std: 1 });
  model.dispose();
});

test("zeroInitResidual begins every residual branch at 0 and nothing else", async () => {
  const model = resnet50({ small: true, zeroInitResidual: true });
  for (const [name, p] of model.namedParameters()) {
    if (!/bn\d\.weight$/.test(name)) continue;
    const wanted = /bn3/.test(name) ? 0 : 1;
    expect((await p.read()).every((gamma: number) => gamma === wanted)).toBe(true);
  }
  model.dispose();
});

test("VGG begins its convolutions like residual networks, its linear layers narrow, its biases at 0", async () => {
  manualSeed(2);
  const model = vgg16({ small: true });
  await expectBegin(model, "features.28.weight", Math.sqrt(2 / (64 * 9)));
  await expectBegin(model, "classifier.3.weight", 0.64 / Math.sqrt(128));
  expect((await begin(model, "features.28.bias")).largest).toBe(0);
  expect((await begin(model, "classifier.3.bias")).largest).toBe(0);
  model.dispose();
});

test("SqueezeNet begins its convolutions uniform with variance 2 / fan in, the last at 0.01", async () => {
  manualSeed(3);
  const model = squeezenet1_0({ small: true });
  const std = Math.sqrt(2 / (16 * 9));
  await expectBegin(model, "features.12.expand3x3.weight", std, Math.sqrt(3) * std);
  await expectBegin(model, "classifier.1.weight", 0.01);
  expect((await begin(model, "classifier.1.bias")).largest).toBe(0);
  model.dispose();
});
