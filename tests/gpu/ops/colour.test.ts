import { describe, expect, test } from "vitest";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import text from "../../golden/transforms.jsonl?raw";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/**
 * Expected values from torchvision, made by tests/golden/transforms.py, which has the formulas of the picture and of
 * the upstream gradient.
 */
const known: readonly { name: string; shape: readonly number[]; y: readonly number[] }[] = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const picture = () =>
  tensor(
    Float32Array.from({ length: 126 }, (_, i) => ((i * 37) % 101) / 101),
    { shape: [1, 3, 6, 7] },
  );

const settled: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  "brightness 1.4": (x) => ops.adjustBrightness(x, 1.4),
  "contrast 0.6": (x) => ops.adjustContrast(x, 0.6),
  "contrast 1.8": (x) => ops.adjustContrast(x, 1.8),
  "saturation 1.7": (x) => ops.adjustSaturation(x, 1.7),
  "hue 0.2": (x) => ops.adjustHue(x, 0.2),
  "gamma 0.4": (x) => ops.adjustGamma(x, 0.4),
  "gamma 2.2, gain 1.5": (x) => ops.adjustGamma(x, 2.2, 1.5),
  "posterize 3": (x) => ops.posterize(x, 3),
  "solarize 0.4": (x) => ops.solarize(x, 0.4),
  invert: (x) => ops.invert(x),
  grayscale: (x) => ops.rgbToGrayscale(x, 3),
  "grayscale, one channel": (x) => ops.rgbToGrayscale(x),
  "sharpness 1.7": (x) => ops.adjustSharpness(x, 1.7),
  "sharpness 0.2": (x) => ops.adjustSharpness(x, 0.2),
  autocontrast: (x) => ops.autocontrast(x),
  "gaussian_blur 5, 1.3": (x) => ops.gaussianBlur(x, 5, { sigma: 1.3 }),
  "gaussian_blur 3 × 5": (x) => ops.gaussianBlur(x, [3, 5]),
};

async function near(name: string, got: Tensor): Promise<void> {
  const expected = known.find((each) => each.name === name);
  if (!expected) throw new Error(`no values of ${name}`);
  expect(got.shape).toEqual(expected.shape);
  const values = await got.read();
  const off = expected.y.map((v, i) => Math.abs(v - (values[i] as number)));
  expect(Math.max(...off)).toBeLessThan(2e-5);
}

describe("operations on colours give torchvision's", () => {
  const valued = Object.entries(settled).filter(([name]) => name !== "contrast 1.8");
  test.each(valued)("values: %s", async (name, f) => {
    using x = picture();
    using y = f(x);
    await near(name, y);
  });

  const gradients = known.flatMap(({ name }) => name.match(/^gradient of (.*)$/)?.slice(1) ?? []);
  test.each(gradients)("gradient: %s", async (name) => {
    using x = picture();
    x.requiresGrad = true;
    const dx = scope(() => {
      const y = (settled[name] as (x: Tensor) => Tensor)(x);
      const rise = Float32Array.from({ length: y.size }, (_, i) => ((i % 7) + 1) / 7);
      ops.sum(ops.mul(y, tensor(rise, { shape: y.shape }))).backward();
      return (x.grad as Tensor).detach();
    });
    await near(`gradient of ${name}`, dx);
    dx.dispose();
    x.grad?.dispose();
  });
});

test("what cannot be is refused by name, before anything is queued", () => {
  using x = picture();
  using four = ops.zeros([1, 4, 2, 2]);
  const before = engine.counters().dispatches;
  expect(() => ops.adjustBrightness(x, -1)).toThrow(
    "adjustBrightness: expected brightnessFactor ≥ 0, got -1",
  );
  expect(() => ops.adjustHue(x, 0.6)).toThrow(
    "adjustHue: expected hueFactor within -0.5 to 0.5, got 0.6",
  );
  expect(() => ops.adjustGamma(x, -1)).toThrow("adjustGamma: expected gamma ≥ 0, got -1");
  expect(() => ops.adjustContrast(four, 1)).toThrow(
    /^adjustContrast: expected images of 1 or 3 channels, got .*4/,
  );
  expect(() => ops.rgbToGrayscale(four)).toThrow(/expected images \[N, 3, H, W\]/);
  expect(() => ops.rgbToGrayscale(x, 2)).toThrow(/expected 1 or 3 as numOutputChannels, got 2/);
  expect(() => ops.posterize(x, 9)).toThrow(/expected bits from 1 to 8, got 9/);
  expect(() => ops.gaussianBlur(x, 4)).toThrow(/expected an odd size from 1 to 63/);
  expect(() => ops.gaussianBlur(x, 13)).toThrow(
    /expected images of more than 6 cells along columns/,
  );
  expect(engine.counters().dispatches).toBe(before);
});

test("in a captured step they give the bits of an eager one", async () => {
  const both = (x: Tensor) => {
    const bright = ops.adjustHue(ops.adjustContrast(x, 0.7), 0.1);
    return ops.adjustGamma(ops.gaussianBlur(bright, 3), 1.7);
  };
  using x = picture();
  using eager = scope(() => both(x));
  const step = capture(both);
  for (let k = 0; k < 2; k++) {
    using y = step(x);
    expect(await y.read()).toEqual(await eager.read());
  }
  step.dispose();
});
