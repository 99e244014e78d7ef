import { describe, expect, test } from "vitest";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import * as transforms from "../../../src/data/transforms/index.ts";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import * as nn from "../../../src/nn/index.ts";
import { manualSeed } from "../../../src/ops/random/random.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import text from "../../golden/transforms.jsonl?raw";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

interface Known {
  readonly name: string;
  readonly shape: readonly number[];
  readonly y: readonly number[];
}

/** Expected values from torchvision, made by tests/golden/transforms.py, which has the formula of the picture. */
const known: readonly Known[] = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const picture = () =>
  tensor(
    Float32Array.from({ length: 126 }, (_, i) => ((i * 37) % 101) / 101),
    { shape: [1, 3, 6, 7] },
  );

const settled = {
  hflip: new transforms.RandomHorizontalFlip(1),
  vflip: new transforms.RandomVerticalFlip(1),
  "rotate 30, nearest": new transforms.RandomRotation([30, 30], { fill: 0.5 }),
  "rotate 30, bilinear": new transforms.RandomRotation([30, 30], {
    interpolation: "bilinear",
    fill: 0.5,
  }),
  "rotate 30 about (1, 2)": new transforms.RandomRotation([30, 30], {
    ...{ interpolation: "bilinear", fill: 0.5, center: [1, 2] },
  }),
  "rotate 30, expand": new transforms.RandomRotation([30, 30], {
    ...{ interpolation: "bilinear", fill: 0.5, expand: true },
  }),
  "rotate -100, expand": new transforms.RandomRotation([-100, -100], { expand: true }),
  "affine about (1, 2)": new transforms.RandomAffine([20, 20], {
    ...{ interpolation: "bilinear", fill: 0.5, center: [1, 2] },
    ...{ scale: [1.3, 1.3], shear: [10, 10, -5, -5] },
  }),
  "center_crop 3 × 4": new transforms.CenterCrop([3, 4]),
  "center_crop 8 × 9": new transforms.CenterCrop([8, 9]),
  "resize 9 × 5": new transforms.Resize([9, 5], { antialias: false }),
  "resize 4, antialias": new transforms.Resize(4),
  "brightness 1.4": new transforms.ColorJitter({ brightness: [1.4, 1.4] }),
  "contrast 0.6": new transforms.ColorJitter({ contrast: [0.6, 0.6] }),
  "saturation 1.7": new transforms.ColorJitter({ saturation: [1.7, 1.7] }),
  "hue 0.2": new transforms.ColorJitter({ hue: [0.2, 0.2] }),
  "posterize 3": new transforms.RandomPosterize(3, 1),
  "solarize 0.4": new transforms.RandomSolarize(0.4, 1),
  "sharpness 1.7": new transforms.RandomAdjustSharpness(1.7, 1),
  "sharpness 0.2": new transforms.RandomAdjustSharpness(0.2, 1),
  autocontrast: new transforms.RandomAutocontrast(1),
  "gaussian_blur 5, 1.3": new transforms.GaussianBlur(5, { sigma: 1.3 }),
  invert: new transforms.RandomInvert(1),
  grayscale: new transforms.RandomGrayscale(1),
  normalize: new transforms.Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]),
};

const values = (x: Tensor) => x.read() as Promise<Float32Array>;

describe("with settled parameters a transform gives torchvision's values:", () => {
  for (const [name, transform] of Object.entries(settled)) {
    test(name, async () => {
      const expected = known.find((each) => each.name === name) as Known;
      using x = picture();
      using y = transform.forward(x);
      expect(y.shape).toEqual(expected.shape);
      const got = await values(y);
      const worst = expected.y.reduce(
        (m, v, i) => Math.max(m, Math.abs(v - (got[i] as number))),
        0,
      );
      expect(worst).toBeLessThan(2e-5);
    });
  }
});

const pipeline = new transforms.Compose([
  new transforms.RandomCrop([6, 7], { padding: 2 }),
  new transforms.RandomHorizontalFlip(),
  new transforms.RandomRotation(15, { interpolation: "bilinear" }),
  new transforms.ColorJitter({ brightness: 0.4, contrast: 0.4 }),
  new transforms.Normalize(0.5, 0.25),
  new transforms.RandomErasing(),
]);

test("crop, flip, rotation, jitter, normalisation and erasing are two dispatches", () => {
  using x = picture();
  const step = capture(() => pipeline.forward(x));
  using _ = step();
  expect(step.plan().dispatches).toBe(2);
  step.dispose();
});

