import type { TypedArray } from "../../core/shape.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { packParams } from "../../shader/pack.ts";
import type { Upload } from "../dispatch.ts";
import { Storage } from "../storage.ts";
import type { StepCommand } from "./commands.ts";

/** Alignment of uniform and storage offsets: the largest that WebGPU ever requires. */
const ALIGNMENT = 256;

/** A piece of the block: the parameters of a dispatch, or the content of a storage. */
interface Piece {
  readonly offset: number;
  readonly bytes: number;
  readonly write: (view: DataView, recorded: boolean) => void;
}

/**
 * Parameters and uploads of a captured step, in one buffer: first those that change from replay to replay, which one copy
 * refreshes, then the constant ones.
 */
export class HostBlock {
  readonly bytes: number;
  /** Storages that the host fills and the step then overwrites: they have their own buffers, filled again in every replay. */
  readonly written: readonly Storage[];
  readonly #gpu: Gpu;
  readonly #changing: number;
  readonly #pieces: readonly Piece[];
  readonly #uniforms: readonly (readonly number[])[];
  readonly #places: ReadonlyMap<Storage, number>;
  #storage: Storage | undefined;

  /** `elsewhere` says which storages cannot lie in the block because something writes them. */
  constructor(
    gpu: Gpu,
    commands: readonly StepCommand[],
    uploads: readonly Upload[],
    elsewhere: (storage: Storage) => boolean,
  ) {
    this.#gpu = gpu;
    this.written = uploads.map(({ storages }) => storages[0]).filter(elsewhere);
    const wanted = [
      ...commands.map((command) => ({ ...paramsOf(command), storage: undefined })),
      ...uploads.map((upload) => ({ ...contentOf(upload), storage: upload.storages[0] })),
    ];
    let end = 0;
    const offsets = new Map<number, number>();
    const place = (changes: boolean) => {
      wanted.forEach((each, i) => {
        if (each.changes !== changes || each.bytes === 0) return;
        offsets.set(i, end);
        end += Math.ceil(each.bytes / ALIGNMENT) * ALIGNMENT;
      });
    };
    place(true);
    this.#changing = end;
    place(false);
    this.bytes = Math.max(end, ALIGNMENT);
    this.#pieces = wanted.flatMap(({ bytes, write }, i) => {
      const offset = offsets.get(i);
      return offset === undefined ? [] : [{ offset, bytes, write }];
    });
    this.#uniforms = commands.map((_, i) => {
      const offset = offsets.get(i);
      return offset === undefined ? [] : [offset];
    });
    this.#places = new Map(
      uploads.map(({ storages: [storage] }, i) => [storage, offsets.get(commands.length + i) ?? 0]),
    );
  }

  /** Whether a storage lies in the block. */
  holds(storage: Storage): boolean {
    return this.#places.has(storage) && !this.written.includes(storage);
  }

  get buffer(): GPUBuffer {
    return this.#storage?.buffer as GPUBuffer;
  }

  /** The dynamic offset of command i's parameters. */
  dynamicOffset(i: number): readonly number[] {
    return this.#uniforms[i] ?? [];
  }

  /** Makes the buffer, writes the constant part, and assigns the storages their places in it. */
  allocate(): void {
    const { UNIFORM, STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    this.#storage = Storage.planned(this.#gpu, this.bytes, UNIFORM | STORAGE | COPY_SRC | COPY_DST);
    const view = new DataView(new ArrayBuffer(this.bytes));
    for (const { offset, write } of this.#pieces) {
      if (offset >= this.#changing) write(part(view, offset), true);
    }
    const stays = this.bytes - this.#changing;
    const { device, counters } = this.#gpu;
    if (stays > 0)
      device.queue.writeBuffer(this.buffer, this.#changing, view.buffer, this.#changing);
    counters.bytesUploaded += stays;
    for (const [storage, offset] of this.#places) {
      if (this.holds(storage)) storage.moveInto(this.#storage, offset);
    }
  }

  /** The changing part for the next replay or, with `recorded`, that of the recorded run. Undefined if nothing changes. */
  pack(recorded: boolean): Uint32Array<ArrayBuffer> | undefined {
    if (this.#changing === 0) return undefined;
    const view = new DataView(new ArrayBuffer(this.#changing));
    for (const { offset, write } of this.#pieces) {
      if (offset < this.#changing) write(part(view, offset), recorded);
    }
    return new Uint32Array(view.buffer as ArrayBuffer);
  }

  copyFrom(encoder: GPUCommandEncoder, packed: Storage): void {
    const from = packed.buffer as GPUBuffer;
    encoder.copyBufferToBuffer(from, packed.offset, this.buffer, 0, this.#changing);
  }

  /** Refills the storages that the previous replay overwrote. */
  spread(encoder: GPUCommandEncoder): void {
    for (const storage of this.written) {
      const offset = this.#places.get(storage) ?? 0;
      const to = storage.buffer as GPUBuffer;
      encoder.copyBufferToBuffer(this.buffer, offset, to, storage.offset, storage.bytes);
    }
  }

  destroy(): void {
    this.#storage?.destroy();
    this.#storage = undefined;
  }
}

function paramsOf(command: StepCommand) {
  if (command.kind === "copy") return { bytes: 0, changes: false, write: () => {} };
  const { pipeline, params, refresh } = command;
  return {
    bytes: pipeline.shader.paramsSize,
    changes: refresh !== undefined,
    write: (view: DataView, recorded: boolean) =>
      packParams(pipeline.shader, recorded || !refresh ? params : refresh(), view),
  };
}

function contentOf({ data, refresh }: Upload) {
  const bytesOf = (content: TypedArray) =>
    new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return {
    bytes: data.byteLength,
    changes: refresh !== undefined,
    write: (view: DataView, recorded: boolean) => {
      const content = bytesOf(recorded || !refresh ? data : refresh());
      new Uint8Array(view.buffer, view.byteOffset, content.length).set(content);
    },
  };
}

const part = (view: DataView, offset: number) =>
  new DataView(view.buffer, view.byteOffset + offset);
