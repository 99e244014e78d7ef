import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const image = () => ops.uniform([2, 4, 5, 6], { low: -3, high: 3 });
const line = () => ops.uniform([2, 4, 11], { low: -3, high: 3 });

type Layer = readonly [name: string, layer: nn.Module, op: (x: Tensor) => Tensor, x: () => Tensor];

const layers: readonly Layer[] = [
  ["CELU", new nn.CELU(2), (x) => ops.celu(x, { alpha: 2 }), image],
  ["Hardswish", new nn.Hardswish(), ops.hardswish, image],
  ["Hardsigmoid", new nn.Hardsigmoid(), ops.hardsigmoid, image],
  ["Hardtanh", new nn.Hardtanh(-2, 1), (x) => ops.hardtanh(x, { minVal: -2, maxVal: 1 }), image],
  ["LogSigmoid", new nn.LogSigmoid(), ops.logsigmoid, image],
  ["Softsign", new nn.Softsign(), ops.softsign, image],
  ["Tanhshrink", new nn.Tanhshrink(), ops.tanhshrink, image],
  ["Softshrink", new nn.Softshrink(1), (x) => ops.softshrink(x, { lambd: 1 }), image],
  ["Hardshrink", new nn.Hardshrink(1), (x) => ops.hardshrink(x, { lambd: 1 }), image],
  ["Softplus", new nn.Softplus(2, 1), (x) => ops.softplus(x, { beta: 2, threshold: 1 }), image],
  ["GELU", new nn.GELU(), (x) => ops.gelu(x), image],
  ["GELU by tanh", new nn.GELU({ approximate: "tanh" }), (x) => ops.gelu(x, { approximate: "tanh" }), image],
  ["AdaptiveAvgPool2d", new nn.AdaptiveAvgPool2d([3, null]), (x) => ops.adaptiveAvgPool2d(x, [3, 6]), image],
  ["AdaptiveMaxPool2d", new nn.AdaptiveMaxPool2d(3), (x) => ops.adaptiveMaxPool2d(x, 3), image],
  ["AdaptiveAvgPool1d", new nn.AdaptiveAvgPool1d(3), (x) => ops.adaptiveAvgPool1d(x, 3), line],
  ["LPPool2d", new nn.LPPool2d(2, 3, { stride: 2 }), (x) => ops.lpPool2d(x, { kernelSize: 3, stride: 2 }), image],
  ["MaxPool1d", new nn.MaxPool1d(3, { dilation: 2 }), (x) => ops.maxPool1d(x, { kernelSize: 3, dilation: 2 }), line],
  ["AvgPool1d", new nn.AvgPool1d(3, { padding: 1 }), (x) => ops.avgPool1d(x, { kernelSize: 3, padding: 1 }), line],
  ["Upsample", new nn.Upsample({ scaleFactor: 2 }), (x) => ops.interpolate(x, { size: [10, 12] }), image],
]; // biome-ignore format: one layer a line

