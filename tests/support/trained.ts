import { expect } from "vitest";
import { type AnyModule, assign } from "../../src/nn/index.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** Gives running statistics and affine parameters values other than 0 and 1, and puts the model in evaluation mode. */
export function trained<M extends AnyModule>(model: M): M {
  for (const [name, value] of model.namedTensors()) {
    const low = /running_var/.test(name) ? 0.5 : -0.5;
    const start = /running_mean|running_var|bias|bn.*weight/.test(name);
    if (start)
      assign(
        value,
        Float32Array.from({ length: value.size }, (_, i) => low + ((i * 7) % 11) / 10),
      );
  }
  model.eval();
  return model;
}

export const image = (n: number, c: number, size: number): Tensor =>
  tensor(
    Float32Array.from({ length: n * c * size * size }, (_, i) => Math.sin(i * 0.37) + (i % 5) / 9),
    { shape: [n, c, size, size] },
  );

export async function close(got: Tensor, wanted: Tensor): Promise<void> {
  const [a, b] = [await got.read(), await wanted.read()];
  expect(got.shape).toEqual(wanted.shape);
  const largest = Math.max(...b.map(Math.abs));
  expect(largest).toBeGreaterThan(1e-3);
  for (let i = 0; i < b.length; i++) {
    expect(Math.abs((a[i] as number) - (b[i] as number))).toBeLessThan(1e-5 * largest);
  }
}
