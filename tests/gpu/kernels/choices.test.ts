import { expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { size } from "../../../src/core/shape.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { compare } from "../../../src/testing/compare.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Seeded numbers in [−1, 1). */
function values(shape: readonly number[], seed: number): Float32Array<ArrayBuffer> {
  const random = seeded(seed);
  return Float32Array.from({ length: size(shape) }, () => 2 * random() - 1);
}

/** Result and gradients of an operation, with the kernels chosen for such an adapter. */
async function results(
  software: boolean,
  operation: (...inputs: Tensor[]) => Tensor,
  shapes: number[][],
) {
  Object.assign(engine.gpu, { adapter: { ...engine.gpu.adapter, software } });
  const leaves = shapes.map((shape, i) =>
    tensor(values(shape, i + 1), { shape, requiresGrad: true }),
  );
  const y = operation(...leaves);
  y.backward(tensor(values(y.shape, 9), { shape: y.shape }));
  const tensors = [y, ...leaves.map((leaf) => leaf.grad as Tensor)];
  return Promise.all(tensors.map(async (t) => ({ shape: t.shape, data: await t.read() })));
}

const cases: [name: string, operation: (...inputs: Tensor[]) => Tensor, shapes: number[][]][] = [
  ["large tiles", (a, b) => ops.matmul(a, b), [[520, 40], [40, 260]]],
  ["small tiles", (a, b) => ops.matmul(a, b, { transposeB: true }), [[40, 36], [50, 36]]],
  ["a vector", (a, b) => ops.matmul(a, b), [[1, 70], [70, 33]]],
  ["a wide convolution", (x, w) => ops.conv2d(x, w, { padding: 1 }), [[2, 8, 7, 6], [33, 8, 3, 3]]],
  ["wide on both sides", (x, w) => ops.conv2d(x, w, { padding: 1, stride: 2 }), [[1, 34, 7, 6], [33, 34, 3, 3]]],
]; // biome-ignore format: one case a line

for (const [name, operation, shapes] of cases) {
  test(`${name}: what a card runs and what a CPU runs agree, gradients included`, async () => {
    const cpu = await results(true, operation, shapes);
    const gpu = await results(false, operation, shapes);
    gpu.forEach(({ shape, data }, i) => {
      const { report } = compare(`result ${i}`, data, cpu[i]?.data ?? [], shape, { length: 520 });
      expect(report).toBe("");
    });
  });
}
