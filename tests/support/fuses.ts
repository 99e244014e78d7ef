import { expect } from "vitest";
import type { Engine } from "../../src/scheduler/engine.ts";
import { capture } from "../../src/tensor/capture.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** Checks that a captured step of `f` is one dispatch with the bits of `f` run by itself; returns the values. */
export async function fusesToOne(engine: Engine, f: (x: Tensor) => Tensor, x: Tensor) {
  const step = capture(f);
  step(x).dispose();
  await engine.finish();
  const before = engine.counters().dispatches;
  using y = step(x);
  const fused = await y.read();
  expect(engine.counters().dispatches - before).toBe(1);
  using eager = scope(() => f(x));
  expect(fused).toEqual(await eager.read());
  step.dispose();
  return fused;
}
