import { ValueError } from "../../core/errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Dispatch } from "../dispatch.ts";
import type { Place } from "./place.ts";

/** Time one kernel took, with what it had to do. */
export interface KernelTime {
  /** `family/name` of the kernel. */
  readonly kernel: string;
  /** Which pipeline: kernel, slots and overrides. */
  readonly pipeline: string;
  readonly milliseconds: number;
  /** When it began, in milliseconds after the first one of the profile. */
  readonly start: number;
  readonly flops: number;
  readonly bytes: number;
  /** Part of the step that asked for it, and the layer. */
  readonly place: Place;
}

/** Dispatches of one query set, which holds 4,096 timestamps. */
const PER_SET = 2048;

/** A dispatch and the timestamps of its pass, in nanoseconds. */
export interface Stamped {
  readonly dispatch: Dispatch;
  readonly begin: bigint;
  readonly end: bigint;
}

/** Throws `ValueError` if the adapter has no timestamps. */
export function checkTimestamps(gpu: Gpu): void {
  if (gpu.device.features.has("timestamp-query")) return;
  throw new ValueError(
    `profile: expected the feature timestamp-query, which ${gpu.adapter.name} lacks; ` +
      "time whole steps with performance.now() around an awaited read",
  );
}

/** Timestamps around every dispatch of one flush. */
export class Timer {
  readonly #queries: readonly GPUQuerySet[];
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #dispatches: Dispatch[] = [];

  /** For `count` dispatches at most. */
  constructor(gpu: Gpu, count: number) {
    const { device } = gpu;
    this.#queries = Array.from({ length: Math.ceil(count / PER_SET) }, (_, i) =>
      device.createQuerySet({
        type: "timestamp",
        count: 2 * Math.min(PER_SET, count - i * PER_SET),
      }),
    );
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    this.#resolved = device.createBuffer({ size: 16 * count, usage: QUERY_RESOLVE | COPY_SRC });
    this.#staging = device.createBuffer({ size: 16 * count, usage: COPY_DST | MAP_READ });
  }

  /** Descriptor of the pass that runs this dispatch alone. */
  pass(dispatch: Dispatch): GPUComputePassDescriptor {
    const index = this.#dispatches.push(dispatch) - 1;
    const first = 2 * (index % PER_SET);
    return {
      timestampWrites: {
        querySet: this.#queries[Math.floor(index / PER_SET)] as GPUQuerySet,
        beginningOfPassWriteIndex: first,
        endOfPassWriteIndex: first + 1,
      },
    };
  }

  resolve(encoder: GPUCommandEncoder): void {
    for (const [i, queries] of this.#queries.entries()) {
      encoder.resolveQuerySet(queries, 0, queries.count, this.#resolved, 16 * PER_SET * i);
    }
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, this.#staging.size);
  }

  /** The timestamps, in the order of the dispatches. Frees the timer. */
  async read(): Promise<Stamped[]> {
    await this.#staging.mapAsync(GPUMapMode.READ);
    const ticks = new BigUint64Array(this.#staging.getMappedRange().slice(0));
    this.destroy();
    return this.#dispatches.map((dispatch, i) => ({
      dispatch,
      begin: ticks[2 * i] ?? 0n,
      end: ticks[2 * i + 1] ?? 0n,
    }));
  }

  destroy(): void {
    for (const each of [this.#resolved, this.#staging, ...this.#queries]) each.destroy();
  }
}

/** What timestamps say: how long each dispatch took, and when it began after the first one. */
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
