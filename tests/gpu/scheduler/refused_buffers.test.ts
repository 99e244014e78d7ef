import { describe, expect, test } from "vitest";
import { OutOfMemoryError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";

/*
 * The device refuses a buffer once. Uploaded, filled or random values are not lost by that: the buffer is asked for
 * again when it is used, and nothing else fails in between.
 */

const device = await requestDevice(await requestAdapter());
const short = shortOfMemory(device);
const large = ({ size }: GPUBufferDescriptor) => size > 1e5;
const numbers = async (x: Tensor) => [...(await x.read())];
const ramp = Float32Array.from({ length: 50_000 }, (_, i) => i);

/** A new engine on which nothing is refused yet. */
async function fresh() {
  short.refuse = () => false;
  return init({ device });
}

/** Refuses the nth buffer from now on. */
function refuseNth(n: number): () => boolean {
  let asked = 0;
  short.refuse = () => ++asked === n;
  return () => asked >= n;
}

describe("a value of the host's whose buffer is refused", () => {
  test("is tried again when it is used, and hinders nothing until then", async () => {
    const engine = await fresh();
    using big = tensor(ramp);
    using small = tensor([1, 2]);
    short.refuse = large;
    await expect(small.read()).rejects.toThrow(OutOfMemoryError);
    expect(await numbers(small)).toEqual([1, 2]);
    await engine.flush();
    await expect(big.read()).rejects.toThrow(OutOfMemoryError);
    using sum = scope(() => ops.sum(big));
    await expect(sum.read()).rejects.toThrow(OutOfMemoryError);
    using later = ops.add(small, 1);
    expect(await numbers(later)).toEqual([2, 3]);
    short.refuse = () => false;
    expect(await big.read()).toEqual(ramp);
    using total = scope(() => ops.sum(ops.mul(big, 0.001)));
    expect(await total.item()).toBeCloseTo(1_249_975, -1);
  });

  test("is given up with its tensor, and leaves nothing behind", async () => {
    const engine = await fresh();
    await engine.flush();
    const { liveBytes } = engine.counters();
    const [big, small] = [tensor(ramp), tensor([1, 2])];
    short.refuse = large;
    await expect(engine.flush()).rejects.toThrow(OutOfMemoryError);
    big.dispose();
    small.dispose();
    short.refuse = () => false;
    const { bytesUploaded } = engine.counters();
    using one = tensor([1]);
    expect(await numbers(one)).toEqual([1]);
    expect(engine.counters().bytesUploaded - bytesUploaded).toBeLessThan(100);
    expect(engine.counters().liveBytes - liveBytes).toBeLessThan(1000);
  });

  test("is used by work that waited already: it runs when the buffer is there", async () => {
    const engine = await fresh();
    await engine.trim(); // empties the pool, so that buffers must be created
    using big = tensor(ramp);
    let asked = 0;
    const { MAP_READ } = GPUBufferUsage; // staging buffers for readback are created earlier: do not count them
    short.refuse = (each) => large(each) && (each.usage & MAP_READ) === 0 && ++asked === 1;
    const flushed = engine.flush();
    using twice = ops.mul(big, 2);
    const reading = twice.read();
    await expect(flushed).rejects.toThrow(OutOfMemoryError);
    expect((await reading)[7]).toBe(14);
  });

  test("is drawn with the same numbers", async () => {
    const engine = await fresh();
    ops.manualSeed(4);
    const expected = await scope(() =>
      ops.add(ops.uniform([50_000]), ops.uniform([50_000])),
    ).read();
    ops.manualSeed(4);
    await engine.trim(); // empties the pool, so that a buffer must be created
    using x = ops.uniform([50_000]);
    short.refuse = large;
    await expect(x.read()).rejects.toThrow(OutOfMemoryError);
    short.refuse = () => false;
    using sum = scope(() => ops.add(x, ops.uniform([50_000])));
    expect(await sum.read()).toEqual(expected);
  });

  test("is used by a captured step", async () => {
    await fresh();
    using big = tensor(ramp);
    const step = capture((x: Tensor) =>
      ops.sum(ops.mul(ops.slice(big, [{ start: 0, end: 3 }]), x)),
    );
    short.refuse = large;
    await expect(big.read()).rejects.toThrow(OutOfMemoryError);
    short.refuse = () => false;
    using x = tensor([1, 1, 1]);
    using y = step(x);
    expect(await y.item()).toBe(3);
    step.dispose();
  });
});

describe("parameters, whichever buffer of an optimiser's start is refused", () => {
  for (const when of ["on the GPU before", "with the model in one flush"]) {
    test(`${when}: train as if nothing had been`, async () => {
      const run = async (n: number) => {
        const engine = await fresh();
        ops.manualSeed(3);
        const model = new nn.Sequential(new nn.Linear(3, 4), new nn.BatchNorm1d(4));
        if (when === "on the GPU before") await engine.flush();
        await engine.trim(); // empties the pool, so that buffers must be created
        const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
        const due = refuseNth(n);
        const error = await engine.flush().catch((reason: unknown) => reason);
        short.refuse = () => false;
        using x = tensor([1, 2, 3, -1, 0, 2], { shape: [2, 3] });
        const y = scope(() => {
          const loss = ops.sum(ops.square(ops.add(model.forward(x), 1)));
          loss.backward();
          optimizer.step();
          return model.forward(x);
        });
        const result = await numbers(y);
        for (const each of [y, optimizer, model]) each.dispose();
        return { result, error, due: due() };
      };
      const { result: expected } = await run(0);
      for (let n = 1; ; n++) {
        const { result, error, due } = await run(n);
        expect(result).toEqual(expected);
        if (!due) {
          expect(n).toBeGreaterThan(2);
          break;
        }
        expect(error).toBeInstanceOf(OutOfMemoryError);
      }
      expect(short.scopes).toBe(0);
    });
  }
});
