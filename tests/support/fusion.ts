import { expect } from "vitest";
import { capture } from "../../src/tensor/capture.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** A tensor of this shape with values in [−2, 2) drawn from the seed. */
export function values(seed: number, ...shape: number[]): Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  const at = (i: number) => (((i + 1) * 7919 * (seed + 1)) % 4001) / 1000.25 - 2;
  return tensor(
    Float32Array.from({ length: count }, (_, i) => at(i)),
    { shape },
  );
}

/** A detached tensor of the same storage that requires a gradient. */
export const leaf = (x: Tensor) => Object.assign(x.detach(), { requiresGrad: true });

export type Step = (...args: Tensor[]) => readonly Tensor[];

/**
 * Number of dispatches of a captured step with fusion; first compares its results with those without fusion, to the
 * bit, twice.
 */
export async function fusedDispatches(step: Step, ...args: Tensor[]): Promise<number> {
  const [fused, plain] = [capture(step), capture(step, { fuse: false })];
  for (const _ of [1, 2]) {
    const [got, expected] = [fused(...args), plain(...args)];
    for (const [i, y] of got.entries()) {
      expect(await y.read()).toEqual(await expected[i]?.read());
    }
    for (const y of [...got, ...expected]) y.dispose();
  }
  const { dispatches } = fused.plan();
  expect(plain.plan().fused).toBe(0);
  expect(fused.plan().fused).toBe(plain.plan().dispatches - dispatches);
  fused.dispose();
  plain.dispose();
  return dispatches;
}
