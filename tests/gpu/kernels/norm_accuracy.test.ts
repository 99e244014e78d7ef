import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { type Shape, size } from "../../../src/core/shape.ts";
import type { InputShapes, Kernel } from "../../../src/kernels/kernel.ts";
import type { NormGrouping } from "../../../src/kernels/norm/geometry.ts";
import { normGradInput as gradInput } from "../../../src/kernels/norm/grad_input.ts";
import { normGradSums as gradSums } from "../../../src/kernels/norm/grad_sums.ts";
import { normMerge as merge } from "../../../src/kernels/norm/merge.ts";
import { normalize } from "../../../src/kernels/norm/normalize.ts";
import { normStats as stats } from "../../../src/kernels/norm/stats.ts";
import { prepare } from "../../../src/kernels/prepare.ts";
import {
  batchNorm,
  groupNorm,
  instanceNorm,
  layerNorm,
  ones,
  reshape,
  rmsNorm,
  zeros,
} from "../../../src/ops/index.ts";
import type { Signature } from "../../../src/shader/shader.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { upstreamFor } from "../../../src/testing/gradcheck.ts";
import { initShared, sharedDevice } from "../../support/shared_device.ts";

await initShared();
const device = await sharedDevice();

/** Uploads an array. */
interface OnDevice {
  readonly shape: Shape;
  readonly buffer: GPUBuffer;
}

function onDevice(shape: Shape, data?: Float32Array<ArrayBuffer>): OnDevice {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = device.createBuffer({ size: 4 * size(shape), usage });
  if (data) device.queue.writeBuffer(buffer, 0, data);
  return { shape, buffer };
}

/** Runs a kernel that has one output. */
async function run<S extends Signature, O>(
  kernel: Kernel<S, O>,
  inputs: Readonly<Record<string, OnDevice>>,
  options: O,
): Promise<OnDevice> {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, t.shape]));
  const prepared = await prepare(device, kernel, shapes as InputShapes<S>, options);
  const [name = "", shape = []] = Object.entries<Shape>(prepared.plan.outputs)[0] ?? [];
  const output = onDevice(shape);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  const all = Object.entries({ ...inputs, [name]: output });
  prepared.encode(pass, Object.fromEntries(all.map(([key, t]) => [key, t.buffer])));
  pass.end();
  device.queue.submit([encoder.finish()]);
  return output;
}

async function read({ shape, buffer }: OnDevice): Promise<Float32Array> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const copy = device.createBuffer({ size: 4 * size(shape), usage });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, copy, 0, copy.size);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  return new Float32Array(copy.getMappedRange().slice(0));
}

/** x̂ of one row and its derivative along dy, in float64; eps is negligible beside a variance of 1. */
function exact(x: Float32Array, dy: Float32Array) {
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
  const centre = mean(x);
  const variance = mean(Array.from(x, (v) => (v - centre) ** 2));
  const rstd = 1 / Math.sqrt(variance + 1e-5);
  const y = Array.from(x, (v) => (v - centre) * rstd);
  const [meanG, meanGX] = [mean(dy), mean(y.map((v, i) => v * (dy[i] as number)))];
  return { y, dx: y.map((v, i) => rstd * ((dy[i] as number) - meanG - v * meanGX)) };
}

const worst = (got: Float32Array, want: readonly number[]) =>
  got.reduce((max, v, i) => Math.max(max, Math.abs(v - (want[i] as number))), 0);

const norm: NormGrouping = { kind: "layer", axes: 1 };

for (const mean of [0, 1e4]) {
  for (const n of [1024, 100_000]) {
    test(`mean ${mean}, deviation 1, a row of ${n}: y and dx are within 5e-6`, async () => {
      const random = seeded(3);
      const draw = () => mean + 2 * Math.sqrt(3) * (random() - 0.5);
      const data = Float32Array.from({ length: n }, draw);
      const upstream = Float32Array.from(upstreamFor(n));
      const x = onDevice([1, n], data);
      const dy = onDevice([1, n], upstream);
      const pieces = await run(stats, { x }, { norm });
      const whole = pieces.shape.length === 2 ? pieces : await run(merge, { pieces }, {});
      const y = await read(await run(normalize, { x, stats: whole }, { norm }));
      const sums = await run(gradSums, { x, dy, stats: whole }, { norm });
      const dx = await read(await run(gradInput, { x, dy, stats: whole, sums }, { norm }));
      const want = exact(data, upstream);
      expect(worst(y, want.y)).toBeLessThan(5e-6);
      expect(worst(dx, want.dx)).toBeLessThan(5e-6);
    });
  }
}

describe("norms of 1e30·[1, 2, 3, 4] are those of [1, 2, 3, 4]", () => {
  const row = [1, 2, 3, 4];
  const leaf = (scale: number, shape: Shape) =>
    tensor(
      row.map((v) => Math.fround(scale * v)),
      { shape, requiresGrad: true },
    );
  const norms: Readonly<Record<string, readonly [Shape, (x: Tensor) => Tensor]>> = {
    layerNorm: [[1, 4], (x) => layerNorm(x, [4], { eps: 0 })],
    rmsNorm: [[1, 4], (x) => rmsNorm(x, [4], { eps: 0 })],
    groupNorm: [[1, 2, 2], (x) => groupNorm(x, 1, { eps: 0 })],
    instanceNorm: [[1, 1, 4], (x) => instanceNorm(x, { eps: 0 })],
    batchNorm: [[4, 1], (x) => batchNorm(x, { training: true, eps: 0 })],
  };

  test.each(Object.entries(norms))(
    "%s, and its gradient times 1e-30",
    async (_name, [shape, norm]) => {
      const at = async (scale: number) => {
        using x = leaf(scale, shape);
        using y = norm(x);
        y.backward(tensor([0.3, -1, 0.7, 2], { shape }));
        return { y: [...(await y.read())], dx: [...(await (x.grad as Tensor).read())] };
      };
      const [large, small] = [await at(1e30), await at(1)];
      for (const [i, value] of small.y.entries()) {
        expect(large.y[i]).toBeCloseTo(value, 5);
        expect((large.dx[i] as number) * 1e30).toBeCloseTo(small.dx[i] as number, 5);
      }
    },
  );

  test("a long row is merged from pieces, and one channel's statistics move", async () => {
    using x = tensor(
      Float32Array.from({ length: 80_000 }, (_, i) => 1e30 * (1 + (i % 4))),
      {
        shape: [1, 80_000],
      },
    );
    const y = await layerNorm(x, [80_000]).read();
    const deviation = Math.sqrt(1.25);
    for (const k of [0, 1, 2, 3]) expect(y[79_996 + k]).toBeCloseTo((k - 1.5) / deviation, 5);
    using mean = zeros([1]);
    using variance = ones([1]);
    using column = reshape(x, [80_000, 1]);
    batchNorm(column, { training: true, running: { mean, variance } }).dispose();
    expect((await mean.item()) / 2.5e29).toBeCloseTo(1, 5);
    expect(await variance.item()).toBe(Infinity); // as in PyTorch
  });
});
