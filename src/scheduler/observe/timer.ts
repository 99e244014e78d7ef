import type { Dispatch } from "../dispatch.ts";
import type { Place } from "./place.ts";

/** Duration of one kernel, with its operations and bytes. */
export interface KernelTime {
  /** `family/name` of the kernel. */
  readonly kernel: string;
  /** Which pipeline: kernel, slots and overrides. */
  readonly pipeline: string;
  /** Duration. */
  readonly milliseconds: number;
  /** Start, in milliseconds after the start of the first kernel of the profile. */
  readonly start: number;
  /** Floating-point operations by the kernel's plan; a fused multiply-add counts two. */
  readonly flops: number;
  /** Bytes that must move, by the kernel's plan. */
  readonly bytes: number;
  /** Part of the step that asked for it, and the layer. */
  readonly place: Place;
}

/** Timestamps of one query set: the maximum that WebGPU allows. */
const PER_SET = 4096;

/** A dispatch and the timestamps of its pass, in nanoseconds. */
export interface Stamped {
  readonly dispatch: Dispatch;
  readonly begin: bigint;
  readonly end: bigint;
}

/** Timestamps around every dispatch of one submit. */
export class Timer {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet[] = [];
  readonly #dispatches: Dispatch[] = [];
  #buffers: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Descriptor of the pass that runs this dispatch alone. */
  pass(dispatch: Dispatch): GPUComputePassDescriptor {
    const first = (2 * this.#dispatches.push(dispatch) - 2) % PER_SET;
    if (first === 0) {
      this.#queries.unshift(this.#device.createQuerySet({ type: "timestamp", count: PER_SET }));
    }
    return {
      timestampWrites: {
        querySet: this.#queries[0] as GPUQuerySet,
        beginningOfPassWriteIndex: first,
        endOfPassWriteIndex: first + 1,
      },
    };
  }

  resolve(encoder: GPUCommandEncoder): void {
    const { length } = this.#dispatches;
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const size = 16 * length || 16;
    this.#buffers = [COPY_DST | MAP_READ, QUERY_RESOLVE | COPY_SRC].map((usage) =>
      this.#device.createBuffer({ size, usage }),
    );
    const [staging, resolved] = this.#buffers as [GPUBuffer, GPUBuffer];
    for (const [i, queries] of this.#queries.reverse().entries()) {
      const count = Math.min(PER_SET, 2 * length - i * PER_SET);
      encoder.resolveQuerySet(queries, 0, count, resolved, 8 * PER_SET * i);
    }
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
  }

  /** The timestamps, in the order of the dispatches. Frees the query sets. */
  async read(): Promise<Stamped[]> {
    const [staging] = this.#buffers as [GPUBuffer];
    await staging.mapAsync(GPUMapMode.READ);
    const ticks = new BigUint64Array(staging.getMappedRange().slice(0));
    this.destroy();
    return this.#dispatches.map((dispatch, i) => ({
      dispatch,
      begin: ticks[2 * i] ?? 0n,
      end: ticks[2 * i + 1] ?? 0n,
    }));
  }

  destroy(): void {
    for (const each of [...this.#buffers, ...this.#queries]) each.destroy();
  }
}

/** Converts timestamps: the duration of each dispatch, and its start after that of the first. */
export function kernelTimes(stamped: readonly Stamped[]): KernelTime[] {
  const origin = stamped[0]?.begin ?? 0n;
  return stamped.map(({ dispatch: { pipeline, flops, bytes, place }, begin, end }) => ({
    kernel: pipeline.shader.path.replace(/\.wgsl$/, ""),
    pipeline: pipeline.key,
    milliseconds: Number(end - begin) / 1e6,
    start: Number(begin - origin) / 1e6,
    flops,
    bytes,
    place,
  }));
}
