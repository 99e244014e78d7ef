import { describe, expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/index.ts";
import { resNet } from "../../../src/models/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import {
  activationStats,
  gradientStats,
  parameterStats,
  type TensorStats,
  tensorStats,
} from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** The same statistics from plain loops in float64. */
function expected(values: readonly number[]): TensorStats {
  const finite = values.filter(Number.isFinite);
  const n = finite.length;
  const mean = finite.reduce((sum, x) => sum + x, 0) / n;
  return {
    count: values.length,
    norm: Math.sqrt(finite.reduce((sum, x) => sum + x * x, 0)),
    mean,
    std: Math.sqrt(finite.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n),
    min: Math.min(...finite),
    max: Math.max(...finite),
    zeros: finite.filter((x) => x === 0).length / values.length,
    nonFinite: 1 - n / values.length,
  };
}

function close(got: TensorStats | undefined, values: readonly number[]): void {
  const want = expected(values);
  for (const [name, value] of Object.entries(want)) {
    const error = Math.abs((got?.[name as keyof TensorStats] ?? NaN) - value);
    expect(error, `${name}: ${value}`).toBeLessThanOrEqual(3e-6 * (Math.abs(value) + want.std));
  }
}

describe("tensorStats", () => {
  test("joins pieces of long tensors, leaves out what is not finite, and sees 1e-30", async () => {
    const lists = [
      Array.from({ length: 10_000 }, (_, i) => Math.sin(i) * (i < 5000 ? 1 : 1e-3)),
      Array.from({ length: 4097 }, (_, i) => 1e-30 * Math.cos(i)),
      [1, NaN, Infinity, -3, 0, 0],
      [5],
    ];
    const tensors = lists.map((list) => tensor(list));
    const stats = await tensorStats(tensors);
    const rounded = (list: readonly number[]) => [...Float32Array.from(list)];
    for (const [i, list] of lists.entries()) close(stats[i], rounded(list));
    for (const each of tensors) each.dispose();
  });

  test("says NaN where nothing is finite, and refuses integers", async () => {
    using bad = tensor([NaN, Infinity]);
    const [stats] = await tensorStats([bad]);
    expect([stats?.nonFinite, stats?.norm, stats?.min, stats?.mean]).toEqual([1, NaN, NaN, NaN]);
    using labels = tensor([1, 2], { dtype: "u32", name: "labels" });
    await expect(tensorStats([labels])).rejects.toThrow(/expected f32, got u32 in labels\[2\]/);
    expect(await tensorStats([])).toEqual([]);
  });
});

describe("gradientStats", () => {
  const trained = () => {
    ops.manualSeed(4);
    const model = resNet({ width: 8, layers: [1, 1] });
    const optimizer = new SGD(model.parameters());
    using x = ops.normal([4, 1, 8, 8]);
    scope(() => crossEntropy(model.forward(x), [1, 2, 3, 4]).backward());
    return { model, optimizer };
  };

  test("is one dispatch and one readback for all gradients in an arena", async () => {
    const { model, optimizer } = trained();
    await gradientStats(model);
    const before = engine.counters();
    const stats = await gradientStats(model);
    const after = engine.counters();
    expect(after.submits - before.submits).toBe(1);
    expect(after.dispatches - before.dispatches).toBe(1);
    expect(after.liveBytes).toBe(before.liveBytes);
    expect(stats.map(({ name }) => name)).toEqual(model.namedParameters().map(([name]) => name));
    for (const [i, [, { grad }]] of model.namedParameters().entries()) {
      close(stats[i], [...((await grad?.read()) ?? [])]);
    }
    optimizer.dispose();
    model.dispose();
  });

  test("works without an optimiser, and refuses when there is no gradient", async () => {
    const model = new nn.Sequential(new nn.Linear(2, 3), new nn.Linear(3, 1));
    await expect(gradientStats(model)).rejects.toThrow(/call it after backward\(\)/);
    scope(() => ops.sum(model.forward(ops.ones([4, 2]))).backward());
    const stats = await gradientStats(model);
    for (const [i, [, { grad }]] of model.namedParameters().entries()) {
      close(stats[i], [...((await grad?.read()) ?? [])]);
    }
    const weights = await parameterStats(model);
    close(weights[0], [...((await model.parameters()[0]?.read()) ?? [])]);
    model.dispose();
  });
});

describe("activationStats", () => {
  test("finds dead units, and leaves the training unchanged", async () => {
    ops.manualSeed(5);
    const linear = new nn.Linear(3, 4);
    nn.assign(linear.weight, new Float32Array(12).fill(1));
    if (linear.bias) nn.assign(linear.bias, Float32Array.of(100, -100, 0, -100));
    const parts = [linear, new nn.BatchNorm1d(4), new nn.Dropout(0.5)];
    const model = new nn.Sequential(new nn.Sequential(linear, new nn.ReLU()), ...parts.slice(1));
    using x = tensor([1, 2, 3, -1, -2, -3], { shape: [2, 3] });
    const [state, random] = [await model.stateDict(), ops.randomState()];
    const stats = await activationStats(model, x);
    expect(stats.map(({ name, layer }) => [name, layer])).toEqual([
      ["0.0", "Linear"],
      ["0.1", "ReLU"],
      ["1", "BatchNorm1d"],
      ["2", "Dropout"],
    ]);
    close(stats[1], [106, 0, 6, 0, 94, 0, 0, 0]);
    expect(stats.map(({ dead }) => dead).slice(0, 2)).toEqual([0, 0.5]);
    expect(stats[1]?.shape).toEqual([2, 4]);
    expect(await model.stateDict()).toEqual(state);
    expect(ops.randomState()).toEqual(random);
    model.dispose();
  });

  test("sees layers that run fused, and takes its hooks off when the model throws", async () => {
    const model = resNet({ width: 4, layers: [1] });
    using x = ops.normal([2, 1, 8, 8]);
    const dispatches = async () => {
      await engine.flush();
      const before = engine.counters().dispatches;
      scope(() => void model.forward(x));
      await engine.flush();
      return engine.counters().dispatches - before;
    };
    const alone = await dispatches();
    const stats = await activationStats(model, x);
    const relu = stats.find(({ name }) => name === "layer1.0.bn2");
    expect(relu?.min).toBe(0); // the block's activation is fused into the norm's kernel
    using wrong = ops.normal([2, 3]);
    await expect(activationStats(model, wrong)).rejects.toThrow();
    expect(await dispatches()).toBe(alone);
    model.dispose();
  });
});

describe("a forward hook", () => {
  test("sees input and result, may replace the result, and ends when told", async () => {
    const layer = new nn.ReLU();
    using x = tensor([-1, 2]);
    const seen: unknown[] = [];
    const first = layer.registerForwardHook((module, input) => {
      seen.push(module === layer, input === x);
      return undefined;
    });
    const second = layer.registerForwardHook((_module, _x, y) => ops.mul(y, 10));
    const run = async () => {
      using y = scope(() => layer.forward(x));
      return [...(await y.read())];
    };
    expect(await run()).toEqual([0, 20]);
    expect(seen).toEqual([true, true]);
    second();
    second();
    expect(await run()).toEqual([0, 2]);
    expect(seen.length).toBe(4);
    first();
    expect(await run()).toEqual([0, 2]);
    expect(seen.length).toBe(4);
  });
});
