import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

describe("a state dict", () => {
  test("has PyTorch's order: of each module parameters, then buffers and counters, then children", async () => {
    const model = new nn.Sequential(
      new nn.Conv2d(1, 2, 1),
      new nn.BatchNorm2d(2),
      new nn.BasicBlock(2, 2),
    );
    const bn = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"];
    expect(Object.keys(await model.stateDict())).toEqual([
      ...["0.weight", "0.bias", ...bn.map((name) => `1.${name}`)],
      ...["2.conv1.weight", ...bn.map((name) => `2.bn1.${name}`)],
      ...["2.conv2.weight", ...bn.map((name) => `2.bn2.${name}`)],
    ]);
    model.dispose();
  });

  test("takes num_batches_tracked as 64-bit integers, of shape [] or [1]", async () => {
    const model = new nn.BatchNorm1d(2);
    const state = await model.stateDict();
    const load = (shape: number[], data: nn.LoadableState[string]["data"]) =>
      model.loadStateDict({ ...state, num_batches_tracked: { shape, data } });
    load([], BigInt64Array.of(7n));
    expect(model.numBatchesTracked?.value).toBe(7);
    load([1], BigInt64Array.of(8n));
    expect(model.numBatchesTracked?.value).toBe(8);
    expect(() => load([], Float32Array.of(0.5))).toThrow(/num_batches_tracked expects one integer/);
    expect(() => load([2], BigInt64Array.of(1n, 2n))).toThrow(ValueError);
    const data = BigInt64Array.of(1n, 2n ** 53n + 1n);
    expect(() => model.loadStateDict({ ...state, weight: { shape: [2], data } })).toThrow(
      /loadStateDict: weight expects numbers that f32 holds, got 9007199254740993 at element 1/,
    );
    expect(model.numBatchesTracked?.value).toBe(8);
    model.dispose();
  });

  test("of 11 MB is loaded with a peak of 1.1 times the model at most", async () => {
    class Model extends nn.Module {
      readonly layers = [1, 2, 3].map(() => nn.parameter(ops.zeros([960, 1024])));
      override forward(x: Tensor): Tensor {
        return x;
      }
    }
    const model = new Model();
    const bytes = 4 * model.parameterCount();
    expect(bytes).toBeGreaterThan(11e6);
    for (const p of model.parameters()) await p.read();
    const entries = model.namedParameters().map(([name, { shape, size }], i) => {
      return [name, { shape, data: new Float32Array(size).fill(i + 1) }] as const;
    });
    const { counters } = engine.gpu;
    counters.peakBytes = counters.liveBytes;
    model.loadStateDict(Object.fromEntries(entries));
    await engine.finish();
    expect(counters.peakBytes - counters.liveBytes).toBeLessThanOrEqual(0.1 * bytes);
    for (const [i, p] of model.parameters().entries()) {
      expect((await p.read()).every((value: number) => value === i + 1)).toBe(true);
    }
    model.dispose();
  });

  test("is loaded in the order of the queue: what was computed before keeps the old weights", async () => {
    const layer = new nn.Linear(1, 1, { bias: false });
    using x = ops.ones([1, 1]);
    const load = (value: number) =>
      layer.loadStateDict({ weight: { shape: [1, 1], data: Float32Array.of(value) } });
    const results = scope(() =>
      [1, 2, 3].map((value) => {
        load(value);
        return layer.forward(x);
      }),
    );
    const optimizer = new SGD(layer.parameters(), { lr: 1 }); // changes the weight
    load(4);
    const last = scope(() => layer.forward(x));
    const values = await Promise.all([...results, last].map((y) => y.item()));
    expect(values).toEqual([1, 2, 3, 4]);
    for (const held of [...results, last, layer, optimizer]) held.dispose();
  });

  test("assign refuses another length before anything changes", () => {
    using x = ops.ones([3]);
    expect(() => nn.assign(x, new Float32Array(2))).toThrow(ShapeError);
  });
});
