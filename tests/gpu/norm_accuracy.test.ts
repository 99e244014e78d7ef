import { expect, test } from "vitest";
import { seeded } from "../../src/core/rng.ts";
import { type Shape, size } from "../../src/core/shape.ts";
import { requestAdapter, requestDevice } from "../../src/gpu/adapter.ts";
import type { InputShapes, Kernel } from "../../src/kernels/kernel.ts";
import type { Norm } from "../../src/kernels/norm/geometry.ts";
import { gradInput } from "../../src/kernels/norm/grad_input.ts";
import { gradSums } from "../../src/kernels/norm/grad_sums.ts";
import { merge } from "../../src/kernels/norm/merge.ts";
import { normalize } from "../../src/kernels/norm/normalize.ts";
import { stats } from "../../src/kernels/norm/stats.ts";
import { prepare } from "../../src/kernels/prepare.ts";
import type { Signature } from "../../src/shader/shader.ts";
import { upstreamFor } from "../../src/testing/gradcheck.ts";

const device = await requestDevice(await requestAdapter());

/** A tensor on the device. */
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

/** Runs a kernel that writes one buffer. */
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

/** x̂ of one row, and its derivative along dy, in float64 (eps is not seen beside a variance of 1). */
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

const norm: Norm = { kind: "layer", axes: 1 };

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
