import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Factors by which nine samples of ones were multiplied (stochastic depth: 0 or 1/(1 − p)). */
async function samples(y: Tensor): Promise<number[]> {
  const values = Array.from(await y.read());
  y.dispose();
  const rows = Array.from({ length: 9 }, (_, i) => new Set(values.slice(6 * i, 6 * i + 6)));
  expect(rows.every((row) => row.size === 1)).toBe(true);
  return rows.flatMap((row) => [...row]);
}

describe("StochasticDepth", () => {
  const x = ops.ones([9, 2, 3]);

  test("drops whole samples, and by new draws in every replay of a captured step", async () => {
    ops.manualSeed(1);
    const layer = new nn.StochasticDepth(0.5, "row");
    const step = capture(() => layer.forward(x));
    const seen = new Set<string>();
    for (let i = 0; i < 6; i++) {
      const left = await samples(step());
      expect(left.every((value) => value === 0 || value === 2)).toBe(true);
      seen.add(left.join());
    }
    expect(seen.size).toBeGreaterThan(3);
    step.dispose();
  });

  test("drops the whole batch or nothing of it in mode batch", async () => {
    ops.manualSeed(1);
    const layer = new nn.StochasticDepth(0.5, "batch");
    const seen = new Set<number>();
    for (let i = 0; i < 20; i++) {
      const left = new Set(await samples(layer.forward(x)));
      expect(left.size).toBe(1);
      for (const value of left) seen.add(value);
    }
    expect([...seen].sort()).toEqual([0, 2]);
  });

  test("gives x itself in evaluation and for p = 0", () => {
    expect(new nn.StochasticDepth(0.5).eval().forward(x)).toBe(x);
    expect(new nn.StochasticDepth(0).forward(x)).toBe(x);
    expect(() => Reflect.construct(nn.StochasticDepth, [0.5, "rows"])).toThrow(/"row" or "batch"/);
  });
});

describe("ConvNormAct", () => {
  test("has torchvision's names, and a bias where there is no norm", () => {
    const names = (layer: nn.Module) => layer.namedParameters().map(([name]) => name);
    expect(names(new nn.ConvNormAct(3, 8))).toEqual(["0.weight", "1.weight", "1.bias"]);
    expect(names(new nn.ConvNormAct(3, 8, { norm: null }))).toEqual(["0.weight", "0.bias"]);
    const layers = [...new nn.ConvNormAct(3, 8, { norm: null, act: null })];
    expect(layers.map((layer) => layer.constructor.name)).toEqual(["Conv2d"]);
  });

  test("keeps the size by default, as torchvision pads", () => {
    const x = ops.ones([1, 2, 7, 6]);
    const y = scope(() => new nn.ConvNormAct(2, 3, { kernelSize: 5, dilation: 2 }).forward(x));
    expect(y.shape).toEqual([1, 3, 7, 6]);
  });

  test("gives the same when a hook watches its layers, which then run one by one", async () => {
    ops.manualSeed(2);
    const layer = new nn.ConvNormAct(3, 4, { act: "hardswish" });
    const x = ops.uniform([2, 3, 5, 5]);
    const fused = scope(() => layer.forward(x));
    const seen: string[] = [];
    for (const each of layer) each.registerForwardHook(() => void seen.push("layer"));
    const apart = scope(() => layer.forward(x));
    expect(seen.length).toBe(3);
    const [a, b] = [Array.from(await fused.read()), Array.from(await apart.read())];
    for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i] as number, 5);
  });
});

test("SqueezeExcitation has torchvision's names", () => {
  const layer = new nn.SqueezeExcitation(8, 2, { scaleActivation: "hardsigmoid" });
  expect(layer.namedParameters().map(([name, { shape }]) => `${name} ${shape}`)).toEqual([
    ...["fc1.weight 2,8,1,1", "fc1.bias 2", "fc2.weight 8,2,1,1", "fc2.bias 8"],
  ]);
});

test("LayerNorm2d refuses other channels by the shape that it was given", () => {
  const layer = new nn.LayerNorm2d(3);
  expect(() => layer.forward(ops.ones([1, 4, 2, 2]))).toThrow(
    "LayerNorm2d: expected x [N, 3, H, W], got x[1, 4, 2, 2]",
  );
});
