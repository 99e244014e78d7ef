import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { Adam, SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** A parameter that was [1, 2, 3] before one step with lr 1 and a gradient of 1. */
function step(p: Tensor): Tensor {
  const sgd = new SGD([p], { lr: 1 });
  scope(() => ops.sum(p).backward());
  sgd.step();
  return p;
}

describe("parameters move into an arena", () => {
  test("with content that only waits to be uploaded", async () => {
    const p = nn.parameter(tensor([1, 2, 3]));
    expect([...(await step(p).read())]).toEqual([0, 1, 2]);
  });

  test("with content on the GPU", async () => {
    const p = nn.parameter(tensor([1, 2, 3]));
    await engine.flush();
    expect([...(await step(p).read())]).toEqual([0, 1, 2]);
  });

  test("while a flush is asked for that uploads it", async () => {
    const p = nn.parameter(tensor([1, 2, 3]));
    const flushed = engine.flush();
    expect([...(await step(p).read())]).toEqual([0, 1, 2]);
    await flushed;
  });

  test("while a flush is asked for that computes it, or reads it", async () => {
    const p = nn.parameter(ops.add(tensor([0, 1, 2]), 1));
    await engine.flush();
    const y = ops.mul(p.detach(), 10);
    const reading = y.read();
    const q = nn.parameter(ops.add(tensor([0, 1, 2]), 1));
    const flushed = engine.flush();
    expect([...(await step(p).read())]).toEqual([0, 1, 2]);
    expect([...(await step(q).read())]).toEqual([0, 1, 2]);
    expect([...(await reading)]).toEqual([10, 20, 30]);
    await flushed;
  });

  test("with the gradient they have, and with one assigned by hand later", async () => {
    const p = nn.parameter(tensor([1, 2, 3]));
    scope(() => ops.sum(p).backward());
    const sgd = new SGD([p], { lr: 1 });
    sgd.step();
    expect([...(await p.read())]).toEqual([0, 1, 2]);
    p.grad = tensor([1, 0, -1]);
    sgd.step();
    expect([...(await p.read())]).toEqual([-1, 1, 3]);
    p.grad = tensor([1, 0]);
    expect(() => sgd.step()).toThrow(/gradient \[3\].*got .*\[2\] f32/);
    expect(sgd.steps).toBe(2);
  });
});

test("arenas and moments take their own bytes, which moments give back", async () => {
  const weights = nn.parameter(ops.zeros([100_100])); // a size class of 458,752 bytes
  await engine.finish();
  const before = engine.counters().allocatedBytes;
  const arenas = () => (engine.counters().allocatedBytes - before) / 400_400;
  const optimizer = new Adam([weights]);
  scope(() => ops.sum(weights).backward());
  optimizer.step();
  await engine.finish();
  expect(arenas()).toBeCloseTo(4, 1); // plus the block table of 7 KB
  optimizer.dispose();
  await ops.ones([1]).read();
  expect(arenas()).toBeCloseTo(2, 1);
});

test("a parameter of no module that is disposed of gives back its arena, gradients included", async () => {
  await engine.finish();
  const before = engine.counters().liveBytes;
  const weights = [tensor([1, 2, 3], { requiresGrad: true }), nn.parameter(ops.zeros([500]))];
  const adam = new Adam(weights, { lr: 1 });
  scope(() => {
    const [sum, other] = weights.map((each) => ops.sum(ops.mul(each, each))) as [Tensor, Tensor];
    ops.add(sum, other).backward();
  });
  adam.step();
  adam.dispose();
  for (const each of weights) each.dispose();
  await engine.finish();
  expect(engine.counters().liveBytes).toBe(before);
});

test("the first replay of a captured step frees the buffers that are no longer used", async () => {
  const big = () => scope(() => ops.exp(ops.zeros([300_000])));
  for (const unused of [big(), big()]) unused.dispose();
  const sum = capture((x: Tensor) => ops.sum(x));
  const x = tensor([1, 2, 3]);
  await engine.finish();
  const { allocatedBytes } = engine.counters();
  for (const expected of [6, 6]) {
    using y = sum(x);
    expect(await y.item()).toBe(expected);
  }
  expect(engine.counters().allocatedBytes).toBeLessThan(allocatedBytes - 1_200_000);
  sum.dispose();
});

test("reading a model leaves a quarter of a MiB for the next reading", async () => {
  const x = ops.zeros([50_000]);
  await engine.finish();
  const { allocatedBytes } = engine.counters();
  await Promise.all(Array.from({ length: 10 }, () => x.read()));
  expect(engine.counters().allocatedBytes - allocatedBytes).toBeLessThanOrEqual(2 ** 18);
  const { buffersCreated } = engine.counters();
  await x.read();
  expect(engine.counters().buffersCreated).toBe(buffersCreated);
});
