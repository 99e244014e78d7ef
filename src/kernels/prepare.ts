import { ShapeError } from "../core/errors.ts";
import { bytesOf, type Shape, show, size } from "../core/shape.ts";
import { newCounters } from "../gpu/counters.ts";
import { PipelineCache } from "../gpu/pipelines.ts";
import { type Binding, packParams, type Signature, type Storages } from "../shader/shader.ts";
import type { InputShapes, Kernel, Plan } from "./kernel.ts";

/** A kernel planned and compiled for given shapes, ready to be encoded as often as you like. */
export interface Prepared<S extends Signature> {
  readonly plan: Plan<S>;
  /** Every buffer to bind, in binding order. */
  readonly bindings: readonly Binding[];
  /** Encodes one dispatch into your compute pass. Buffers are bound whole unless given as { buffer, offset, size }. */
  encode(
    pass: GPUComputePassEncoder,
    buffers: Readonly<Record<string, GPUBuffer | GPUBufferBinding>>,
  ): void;
  /** Frees the uniform buffer. */
  destroy(): void;
}

export interface PrepareOptions {
  /** Values for overrides of the WGSL, such as its workgroup size, instead of the plan's. */
  readonly overrides?: Readonly<Record<string, number>>;
  /**
   * Buffers that hold f16, by the kernel's slots for that: `{ stored_a: "f16" }` of a matrix product, `{ storage: "f16" }`
   * of convolutions and norms. The device needs the feature `shader-f16`.
   */
  readonly storages?: Storages;
}

const caches = new WeakMap<GPUDevice, PipelineCache>();

/**
 * One kernel on your own `GPUDevice` and your own buffers, inside your own encoder:
 *
 *     const relu = await prepare(device, activate, { x: [1000] }, { act: "relu" });
 *     relu.encode(pass, { x: input, y: output }); // output: size(relu.plan.outputs.y) * 4 bytes, usage STORAGE
 *
 * Throws what the plan throws (shapes, options) and `ShaderError` if the program does not compile.
 */
export async function prepare<S extends Signature, Options>(
  device: GPUDevice,
  kernel: Kernel<S, Options>,
  inputs: InputShapes<S>,
  options: Options,
  { overrides = {}, storages = {} }: PrepareOptions = {},
): Promise<Prepared<S>> {
  const plan: Plan = kernel.plan(inputs, options) as Plan;
  const cache = caches.get(device) ?? new PipelineCache(device, newCounters());
  caches.set(device, cache);
  const shader = kernel.shader;
  const pipeline = cache.get({
    shader,
    slots: { ...plan.slots, ...storages },
    overrides: { ...(plan.overrides as Readonly<Record<string, number>>), ...overrides },
  });
  await cache.compile([pipeline]);
  const shapes: Readonly<Record<string, Shape | undefined>> = { ...inputs, ...plan.outputs };
  const params = uniformBuffer(device, shader.paramsSize);
  if (params) {
    const view = new DataView(new ArrayBuffer(shader.paramsSize));
    packParams(shader, plan.params as Record<string, number>, view);
    device.queue.writeBuffer(params, 0, view.buffer as ArrayBuffer);
  }
  return {
    plan: plan as Plan<S>,
    bindings: pipeline.bindings,
    encode(pass, buffers) {
      const entries = pipeline.bindings.map((binding) => ({
        binding: binding.index,
        resource: bindable(shader.path, binding, shapes[binding.name] ?? [], buffers[binding.name]),
      }));
      if (params) entries.unshift({ binding: 0, resource: { buffer: params } });
      pass.setPipeline(pipeline.compiled as GPUComputePipeline);
      pass.setBindGroup(
        0,
        device.createBindGroup({ layout: pipeline.layout, entries }),
        params ? [0] : [],
      );
      const [x, y = 1, z = 1] = plan.grid;
      if (x * y * z > 0) pass.dispatchWorkgroups(x, y, z);
    },
    destroy: () => params?.destroy(),
  };
}

function uniformBuffer(device: GPUDevice, bytes: number): GPUBuffer | undefined {
  if (bytes === 0) return undefined;
  return device.createBuffer({
    size: bytes,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
}

function bindable(
  who: string,
  { name, dtype }: Binding,
  shape: Shape,
  given: GPUBuffer | GPUBufferBinding | undefined,
): GPUBufferBinding {
  const binding = given && "buffer" in given ? given : given && { buffer: given };
  const have = binding ? (binding.size ?? binding.buffer.size - (binding.offset ?? 0)) : 0;
  const bytes = bytesOf(dtype, size(shape));
  if (!binding || have < bytes) {
    throw new ShapeError(
      `${who}: '${name}' expects a buffer of at least ${bytes} bytes for ${show(shape)}, ` +
        `got ${binding ? `${have} bytes` : "none"}; pass { ${name}: buffer } with usage STORAGE`,
    );
  }
  return binding;
}
