import { beforeEach, describe, expect, test } from "vitest";
import { DeviceLostError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import * as ops from "../../../src/ops/index.ts";
import { type Engine, init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { recoverDevice } from "../../../src/tensor/recover_device.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";

let engine: Engine;

beforeEach(async () => {
  engine = await init();
});

describe("recoverDevice", () => {
  test("goes on with another device in the same engine; what only the old one had is named", async () => {
    const { gpu } = engine;
    const x = tensor([1, 2, 3], { name: "x" });
    const y = ops.add(x, 1);
    const step = capture((given: Tensor) => ops.mul(given, 2));
    await Promise.all([y.read(), step(x).read()]);
    const old = gpu.device;
    old.destroy();
    await old.lost;
    await expect(y.read()).rejects.toThrow(DeviceLostError);
    const calls = [recoverDevice(engine), recoverDevice()];
    await Promise.all(calls);
    expect(engine.gpu).toBe(gpu);
    expect(gpu.device).not.toBe(old);
    await recoverDevice(engine); // a second call has nothing to do
    const message = /got x\[3\] f32, which was lost with the GPU device \(destroyed\)/;
    await expect(x.read()).rejects.toThrow(message);
    expect(() => ops.add(x, 1)).toThrow(message);
    await expect(y.read()).rejects.toThrow(/which was lost with the GPU device/);
    const fresh = tensor([4, 5, 6]);
    expect([...(await step(fresh).read())]).toEqual([8, 10, 12]);
    expect([...(await ops.add(fresh, 1).read())]).toEqual([5, 6, 7]);
    const live = engine.counters().liveBytes;
    for (const each of [x, y]) each.dispose();
    await engine.trim();
    expect(engine.counters().liveBytes).toBeLessThanOrEqual(live);
  });

  test("what waited when the device was lost is lost, and nothing hangs", async () => {
    const x = ops.add(tensor([1]), 1);
    engine.gpu.device.destroy();
    await engine.gpu.device.lost;
    await recoverDevice(engine);
    await expect(x.read()).rejects.toThrow(DeviceLostError);
    await engine.finish();
    expect(await ops.add(tensor([1]), 1).item()).toBe(2);
  });

  test("asks for a device where init() was given one, and refuses to guess", async () => {
    const own = async () => requestDevice(await requestAdapter());
    const device = await own();
    engine = await init({ device });
    device.destroy();
    await device.lost;
    await expect(recoverDevice(engine)).rejects.toThrow(
      /recoverDevice: expected device, a function that gives another GPUDevice, as init\(\) was given one, got none/,
    );
    await expect(recoverDevice(engine, { device: () => device })).rejects.toThrow(
      /expected device to give another GPUDevice, got the one that was lost/,
    );
    await expect(recoverDevice(engine, { device: () => 3 as never })).rejects.toThrow(/got 3/);
    await recoverDevice(engine, { device: own });
    expect(await ops.add(tensor([1]), 1).item()).toBe(2);
    engine = await init();
    await expect(recoverDevice(engine, { device: own })).rejects.toThrow(/expected no device/);
  });
});
