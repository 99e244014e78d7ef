import { describe, expect, test } from "vitest";
import { DeviceLostError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { kernel, shader } from "../../../src/kernels/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { type Engine, init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { runKernel } from "../../../src/tensor/run_kernel.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { killGpu, untilBack } from "../../support/chaos/gpu_process.ts";
import { uncaught } from "../../support/uncaught.ts";

let kernels = 0;

/** A kernel that no device has compiled yet. */
const unknown = () =>
  kernel(
    shader(
      `struct Params { n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [n], write
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = ${++kernels}.0; }
}`,
      { name: "unknown" },
    ),
    () => ({ outputs: { y: [2] }, params: { n: 2 }, grid: [1] as const, flops: 0 }),
  );

/** Every kind of work that may be in flight on an engine, as promises that have not settled. */
async function pending(engine: Engine): Promise<Record<string, () => Promise<unknown>>> {
  const weights = nn.parameter(tensor([1, 2], { engine }));
  const optimizer = new AdamW([weights], { lr: 0.1 });
  const x = ops.add(tensor([1, 2, 3]), 1);
  const step = capture((given: Tensor) => {
    const loss = ops.sum(ops.mul(given, weights));
    loss.backward();
    optimizer.step();
    return loss;
  });
  await step(tensor([1, 1])).item();
  const heavy = () => scope(() => ops.sum(ops.matmul(ops.ones([192, 192]), ops.ones([192, 192]))));
  return {
    read: () => x.read(),
    "a read behind much work": () => heavy().item(),
    "a replay": () => step(tensor([1, 1])).item(),
    "a flush that compiles": () => (runKernel(unknown(), {}, {}).y as Tensor).read(),
    prepare: () =>
      capture((given: Tensor) => ops.tanh(given)).prepare([{ shape: [3], dtype: "f32" }]),
    finish: () => engine.finish(),
    "an optimiser's state": () => optimizer.stateDict(),
  };
}

/** How a promise made before the loss may settle: rejected with the loss, or (compilations alone) resolved. */
type Before = "told" | "told or done";

/** Checks that every promise, made before the loss or after it, settles within ten seconds and names the loss. */
async function expectAllToldOf(
  kill: (device: GPUDevice) => unknown,
  reason: string,
  before: Before,
) {
  const device = await requestDevice(await requestAdapter());
  const engine = await init({ device });
  const work = await pending(engine);
  const leftovers = await uncaught(async () => {
    const late = new Promise((resolve) => setTimeout(resolve, 10_000, "has not settled"));
    const settled = (promise: Promise<unknown>) =>
      Promise.race([promise.catch((error: unknown) => error), late]);
    const asked = Object.entries(work).map(([name, ask]) => [name, settled(ask())] as const);
    await kill(device);
    await device.lost;
    for (const [name, ending] of asked) {
      const end = await ending;
      expect(end, name).not.toBe("has not settled");
      const done = !(end instanceof Error) && (before === "told or done" || name === "prepare");
      if (!done) expect(end, name).toBeInstanceOf(DeviceLostError);
    }
    for (const [name, ask] of Object.entries(work)) {
      const end = await settled(Promise.resolve().then(ask));
      expect(end, `${name}, afterwards`).toBeInstanceOf(DeviceLostError);
      expect(String(end)).toContain(reason);
    }
  });
  expect(leftovers).toEqual([]);
  expect(() => ops.relu(tensor([1]))).toThrow(DeviceLostError);
}

describe("on a device that is lost", () => {
  test("by destroy() everything tells that reason, and nothing is left unhandled", async () => {
    await expectAllToldOf((device) => device.destroy(), "destroyed", "told");
  });

  test("as the process of the GPU is killed, likewise", async () => {
    try {
      await expectAllToldOf(killGpu, "unknown", "told or done");
    } finally {
      await untilBack();
    }
  });

  test("finish() does not resolve as if it were done", async () => {
    const device = await requestDevice(await requestAdapter());
    const engine = await init({ device });
    await tensor([1]).read();
    device.destroy();
    await expect(engine.finish()).rejects.toThrow(DeviceLostError);
  });
});
