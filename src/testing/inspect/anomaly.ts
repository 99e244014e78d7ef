import { AnomalyError } from "../../core/errors.ts";
import { coordinates } from "../../core/shape.ts";
import { encodeDispatch } from "../../gpu/dispatch.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Pipeline } from "../../gpu/pipelines.ts";
import { NONE, nonfinite } from "../../kernels/reduce/nonfinite.ts";
import type { Dispatch } from "../../scheduler/dispatch.ts";
import { bindGroup } from "../../scheduler/encode.ts";
import type { Inspector } from "../../scheduler/observe/inspect.ts";
import type { Watch } from "../../scheduler/observe/observers.ts";
import { Storage } from "../../scheduler/storage.ts";
import { packParams } from "../../shader/pack.ts";
import { describe, kernelOf, tensorOf } from "./describe.ts";

/** Bytes of the results of one check: an index and bits for each of 32 pieces; also an alignment of offsets. */
const SLOT = 256;

/** Number of checks whose results one buffer holds. */
const PER_CHUNK = 1024;

/** A check of a tensor: the position of its results, and the number of pieces. */
interface TensorCheck {
  readonly slot: number;
  readonly pieces: number;
}

interface LookAt extends TensorCheck {
  readonly binding: string;
}

/** A dispatch with the latest checks of its inputs, and the checks of its outputs. */
interface Watched {
  readonly dispatch: Dispatch;
  readonly inputs: readonly LookAt[];
  outputs: readonly LookAt[];
}

/** A buffer of results on the GPU and the resources of the checks that it holds. */
interface Chunk {
  readonly found: Storage;
  readonly uniforms: GPUBuffer;
  readonly params: DataView<ArrayBuffer>;
  looks: number;
}

/**
 * Throws `AnomalyError` when NaN or ±∞ is first computed from finite numbers, with the names of kernel, tensor, element and
 * layer, as torch.autograd.detect_anomaly: `init({ inspect: detectAnomaly() })`. Every result is checked on the GPU; the
 * results of a flush's checks are read together.
 */
export const detectAnomaly = (): Inspector => async (gpu) => {
  const { shader } = nonfinite;
  const pipeline = gpu.pipelines.get({ shader, slots: {}, overrides: {} });
  await gpu.pipelines.compile([pipeline]);
  return { watch: new AnomalyWatch(gpu, pipeline) };
};

/** Checks every result for NaN and ±∞, and every input that has not been checked since it was written. */
class AnomalyWatch implements Watch {
  readonly #gpu: Gpu;
  readonly #pipeline: Pipeline;
  readonly #chunks: Chunk[] = [];
  #watched: Watched[] = [];
  #slots = 0;
  /** The latest check of the content of each storage. */
  readonly #seen = new Map<Storage, TensorCheck>();
  #staging: GPUBuffer | undefined;

  constructor(gpu: Gpu, pipeline: Pipeline) {
    this.#gpu = gpu;
    this.#pipeline = pipeline;
  }

