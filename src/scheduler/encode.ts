import { createBindGroup, encodeDispatch } from "../gpu/dispatch.ts";
import { inErrorScope } from "../gpu/error_scope.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { packParams } from "../shader/pack.ts";
import type { Command } from "./command.ts";
import type { Copy, Dispatch, Readback } from "./dispatch.ts";
import type { Observers } from "./observe/observers.ts";
import { markWritten } from "./step/commands.ts";
import type { Storage } from "./storage.ts";

/** Alignment of dynamic uniform offsets and storage offsets: the largest that WebGPU ever requires. */
const ALIGNMENT = 256;
const align = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** A command buffer ready to submit, and the error that WebGPU reports later for its encoding. */
export type Encoded = ReturnType<typeof inErrorScope<GPUCommandBuffer>>;

/**
 * Turns commands into one command buffer: parameters in one uniform buffer, dispatches in one compute pass. A storage gets
 * its buffer when its first command is encoded; `done` is called after each command, and storages that nothing needs by
 * then give their buffers to the following commands.
 */
export class Encoder {
  readonly #gpu: Gpu;
  readonly #bindGroups = new Map<string, GPUBindGroup>();
  readonly #ids = new WeakMap<GPUBuffer, number>();
  #nextId = 0;
  #uniforms: GPUBuffer | undefined;
  #params = new DataView(new ArrayBuffer(0));

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  encode(
    commands: readonly Command[],
    done: (command: Command) => void,
    observers: Observers = {},
  ): Encoded {
    const { device, pool } = this.#gpu;
    return inErrorScope(device, "validation", () => {
      pool.hold();
      return this.#encode(commands, done, observers);
    });
  }

  #encode(
    commands: readonly Command[],
    done: (command: Command) => void,
    { timer, watch }: Observers,
  ): GPUCommandBuffer {
    const { device } = this.#gpu;
    this.#upload(commands);
    const offsets = this.#writeParams(commands);
    const encoder = device.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    watch?.start();
    commands.forEach((command, i) => {
      for (const storage of command.storages) storage.materialize();
      markWritten(command);
      if (command.kind === "dispatch") {
        if (timer) pass = endPass(pass); // one pass per dispatch, for its own timestamps
        pass ??= encoder.beginComputePass(timer?.pass(command));
        watch?.before(pass, command);
        this.#dispatch(pass, command, offsets[i] as number);
        watch?.after(pass, command);
      } else if (command.kind === "replay") {
        pass = endPass(pass);
        command.program.encode(encoder, command, { timer, watch });
      } else if (command.kind !== "upload") {
        pass = endPass(pass);
        copy(encoder, command);
        watch?.forget();
      }
      done(command);
    });
    endPass(pass);
    timer?.resolve(encoder);
    watch?.resolve(encoder);
    return encoder.finish();
  }

  /**
   * Uploads reach the GPU before the commands of this encoder, so their storages get buffers that no earlier command here
   * writes.
   */
  #upload(commands: readonly Command[]): void {
    const { device, counters } = this.#gpu;
    for (const command of commands) {
      if (command.kind !== "upload") continue;
      const [storage] = command.storages;
      storage.materialize();
      if (command.data.byteLength === 0) continue;
      device.queue.writeBuffer(storage.buffer as GPUBuffer, storage.offset, command.data);
      counters.bytesUploaded += command.data.byteLength;
    }
  }

  /** Packs the parameters of every dispatch and writes them with one call; returns each command's offset. */
  #writeParams(commands: readonly Command[]): number[] {
    let bytes = 0;
    const offsets = commands.map((command) => {
      const offset = bytes;
      if (command.kind === "dispatch") bytes += align(command.pipeline.shader.paramsSize);
      return offset;
    });
    if (bytes === 0) return offsets;
    if (bytes > (this.#uniforms?.size ?? 0)) this.#growUniforms(bytes);
    commands.forEach((command, i) => {
      if (command.kind !== "dispatch") return;
      packParams(command.pipeline.shader, command.params, this.#params, offsets[i] as number);
    });
    const { device, counters } = this.#gpu;
    const uniforms = this.#uniforms as GPUBuffer;
    device.queue.writeBuffer(uniforms, 0, this.#params.buffer as ArrayBuffer, 0, bytes);
    counters.bytesUploaded += bytes;
    return offsets;
  }

  #growUniforms(bytes: number): void {
    const { UNIFORM, COPY_DST } = GPUBufferUsage;
    const size = 2 ** Math.ceil(Math.log2(Math.max(bytes, 65536)));
    this.forget();
    this.#uniforms = this.#gpu.pool.create(size, UNIFORM | COPY_DST);
    this.#params = new DataView(new ArrayBuffer(size));
  }

  /** Releases the uniform buffer: the device may have refused to create it. */
  forget(): void {
    if (this.#uniforms) this.#gpu.pool.discard(this.#uniforms);
    this.#uniforms = undefined;
    this.#bindGroups.clear(); // bind groups refer to the old buffer
  }

  #dispatch(pass: GPUComputePassEncoder, command: Dispatch, offset: number): void {
    const { pipeline, grid } = command;
    const offsets = pipeline.shader.paramsSize ? [offset] : [];
    encodeDispatch(pass, pipeline, this.#bindGroup(command), offsets, grid);
    this.#gpu.counters.dispatches++;
  }

  #bindGroup({ pipeline, storages }: Dispatch): GPUBindGroup {
    let key = pipeline.key;
    for (const storage of storages) {
      key += `;${this.#id(storage.buffer as GPUBuffer)}+${storage.offset}:${storage.bytes}`;
    }
    const known = this.#bindGroups.get(key);
    if (known) return known;
    const group = bindGroup(this.#gpu, { pipeline, storages }, this.#uniforms);
    if (this.#bindGroups.size >= 8192) this.#bindGroups.clear(); // limits memory: all are dropped at once, not one by one
    this.#bindGroups.set(key, group);
    return group;
  }

  #id(buffer: GPUBuffer): number {
    const known = this.#ids.get(buffer);
    if (known !== undefined) return known;
    this.#ids.set(buffer, this.#nextId);
    return this.#nextId++;
  }
}

/** The bind group of a dispatch: its parameters, at a dynamic offset of `uniforms`, and its storages. */
export function bindGroup(
  { device, counters }: Gpu,
  { pipeline, storages }: Pick<Dispatch, "pipeline" | "storages">,
  uniforms: GPUBuffer | undefined,
): GPUBindGroup {
  counters.bindGroupsCreated++;
  return createBindGroup(device, pipeline, storages.map(range), uniforms);
}

/**
 * A storage's range, rounded up to a vec4: a shader that reads vec4s needs at least one, and buffers are large enough for
 * it.
 */
function range(storage: Storage): Required<GPUBufferBinding> {
  const buffer = storage.buffer as GPUBuffer;
  const wanted = Math.max(16, Math.ceil(storage.bytes / 16) * 16);
  return {
    buffer,
    offset: storage.offset,
    size: Math.min(wanted, buffer.size - storage.offset),
  };
}

function endPass(pass: GPUComputePassEncoder | undefined): undefined {
  pass?.end();
}

function copy(encoder: GPUCommandEncoder, command: Copy | Readback): void {
  const [from, to] = command.storages;
  if (from.bytes === 0) return;
  const target = command.kind === "readback" ? command.staging : (to?.buffer as GPUBuffer);
  const offset = to?.offset ?? 0;
  encoder.copyBufferToBuffer(from.buffer as GPUBuffer, from.offset, target, offset, from.bytes);
}
