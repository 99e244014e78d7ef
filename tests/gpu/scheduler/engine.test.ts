import { describe, expect, test } from "vitest";
import {
  DeviceLostError,
  DisposedError,
  LimitError,
  NoAdapterError,
  OutOfMemoryError,
  ShapeError,
  ValidationError,
  ValueError,
} from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { activate } from "../../../src/kernels/elementwise/activate.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { fromBuffer, tensor } from "../../../src/tensor/create.ts";
import { run } from "../../../src/tensor/run.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { timeKernels } from "../../../src/train/index.ts";

const engine = await init();
const relu = (x: Tensor) => run(activate, { x }, { act: "relu" }).y;
const chain = (x: Tensor, n: number): Tensor => (n === 0 ? x : chain(relu(x), n - 1));
const ramp = (n: number) => Float32Array.from({ length: n }, (_, i) => i - n / 2);

describe("queue", () => {
  test("a chain of kernels and its read are one submit", async () => {
    const before = engine.counters();
    using y = scope(() => chain(tensor(ramp(1000)), 5));
    expect(engine.counters().submits).toBe(before.submits);
    expect([...(await y.read())]).toEqual([...ramp(1000)].map((v) => Math.max(v, 0)));
    const after = engine.counters();
    expect(after.submits - before.submits).toBe(1);
    expect(after.dispatches - before.dispatches).toBe(5);
  });

  test("dead intermediates lend each other two buffers, however long the chain", async () => {
    const before = engine.counters();
    using y = scope(() => chain(tensor(ramp(70_000)), 40));
    await y.read();
    const grown = engine.counters().allocatedBytes - before.allocatedBytes;
    expect(grown).toBeLessThanOrEqual(3 * 4 * 90_000); // two buffers for the chain and one for readback
  });

  test("a repeated step creates no buffer, no pipeline and no bind group, and keeps no byte", async () => {
    const step = async () => {
      using y = scope(() => chain(tensor(ramp(5000)), 8));
      await y.read();
    };
    await step();
    await step();
    const before = engine.counters();
    for (let i = 0; i < 20; i++) await step();
    const after = engine.counters();
    expect(after).toMatchObject({
      buffersCreated: before.buffersCreated,
      pipelinesCompiled: before.pipelinesCompiled,
      bindGroupsCreated: before.bindGroupsCreated,
      liveBytes: before.liveBytes,
      submits: before.submits + 20,
    });
  });

  test("maxQueued submits unasked", async () => {
    const small = await init({ device: engine.gpu.device, maxQueued: 4 });
    using y = scope(() => chain(tensor(ramp(10)), 20));
    await y.read();
    expect(small.counters().submits).toBeGreaterThan(3);
  });

  test("profile names every kernel with its time and work", async () => {
    const own = await init({ device: engine.gpu.device });
    const times = await timeKernels(own, () => scope(() => chain(tensor(ramp(1000)), 3)).dispose());
    expect(times.map((t) => t.kernel)).toEqual(Array(3).fill("elementwise/activate"));
    for (const t of times) {
      expect(t.milliseconds).toBeGreaterThanOrEqual(0);
      expect(t).toMatchObject({ flops: 1000, bytes: 8000 });
    }
  });

  test("storages move into an arena with their content and with work still queued", async () => {
    const own = await init({ device: engine.gpu.device });
    using a = tensor([1, 2, 3]);
    await a.read(); // a has a buffer
    using b = relu(tensor([-4, 5])); // b has only queued work
    const arena = own.allocate("arena", [128]);
    own.moveInto(a.storage, arena, 0);
    own.moveInto(b.storage, arena, 256);
    expect([...(await a.read())]).toEqual([1, 2, 3]);
    expect([...(await b.read())]).toEqual([0, 5]);
  });
});