  start(): void {
    this.forget();
    this.#staging = undefined;
    this.#watched = [];
    this.#slots = 0;
    for (const chunk of this.#chunks) chunk.looks = 0;
  }

  forget(): void {
    this.#seen.clear();
  }

  before(pass: GPUComputePassEncoder, dispatch: Dispatch): void {
    const inputs = floats(dispatch, "write").map(({ binding, storage }) => {
      const look = this.#seen.get(storage) ?? this.#look(pass, storage);
      this.#seen.set(storage, look);
      return { ...look, binding };
    });
    this.#watched.push({ dispatch, inputs, outputs: [] });
  }

  after(pass: GPUComputePassEncoder, dispatch: Dispatch): void {
    const written = floats(dispatch, "read");
    const roots = new Set(written.map(({ storage }) => storage.root));
    for (const storage of this.#seen.keys()) {
      if (roots.has(storage.root)) this.#seen.delete(storage);
    }
    const outputs = written.map(({ binding, storage }) => {
      const look = this.#look(pass, storage);
      this.#seen.set(storage, look);
      return { ...look, binding };
    });
    const watched = this.#watched.at(-1);
    if (watched) watched.outputs = outputs;
  }

  resolve(encoder: GPUCommandEncoder): void {
    if (this.#slots === 0) return;
    const { staging, device } = this.#gpu;
    const buffer = staging.acquire(SLOT * this.#slots);
    for (const [i, { found, uniforms, params, looks }] of this.#chunks.entries()) {
      if (looks === 0) continue;
      device.queue.writeBuffer(uniforms, 0, params.buffer, 0, SLOT * looks);
      const to = SLOT * PER_CHUNK * i;
      encoder.copyBufferToBuffer(found.buffer as GPUBuffer, 0, buffer, to, SLOT * looks);
    }
    this.#staging = buffer;
  }

  async check(): Promise<void> {
    const [buffer, watched, bytes] = [this.#staging, this.#watched, SLOT * this.#slots];
    if (!buffer) return;
    const { staging } = this.#gpu;
    await buffer.mapAsync(GPUMapMode.READ, 0, bytes);
    const words = new Uint32Array(buffer.getMappedRange(0, bytes).slice(0));
    buffer.unmap();
    staging.release(buffer);
    for (const { dispatch, inputs, outputs } of watched) {
      if (inputs.some((look) => finding(words, look))) continue;
      for (const look of outputs) {
        const found = finding(words, look);
        if (found) throw new AnomalyError(report(dispatch, look.binding, found));
      }
    }
  }

  /** Queues a check. */
  #look(pass: GPUComputePassEncoder, storage: Storage): TensorCheck {
    const slot = this.#slots++;
    const chunk = this.#chunkOf(slot);
    const at = SLOT * chunk.looks++;
    const plan = nonfinite.plan({ x: [storage.bytes / 4] }, {});
    packParams(nonfinite.shader, plan.params, chunk.params, at);
    const found = new Storage(this.#gpu, SLOT);
    found.moveInto(chunk.found, at);
    const pipeline = this.#pipeline;
    const group = bindGroup(this.#gpu, { pipeline, storages: [storage, found] }, chunk.uniforms);
    encodeDispatch(pass, pipeline, group, [at], plan.grid);
    this.#gpu.counters.dispatches++;
    return { slot, pieces: plan.outputs.found[0] ?? 0 };
  }

  #chunkOf(slot: number): Chunk {
    const index = Math.floor(slot / PER_CHUNK);
    const known = this.#chunks[index];
    if (known) return known;
    const bytes = SLOT * PER_CHUNK;
    const { UNIFORM, COPY_DST } = GPUBufferUsage;
    const chunk = {
      found: Storage.planned(this.#gpu, bytes),
      uniforms: this.#gpu.device.createBuffer({ size: bytes, usage: UNIFORM | COPY_DST }),
      params: new DataView(new ArrayBuffer(bytes)),
      looks: 0,
    };
    this.#chunks.push(chunk);
    return chunk;
  }
}

/** Float bindings of a dispatch, except those with this access. */
function floats({ pipeline, storages }: Dispatch, but: "read" | "write") {
  return pipeline.bindings.flatMap(({ name, access, dtype }, i) => {
    const storage = storages[i] as Storage;
    const wanted = access !== but && dtype === "f32" && storage.bytes > 0;
    return wanted ? [{ binding: name, storage }] : [];
  });
}

/** The first position at which a check found something, and the bits there. */
function finding(
  words: Uint32Array,
  { slot, pieces }: TensorCheck,
): { index: number; bits: number } | undefined {
  for (let piece = 0; piece < pieces; piece++) {
    const at = (SLOT / 4) * slot + 2 * piece;
    const [index, bits] = [words[at] as number, words[at + 1] as number];
    if (index !== NONE) return { index, bits };
  }
  return undefined;
}

function report(
  dispatch: Dispatch,
  binding: string,
  { index, bits }: { index: number; bits: number },
): string {
  const shape = dispatch.call?.tensors[binding]?.shape ?? [];
  const value = new Float32Array(Uint32Array.of(bits).buffer)[0];
  const where = shape.length > 0 ? coordinates(index, shape).join(", ") : index;
  return (
    `${kernelOf(dispatch)}: expected finite numbers, got ${value} at [${where}] of ${tensorOf(dispatch, binding)}, while all ` +
    `that it read was finite; look at the inputs of ${describe(dispatch)}`
  );
}