test("the same seed gives the same pictures, the next call others", async () => {
  using x = picture();
  const draw = async () => {
    using y = pipeline.forward(x);
    return [...(await values(y))];
  };
  manualSeed(4);
  const [first, second] = [await draw(), await draw()];
  manualSeed(4);
  expect(await draw()).toEqual(first);
  expect(await draw()).toEqual(second);
  expect(first).not.toEqual(second);
});

test("one of two: every picture is mirrored one way or the other, in both ways", async () => {
  const flips = [new transforms.RandomHorizontalFlip(1), new transforms.RandomVerticalFlip(1)];
  using x = tensor(
    Float32Array.from({ length: 64 * 4 }, (_, i) => i % 4),
    { shape: [64, 1, 2, 2] },
  );
  manualSeed(1);
  using y = new transforms.OneOf(flips).forward(x);
  const all = [...(await values(y))];
  const kinds = Array.from({ length: 64 }, (_, n) => all.slice(4 * n, 4 * n + 4).join());
  expect(new Set(kinds)).toEqual(new Set(["1,0,3,2", "2,3,0,1"]));
});

test("mixed labels keep the sum 1 and go with the images", async () => {
  using x = tensor(
    Float32Array.from({ length: 4 * 16 }, (_, i) => Math.floor(i / 16)),
    { shape: [4, 1, 4, 4] },
  );
  using y = tensor(Uint32Array.of(0, 1, 2, 3));
  for (const mixing of [transforms.MixUp, transforms.CutMix]) {
    manualSeed(3);
    const both = new mixing({ numClasses: 4 }).forward({ x, y });
    const [images, labels] = [await values(both.x), await values(both.y)];
    for (let n = 0; n < 4; n++) {
      const mean = images.slice(16 * n, 16 * n + 16).reduce((sum, v) => sum + v, 0) / 16;
      const expected = labels
        .slice(4 * n, 4 * n + 4)
        .reduce((sum, part, label) => sum + part * label, 0);
      expect(mean).toBeCloseTo(expected, 5);
      expect(labels.slice(4 * n, 4 * n + 4).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 6);
    }
    both.x.dispose();
    both.y.dispose();
  }
});

test("a loader takes MixUp as it is, and its batches have soft labels", async () => {
  using x = picture();
  using y = tensor(Uint32Array.of(1));
  const mixUp = new transforms.MixUp({ numClasses: 2 });
  for await (const batch of new DataLoader(new TensorDataset(x, y), { transform: mixUp })) {
    const labels: Tensor = batch.y;
    expect([batch.x.shape, labels.shape]).toEqual([x.shape, [1, 2]]);
    expect([...(await labels.read())]).toEqual([0, 1]);
  }
});

test("images alone are not mixed: the error names MixUp and what to give", () => {
  using x = picture();
  expect(() => new transforms.MixUp().forward(x)).toThrow(
    /MixUp.forward: expected a batch { x, y }/,
  );
});

test("in a captured step every replay draws new pictures, makes nothing and is one submit", async () => {
  using x = picture();
  using y = tensor(Uint32Array.of(1));
  const model = new nn.Sequential(new nn.Flatten(), new nn.Linear(126, 2));
  const optimizer = new SGD(model.parameters(), { lr: 0.01 });
  const augment = new transforms.Compose([pipeline, new transforms.MixUp({ numClasses: 2 })]);
  const step = capture((images: Tensor, labels: Tensor) => {
    optimizer.zeroGrad();
    const batch = augment.forward({ x: images, y: labels });
    const loss = crossEntropy(model.forward(batch.x), batch.y);
    loss.backward();
    optimizer.step();
    return { loss, x: batch.x };
  });
  const pictures = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const { loss, x: seen } = scope(() => step(x, y));
    pictures.add([...(await values(seen))].join());
    loss.dispose();
    seen.dispose();
  }
  const before = engine.counters();
  const { loss, x: seen } = step(x, y);
  pictures.add([...(await values(seen))].join());
  const after = engine.counters();
  expect(pictures.size).toBe(4);
  for (const name of ["buffersCreated", "pipelinesCompiled", "bindGroupsCreated"] as const) {
    expect(after[name] - before[name], name).toBe(0);
  }
  expect(after.submits - before.submits).toBe(1);
  loss.dispose();
  seen.dispose();
  step.dispose();
});