describe("tensors", () => {
  test("keep shape, type and content", async () => {
    await init({ device: engine.gpu.device });
    using a = tensor([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: reads as a matrix
    expect(a.shape).toEqual([2, 3]);
    using labels = tensor([3, 0, 9], { dtype: "u32" });
    expect(labels.bounds).toEqual([0, 9]);
    expect(await labels.read()).toEqual(Uint32Array.of(3, 0, 9));
    using empty = tensor([], { shape: [0, 4] });
    expect((await empty.read()).length).toBe(0);
    using one = tensor(7);
    expect(await one.item()).toBe(7);
  });

  test("scope frees all but what it returns", async () => {
    await init({ device: engine.gpu.device });
    const made: Tensor[] = [];
    const { kept } = scope(() => {
      made.push(tensor([1]), tensor([2]));
      return { kept: made[1] as Tensor };
    });
    expect(made.map((t) => t.disposed)).toEqual([true, false]);
    expect(await kept.item()).toBe(2);
    kept.dispose();
    expect(() => scope(async () => tensor([1]))).toThrow(ValueError);
  });

  test("live on the caller's device and over the caller's buffer", async () => {
    const device = await requestDevice(await requestAdapter());
    await init({ device });
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const buffer = device.createBuffer({ size: 16, usage: STORAGE | COPY_SRC | COPY_DST });
    device.queue.writeBuffer(buffer, 0, Float32Array.of(-1, 2, -3, 4));
    {
      using x = fromBuffer(buffer, [4]);
      using y = relu(x);
      expect([...(await y.read())]).toEqual([0, 2, 0, 4]);
    }
    device.queue.writeBuffer(buffer, 0, new Float32Array(4)); // the buffer still belongs to the user
    expect(() => fromBuffer(buffer, [5])).toThrow(/at least 20 bytes.*got 16/);
  });
});

describe("bad input is refused before anything is submitted, and the device stays usable:", () => {
  const usable = async () => {
    using y = relu(tensor([-1, 2]));
    expect([...(await y.read())]).toEqual([0, 2]);
  };

  test("a disposed tensor", async () => {
    await init({ device: engine.gpu.device });
    const x = tensor([1, 2]);
    x.dispose();
    expect(() => relu(x)).toThrow(DisposedError);
    expect(() => relu(x)).toThrow(/disposed tensor\[2\].*scope/);
    await expect(x.read()).rejects.toThrow(DisposedError);
    await usable();
  });

  test("data that does not fill its shape, ragged rows, item of many", async () => {
    expect(() => tensor([1, 2, 3], { shape: [2, 2] })).toThrow(/expected 4 elements.*got 3/);
    expect(() => tensor([[1, 2], [3]])).toThrow(ShapeError);
    expect(() => tensor([1], { shape: [-1] })).toThrow(ShapeError);
    await expect(tensor([1, 2]).item()).rejects.toThrow(/expected one element/);
    await usable();
  });

  test("a tensor over the adapter's limits", async () => {
    const own = await init({ device: engine.gpu.device });
    const shape = [own.gpu.device.limits.maxStorageBufferBindingSize];
    expect(() => own.allocate("zeros", shape)).toThrow(LimitError);
    expect(() => own.allocate("zeros", shape)).toThrow(/split the tensor/);
    await usable();
  });

  test("a wrong element type", async () => {
    expect(() => relu(tensor([1], { dtype: "u32" }))).toThrow(
      /expected f32, got tensor\[1\] u32 as 'x'/,
    );
    await usable();
  });

  test("tensors of two engines", async () => {
    const x = tensor([1]);
    await init({ device: engine.gpu.device });
    const into = { y: tensor([2]) };
    expect(() => run(activate, { x }, { act: "relu" }, into)).toThrow(
      /one engine, got tensor\[1\] f32 of one/,
    );
    await usable();
  });

  test("one tensor to read and to write", async () => {
    const x = tensor([1]);
    expect(() => run(activate, { x }, { act: "relu" }, { y: x })).toThrow(ValidationError);
    await usable();
  });

  test("no WebGPU at all", async () => {
    const gpu = Object.getOwnPropertyDescriptor(Navigator.prototype, "gpu") as PropertyDescriptor;
    Object.defineProperty(Navigator.prototype, "gpu", { value: undefined, configurable: true });
    try {
      await expect(init()).rejects.toThrow(NoAdapterError);
      await expect(init()).rejects.toThrow(/navigator.gpu.*Chrome/);
    } finally {
      Object.defineProperty(Navigator.prototype, "gpu", gpu);
    }
    await usable();
  });

  test("more memory than there is", async () => {
    const device = await requestDevice(await requestAdapter());
    const own = await init({ device });
    using x = relu(tensor([-1, 3]));
    await x.read();
    // the second buffer from here on is refused, as by an implementation that is short of memory
    const create = device.createBuffer.bind(device);
    const pop = device.popErrorScope.bind(device);
    let created = 0;
    let refuse = false;
    device.createBuffer = (descriptor) => {
      refuse = ++created === 2;
      return create(descriptor);
    };
    device.popErrorScope = () => {
      const refused = refuse ? new GPUOutOfMemoryError("no memory left") : null;
      refuse = false;
      return pop().then((error) => refused ?? error);
    };
    const big = relu(tensor(ramp(300_000)));
    await expect(big.read()).rejects.toThrow(OutOfMemoryError);
    await expect(big.read()).rejects.toThrow(/smaller batch.*no memory left/);
    Object.assign(device, { createBuffer: create, popErrorScope: pop });
    expect([...(await x.read())]).toEqual([0, 3]);
    expect(own.counters().liveBytes).toBeLessThan(1000);
    await usable();
  });

  test("a lost device says so, everywhere, and another init() works", async () => {
    const device = await requestDevice(await requestAdapter());
    await init({ device });
    const x = tensor([1]);
    await x.read();
    device.destroy();
    await device.lost;
    await expect(x.read()).rejects.toThrow(DeviceLostError);
    expect(() => relu(x)).toThrow(/await recoverDevice\(\)/);
    await init();
    await usable();
  });
});
