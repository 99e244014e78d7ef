import { ValueError } from "../core/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { Dispatch } from "./command.ts";

/** Time one kernel took, with what it had to do. */
export interface KernelTime {
  /** `family/name` of the kernel. */
  readonly kernel: string;
  /** Which pipeline: kernel, slots and overrides. */
  readonly pipeline: string;
  readonly milliseconds: number;
  readonly flops: number;
  readonly bytes: number;
}

/** Timestamps around every dispatch of one flush. */
export class Timer {
  readonly #capacity: number;
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #dispatches: Dispatch[] = [];

  constructor(gpu: Gpu, capacity: number) {
    if (!gpu.device.features.has("timestamp-query")) {
      throw new ValueError(
        `profile: expected the feature timestamp-query, which ${gpu.adapter.name} lacks; ` +
          "time whole steps with performance.now() around an awaited read instead",
      );
    }
    this.#capacity = Math.min(capacity, 2048); // a query set holds 4,096 timestamps
    const { device } = gpu;
    const count = 2 * this.#capacity;
    this.#queries = device.createQuerySet({ type: "timestamp", count });
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    this.#resolved = device.createBuffer({ size: 8 * count, usage: QUERY_RESOLVE | COPY_SRC });
    this.#staging = device.createBuffer({ size: 8 * count, usage: COPY_DST | MAP_READ });
  }

  /** Descriptor of the pass that runs this dispatch alone; dispatches beyond the capacity are not timed. */
  pass(dispatch: Dispatch): GPUComputePassDescriptor {
    const index = this.#dispatches.length;
    if (index >= this.#capacity) return {};
    this.#dispatches.push(dispatch);
    return {
      timestampWrites: {
        querySet: this.#queries,
        beginningOfPassWriteIndex: 2 * index,
        endOfPassWriteIndex: 2 * index + 1,
      },
    };
  }

  resolve(encoder: GPUCommandEncoder): void {
    const count = 2 * this.#dispatches.length;
    if (count === 0) return;
    encoder.resolveQuerySet(this.#queries, 0, count, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, 8 * count);
  }

  /** The times, in the order of the dispatches. Frees the timer. */
  async times(): Promise<KernelTime[]> {
    await this.#staging.mapAsync(GPUMapMode.READ);
    const ticks = new BigUint64Array(this.#staging.getMappedRange().slice(0));
    for (const buffer of [this.#resolved, this.#staging]) buffer.destroy();
    this.#queries.destroy();
    return this.#dispatches.map(({ pipeline, flops, bytes }, i) => ({
      kernel: pipeline.shader.path.replace(/\.wgsl$/, ""),
      pipeline: pipeline.key,
      milliseconds: Number((ticks[2 * i + 1] ?? 0n) - (ticks[2 * i] ?? 0n)) / 1e6,
      flops,
      bytes,
    }));
  }
}
