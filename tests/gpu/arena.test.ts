import { describe, expect, test } from "vitest";
import * as nn from "../../src/nn/index.ts";
import * as ops from "../../src/ops/index.ts";
import { SGD } from "../../src/optim/index.ts";
import { init } from "../../src/scheduler/engine.ts";
import { tensor } from "../../src/tensor/create.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

const engine = await init();

/** One step of size 1 along −1 for a parameter [1, 2, 3]. */
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
    expect(() => sgd.step()).toThrow(/gradient \[3\].*got f32 \[2\]/);
    expect(sgd.steps).toBe(2);
  });
});
