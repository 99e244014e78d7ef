import { packParams } from "../shader/pack.ts";
import type { Shader, Values } from "../shader/shader.ts";
import type { Pipeline } from "./pipelines.ts";

/** Encodes one dispatch of a compiled pipeline. `offsets` holds the dynamic offset of its params, if it has any. */
export function encodeDispatch(
  pass: GPUComputePassEncoder,
  pipeline: Pipeline,
  group: GPUBindGroup,
  offsets: readonly number[],
  [x, y, z]: readonly [x: number, y?: number, z?: number],
): void {
  pass.setPipeline(pipeline.compiled as GPUComputePipeline);
  pass.setBindGroup(0, group, offsets);
  pass.dispatchWorkgroups(x, y, z);
}

/**
 * A bind group of storage buffers in binding order, preceded by the params, if there are any, at a dynamic offset of
 * `uniforms`.
 */
export function createBindGroup(
  device: GPUDevice,
  { key, layout, bindings, shader }: Pipeline,
  resources: readonly GPUBufferBinding[],
  uniforms: GPUBuffer | undefined,
): GPUBindGroup {
  const { paramsSize: size } = shader;
  const params = size && uniforms ? [{ binding: 0, resource: { buffer: uniforms, size } }] : [];
  const bound = bindings.map(({ index }, i) => ({
    binding: index,
    resource: resources[i] as GPUBufferBinding,
  }));
  return device.createBindGroup({ label: key, layout, entries: [...params, ...bound] });
}

/** A uniform buffer of a shader's params; undefined for a shader that has none. */
export function uniformOf(
  device: GPUDevice,
  shader: Shader,
  params: object,
): GPUBuffer | undefined {
  const { paramsSize: size } = shader;
  if (size === 0) return undefined;
  const buffer = device.createBuffer({
    size,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const data = new ArrayBuffer(size);
  packParams(shader, params as Values, new DataView(data));
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}
