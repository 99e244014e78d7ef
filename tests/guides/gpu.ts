import { type InputShapes, type Kernel, type Plan, prepare, type Signature } from "wgrad/kernels";

// "DOM" of TypeScript 6 and 7 has the types of WebGPU, but not these two names of browsers
type Flags<Names extends string> = Readonly<Record<Names, number>>;
declare const GPUBufferUsage: Flags<"STORAGE" | "COPY_SRC" | "COPY_DST" | "MAP_READ">;
declare const GPUMapMode: Flags<"READ">;

const adapter = await navigator.gpu.requestAdapter();
if (!adapter) throw new Error("this page needs WebGPU");
export const device = await adapter.requestDevice();

/** Numbers of 32 bits on the GPU. */
export interface OnGpu {
  readonly buffer: GPUBuffer;
  readonly shape: readonly number[];
}

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/** A Uint32Array stays one (labels, indices), other numbers become f32. */
export function upload(numbers: ArrayLike<number>, shape: readonly number[]): OnGpu {
  const buffer = device.createBuffer({ size: 4 * size(shape), usage });
  const data = numbers instanceof Uint32Array ? numbers.slice() : Float32Array.from(numbers);
  device.queue.writeBuffer(buffer, 0, data);
  return { buffer, shape };
}

export async function read({ buffer, shape }: OnGpu): Promise<Float32Array> {
  const bytes = 4 * size(shape);
  const to = device.createBuffer({
    size: bytes,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, to, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await to.mapAsync(GPUMapMode.READ);
  const numbers = new Float32Array(to.getMappedRange().slice(0));
  to.destroy();
  return numbers;
}

/** Runs one kernel in a submit of its own; new buffers hold what it writes. */
export async function run<S extends Signature, Options>(
  kernel: Kernel<S, Options>,
  inputs: { readonly [Name in keyof InputShapes<S>]: OnGpu },
  options: NoInfer<Options>,
): Promise<{ readonly [Name in keyof Plan<S>["outputs"]]: OnGpu }> {
  const given = Object.entries<OnGpu>(inputs);
  const shapes = Object.fromEntries(given.map(([name, { shape }]) => [name, shape]));
  const prepared = await prepare(device, kernel, shapes as InputShapes<S>, options);
  const outputs = Object.entries<readonly number[]>(prepared.plan.outputs).map(
    ([name, shape]) =>
      [name, { buffer: device.createBuffer({ size: 4 * size(shape), usage }), shape }] as const,
  );
  const all = [...given, ...outputs].map(([name, { buffer }]) => [name, buffer]);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  prepared.encode(pass, Object.fromEntries(all));
  pass.end();
  device.queue.submit([encoder.finish()]);
  return Object.fromEntries(outputs) as { [Name in keyof Plan<S>["outputs"]]: OnGpu };
}