describe("layers", () => {
  for (const [name, layer, op, input] of layers) {
    test(`${name} does what its operation does`, async () => {
      using x = input();
      const [y, z] = scope(() => [layer.forward(x), op(x)] as const);
      expect(y.shape).toEqual(z.shape);
      expect(await y.read()).toEqual(await z.read());
      y.dispose();
      z.dispose();
    });
  }

  test("PReLU has PyTorch's weight, at 0.25", async () => {
    const [one, many] = [new nn.PReLU(), new nn.PReLU(4, { init: 0.1 })];
    expect([...((await one.stateDict()).weight?.data ?? [])]).toEqual([0.25]);
    expect((await many.stateDict()).weight?.shape).toEqual([4]);
    const y = scope(() => one.forward(tensor([-4, 8], { shape: [1, 2] })));
    expect([...(await y.read())]).toEqual([-1, 8]);
    expect(() => many.forward(ops.ones([2, 3]))).toThrow(ShapeError);
  });

  test("RReLU draws in training and takes the mean in evaluation", async () => {
    const layer = new nn.RReLU(0.25, 0.75);
    using x = ops.full([500], -1);
    const [drawn, mean] = scope(() => [layer.forward(x), layer.eval().forward(x)] as const);
    const slopes = Array.from(await drawn.read(), (value) => -value);
    expect(new Set(slopes).size).toBeGreaterThan(490);
    expect(Math.min(...slopes)).toBeGreaterThanOrEqual(0.25);
    expect(Math.max(...slopes)).toBeLessThan(0.75);
    expect(new Set(await mean.read())).toEqual(new Set([-0.5]));
    expect(() => ops.rrelu(x, { lower: 1, upper: 0 })).toThrow(ValueError);
  });

  test("Dropout2d drops whole planes, in training only", async () => {
    const layer = new nn.Dropout2d(0.5);
    using x = ops.ones([10, 20, 3, 3]);
    const y = Array.from(await scope(() => layer.forward(x)).read());
    const planes = Array.from({ length: 200 }, (_, p) => new Set(y.slice(9 * p, 9 * p + 9)));
    expect(planes.every((values) => values.size === 1)).toBe(true);
    const kept = planes.filter((values) => values.has(2)).length;
    expect(kept).toBeGreaterThan(70);
    expect(kept).toBeLessThan(130);
    expect(layer.eval().forward(x)).toBe(x);
    expect(() => ops.dropout2d(line())).toThrow(/expected x \[N, C, H, W\]/);
    expect(() => ops.dropout2d(x, 2)).toThrow(/probability/);
  });

  test("AlphaDropout, Dropout1d and Dropout3d leave evaluation alone", () => {
    using x = line();
    for (const layer of [new nn.AlphaDropout(), new nn.Dropout1d(), new nn.Dropout3d()]) {
      expect(layer.eval().forward(x)).toBe(x);
    }
  });
});

describe("transposed convolution", () => {
  test("has PyTorch's weight, bound and names", async () => {
    const layer = new nn.ConvTranspose2d(4, 6, 3, { groups: 2 });
    const state = await layer.stateDict();
    expect(state.weight?.shape).toEqual([4, 3, 3, 3]);
    expect(state.bias?.shape).toEqual([6]);
    const greatest = Math.max(...Array.from(state.weight?.data ?? [], Math.abs));
    expect(greatest).toBeLessThanOrEqual(1 / Math.sqrt(27));
    expect(greatest).toBeGreaterThan(0.9 / Math.sqrt(27));
    expect(new nn.ConvTranspose2d(1, 1, 2, { bias: false }).bias).toBeUndefined();
  });

  test("chooses its output padding to reach an output size", () => {
    const layer = new nn.ConvTranspose2d(4, 3, 3, { stride: 2, padding: 1 });
    using x = image();
    const [a, b] = scope(() => [layer.forward(x), layer.forward(x, [10, 11])] as const);
    expect(a.shape).toEqual([2, 3, 9, 11]);
    expect(b.shape).toEqual([2, 3, 10, 11]);
    expect(() => layer.forward(x, [11, 11])).toThrow(/outputSize from \[9, 11\]/);
    expect(() => layer.forward(ops.ones([1, 3, 5, 5]))).toThrow(ShapeError);
  });

  test("undoes the shape of a convolution along one axis", () => {
    const down = new nn.Conv1d(4, 8, 3, { stride: 2, padding: 1 });
    const up = new nn.ConvTranspose1d(8, 4, 3, { stride: 2, padding: 1 });
    using x = line();
    const y = scope(() => up.forward(down.forward(x)));
    expect(y.shape).toEqual([2, 4, 11]);
    expect(down.weight.shape).toEqual([8, 4, 3]);
    expect(() => down.forward(image())).toThrow(/conv1d: expected x \[N, inC, L\]/);
  });
});
