import { describe, expect, test } from "vitest";
import { MemoryLimitError, OutOfMemoryError, ShaderError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { kernel, shader } from "../../../src/kernels/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { runKernel } from "../../../src/tensor/run_kernel.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";

const { zeros, ones } = ops;
const device = await requestDevice(await requestAdapter());
const numbers = async (x: Tensor) => [...(await x.read())];

/** Output of `new nn.Linear(4, 2)` for ones, with this seed, on an engine where nothing is refused. */
async function undisturbed(): Promise<number[]> {
  await init({ device });
  ops.manualSeed(3);
  const model = new nn.Linear(4, 2);
  using y = model.forward(ones([1, 4]));
  const result = await numbers(y);
  model.dispose();
  return result;
}

describe("what was queued with a tensor that is too large", () => {
  test.each([
    ["before it", 0],
    ["after it", 1],
  ])("%s can be used: a model", async (_, order) => {
    const expected = await undisturbed();
    await init({ device, maxBytes: 1e6 });
    ops.manualSeed(3);
    const early = order === 0 ? new nn.Linear(4, 2) : undefined;
    const big = zeros([1e6]);
    const model = early ?? new nn.Linear(4, 2);
    for (let i = 0; i < 3; i++) {
      await expect(big.read()).rejects.toThrow(MemoryLimitError);
      using y = scope(() => model.forward(ones([1, 4])));
      expect(await numbers(y)).toEqual(expected);
    }
    big.dispose();
    using y = scope(() => model.forward(ones([1, 4])));
    expect(await numbers(y)).toEqual(expected);
    model.dispose();
  });

  test("survives if it fits; only tensors that do not fit together with earlier ones are refused", async () => {
    await init({ device, maxBytes: 1e6 });
    const [large, small] = [zeros([225_000]), tensor([1, 2])];
    const second = zeros([30_000]);
    await expect(small.read()).rejects.toThrow(MemoryLimitError);
    expect(() => ops.relu(second)).toThrow(MemoryLimitError);
    expect(await numbers(small)).toEqual([1, 2]);
    expect((await large.read()).length).toBe(225_000);
    for (const each of [large, small, second]) each.dispose();
  });

  test("and what was loaded and copied with it", async () => {
    await init({ device, maxBytes: 1e6 });
    const model = new nn.Linear(2, 1);
    await model.stateDict();
    const bias = { shape: [1], data: Float32Array.of(7) };
    model.loadStateDict({ weight: { shape: [1, 2], data: Float32Array.of(5, 6) }, bias });
    await expect(zeros([1e6]).read()).rejects.toThrow(MemoryLimitError);
    const { weight } = await model.stateDict();
    expect([...(weight?.data ?? [])]).toEqual([5, 6]);
    using y = scope(() => model.forward(ones([1, 2])));
    expect(await numbers(y)).toEqual([18]);
    model.dispose();
  });

  test("results of operations are refused with it, and those of other flushes that need them", async () => {
    const own = await requestDevice(await requestAdapter());
    const short = shortOfMemory(own);
    const engine = await init({ device: own });
    using x = tensor([1, 2]);
    using y = ops.add(x, 1);
    short.refuse = ({ size }) => size > 1e6;
    const big = zeros([1e6]);
    const flushed = engine.flush();
    using late = ops.add(y, 1); // queued before the refusal is known
    const reading = late.read();
    await expect(flushed).rejects.toThrow(OutOfMemoryError);
    await expect(reading).rejects.toThrow(OutOfMemoryError);
    expect(() => ops.relu(y)).toThrow(OutOfMemoryError);
    using again = ops.relu(big); // its buffer is asked for again, since the host can fill it
    await expect(again.read()).rejects.toThrow(OutOfMemoryError);
    short.refuse = () => false;
    expect(await numbers(x)).toEqual([1, 2]);
    expect([short.scopes, short.early]).toEqual([0, 0]);
    big.dispose();
    own.destroy();
  });

  test("a parameter that is computed, and has moved to an optimiser meanwhile, is refused by name", async () => {
    await init({ device, maxBytes: 1e6 });
    const weights = nn.parameter(scope(() => ops.add(tensor([1, 2]), 1)));
    const optimizer = new SGD([weights], { lr: 1 });
    await expect(zeros([1e6]).read()).rejects.toThrow(MemoryLimitError);
    await expect(weights.read()).rejects.toThrow(MemoryLimitError);
    optimizer.dispose();
    weights.dispose();
  });

  test("a kernel that does not compile", async () => {
    const expected = await undisturbed();
    await init({ device });
    ops.manualSeed(3);
    const model = new nn.Linear(4, 2);
    const wrong = shader(
      `struct Params { n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [n], write
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = undefinedFunction(1.0); }
}`,
      { name: "wrong" },
    );
    const plan = () => ({ outputs: { y: [2] }, params: { n: 2 }, grid: [1] as const, flops: 0 });
    const y = runKernel(kernel(wrong, plan), {}, {}).y as Tensor;
    using twice = ops.add(y, y);
    await expect(y.read()).rejects.toThrow(ShaderError);
    await expect(twice.read()).rejects.toThrow(ShaderError);
    using z = scope(() => model.forward(ones([1, 4])));
    expect(await numbers(z)).toEqual(expected);
    y.dispose();
    model.dispose();
  });

  test("an error of a flush that is not awaited is thrown by the next one", async () => {
    const engine = await init({ device, maxBytes: 1e6, maxQueued: 4 });
    using x = tensor([1, 2]);
    await engine.flush();
    scope(() => {
      const big = zeros([1e6]);
      for (let i = 0; i < 3; i++) ops.add(big, 1); // the fourth command reaches the limit and flushes
    });
    using y = ops.add(x, 1);
    await expect(y.read()).rejects.toThrow(MemoryLimitError);
    expect(await numbers(x)).toEqual([1, 2]);
  });
});
