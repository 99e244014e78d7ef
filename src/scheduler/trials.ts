import { ValidationError } from "../core/errors.ts";
import { seeded } from "../core/rng.ts";
import { type Shape, size } from "../core/shape.ts";
import { createBindGroup, encodeDispatch, uniformOf } from "../gpu/dispatch.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { PassTimer, timePass } from "../gpu/pass_timer.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import type { Grid, Plan } from "../kernels/kernel.ts";
import type { Call } from "../kernels/variants.ts";

/** Dispatches with their buffers bound, ready to be timed. */
export interface Trial {
  /**
   * Milliseconds for this number of repetitions, run one after the other. Throws `ValidationError` if WebGPU refuses
   * them.
   */
  sample(repetitions: number): Promise<number>;
}

/** One dispatch, ready to be encoded. */
interface Ready {
  readonly pipeline: Pipeline;
  readonly group: GPUBindGroup;
  readonly offsets: readonly number[];
  readonly grid: Grid;
}

/**
 * Length of the random numbers that inputs are filled with, repeatedly: multiplying zeros would draw less power than
 * training does.
 */
const NOISE = 65536;

/**
 * Times candidates for the same work on shared buffers, without reading results. Measure while nothing else runs, and free
 * it with `close()`.
 */
export class Trials {
  /** "timestamps" of the GPU, or "clock", around submit and completion: without the feature, and on software adapters. */
  readonly by: "timestamps" | "clock";
  readonly #gpu: Gpu;
  readonly #timer: PassTimer | undefined;
  readonly #buffers = new Map<string, GPUBuffer>();
  readonly #uniforms: GPUBuffer[] = [];
  /** Random numbers in [−1, 1). */
  readonly #noise: Float32Array<ArrayBuffer>;

  constructor(gpu: Gpu) {
    const random = seeded(1);
    this.#noise = Float32Array.from({ length: NOISE }, () => 2 * random() - 1);
    const timestamps = gpu.device.features.has("timestamp-query") && !gpu.adapter.software;
    this.#gpu = gpu;
    this.#timer = timestamps ? new PassTimer(gpu.device) : undefined;
    this.by = timestamps ? "timestamps" : "clock";
  }

  /** Compiles and binds. Throws `ShaderError`, `LimitError` and `OutOfMemoryError`. */
  async open(calls: readonly Call[]): Promise<Trial> {
    const gpu = this.#gpu;
    const planned = calls.map((call) => {
      const plan = call.plan();
      const slots = plan.slots ?? {};
      const overrides = (plan.overrides ?? {}) as Readonly<Record<string, number>>;
      return { call, plan, pipeline: gpu.pipelines.get({ shader: call.shader, slots, overrides }) };
    });
    await gpu.pipelines.compile(planned.map(({ pipeline }) => pipeline));
    const ready = planned.map(({ call, plan, pipeline }) => this.#bind(call, plan, pipeline));
    await gpu.pool.confirm();
    return { sample: (repetitions) => this.#sample(ready, repetitions) };
  }

  /** Frees all trials and their buffers. More can be opened. */
  clear(): void {
    for (const buffer of this.#buffers.values()) this.#gpu.pool.discard(buffer);
    for (const buffer of this.#uniforms.splice(0)) buffer.destroy();
    this.#buffers.clear();
  }

  close(): void {
    this.clear();
    this.#timer?.destroy();
  }

  #bind({ shader, inputs }: Call, plan: Plan, pipeline: Pipeline): Ready {
    const shapes: Readonly<Record<string, Shape>> = { ...inputs, ...plan.outputs };
    const resources = pipeline.bindings.map(({ name, dtype }) => ({
      buffer: this.#buffer(shader.path, name, shapes[name] ?? [], dtype === "f32"),
    }));
    const uniforms = uniformOf(this.#gpu.device, shader, plan.params);
    if (uniforms) this.#uniforms.push(uniforms);
    const group = createBindGroup(this.#gpu.device, pipeline, resources, uniforms);
    return { pipeline, group, offsets: uniforms ? [0] : [], grid: plan.grid };
  }

  #buffer(who: string, name: string, shape: Shape, isFloat: boolean): GPUBuffer {
    const key = `${name}[${shape}]`;
    const known = this.#buffers.get(key);
    if (known) return known;
    this.#gpu.checkFits(who, shape);
    const { device, pool } = this.#gpu;
    const buffer = pool.create(4 * size(shape));
    this.#buffers.set(key, buffer);
    if (!isFloat) return buffer; // indices: zeros are always in range
    for (let at = 0; at < buffer.size; at += this.#noise.byteLength) {
      const count = Math.min(NOISE, (buffer.size - at) / 4);
      device.queue.writeBuffer(buffer, at, this.#noise, 0, count);
    }
    return buffer;
  }

  async #sample(ready: readonly Ready[], repetitions: number): Promise<number> {
    const { elapsed, error } = await timePass(this.#gpu.device, this.#timer, (pass) => {
      for (let i = 0; i < repetitions; i++) {
        for (const { pipeline, group, offsets, grid } of ready) {
          encodeDispatch(pass, pipeline, group, offsets, grid);
        }
      }
    });
    this.#gpu.checkAlive();
    if (error) {
      throw new ValidationError(
        `tune: expected WebGPU to accept a dispatch, got: ${error.message}; report it`,
      );
    }
    return this.#timer ? ((await this.#timer.read()) ?? 0) : elapsed;
  }
}
