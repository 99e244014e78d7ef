import {
  DeviceLostError,
  OutOfMemoryError,
  ShaderError,
  ValidationError,
  VerificationError,
} from "../../core/errors.ts";
import { type DType, type Shape, size, type TypedArray, typedArray } from "../../core/shape.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Command, Replay } from "../../scheduler/command.ts";
import type { Dispatch } from "../../scheduler/dispatch.ts";
import type { Encoder } from "../../scheduler/encode.ts";
import type { CommandRunner, Inspector } from "../../scheduler/observe/inspect.ts";
import { copy } from "../../scheduler/step/program.ts";
import type { Storage } from "../../scheduler/storage.ts";
import { describe, kernelOf, tensorOf } from "./describe.ts";

const inWords = { upload: "an upload", copy: "a copy", readback: "a readback" } as const;

type Contents = Record<string, TypedArray>;

/** A kernel that has run, with its inputs and outputs. */
export interface KernelRun {
  /** `family/name`. */
  readonly kernel: string;
  /** Shapes of its inputs, by binding. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Options of its plan. */
  readonly options: unknown;
  /** Floating-point operations of its plan. */
  readonly flops: number;
  /** Contents of inputs and updated buffers before it ran, by binding. */
  readonly before: Readonly<Record<string, TypedArray>>;
  /** Contents of outputs and updated buffers after it ran, by binding. */
  readonly after: Readonly<Record<string, TypedArray>>;
  /** Shapes of the tensors that it was called with, by binding. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Bindings that hold f16; `before` and `after` have their values. */
  readonly halves: ReadonlySet<string>;
}

/** Contents without the padding of the last word, for elements that share words. */
function elements(contents: Contents, shapes: Readonly<Record<string, Shape>>): Contents {
  return Object.fromEntries(
    Object.entries(contents).map(([name, data]) => {
      const shape = shapes[name];
      return [name, shape && size(shape) < data.length ? data.subarray(0, size(shape)) : data];
    }),
  );
}

/** Describes the defects of a kernel's results, by binding; empty if there are none. */
export type Check = (run: KernelRun) => Readonly<Record<string, string>>;

/**
 * Gives every dispatch its own submit, so that errors of WebGPU (validation, memory, internal errors) are reported with
 * kernel, tensors and layer: `init({ inspect: stepwise() })`.
 */
export const stepwise = (): Inspector => (gpu) => ({ stepwise: new Stepwise(gpu) });

/** Runs commands one by one and reports which of them failed. */
export class Stepwise implements CommandRunner {
  readonly #gpu: Gpu;
  readonly #check: Check | undefined;

  constructor(gpu: Gpu, check?: Check) {
    this.#gpu = gpu;
    this.#check = check;
  }

  /** Runs commands one by one; commands inserted in front meanwhile run next. Throws an error that names the kernel. */
  async runAll(
    encoder: Encoder,
    commands: Command[],
    ran: (command: Command) => void,
  ): Promise<void> {
    for (let command = commands.shift(); command; command = commands.shift()) {
      try {
        await this.#run(encoder, command);
      } finally {
        for (const storage of command.storages) storage.dequeue();
      }
      ran(command);
    }
  }

  async #run(encoder: Encoder, command: Command): Promise<void> {
    if (command.kind === "replay") return this.#replay(command);
    const encode = () => {
      const [commandBuffer, refused] = encoder.encode([command], () => {});
      this.#submit(commandBuffer);
      return refused;
    };
    if (command.kind === "dispatch") {
      return this.#dispatch(command, command.call?.options, encode);
    }
    await this.#guarded(inWords[command.kind], encode);
  }

  async #replay(replay: Replay): Promise<void> {
    const { program, options } = replay;
    const part = (work: (encoder: GPUCommandEncoder) => void) => async () => {
      const encoder = this.#gpu.device.createCommandEncoder();
      work(encoder);
      this.#submit(encoder.finish());
      return null;
    };
    this.#gpu.pool.hold();
    for (const storage of replay.storages) storage.materialize();
    await this.#guarded(
      "the inputs of a captured step",
      part((to) => program.begin(to, replay)),
    );
    for (const [i, command] of program.commands.entries()) {
      if (command.kind === "copy") {
        await this.#guarded(
          "a copy",
          part((to) => copy(to, ...command.storages)),
        );
        continue;
      }
      const dispatch = (encoder: GPUCommandEncoder) => {
        const pass = encoder.beginComputePass();
        program.dispatch(pass, i, command);
        pass.end();
      };
      await this.#dispatch(command, options?.[i], part(dispatch));
    }
    await this.#guarded(
      "the results of a captured step",
      part((to) => program.end(to, replay)),
    );
  }

  async #dispatch(
    dispatch: Dispatch,
    options: unknown,
    encode: () => Promise<GPUError | null>,
  ): Promise<void> {
    const { pipeline, storages, call, flops } = dispatch;
    const what = describe(dispatch);
    try {
      await this.#gpu.pipelines.compile([pipeline]);
    } catch (error) {
      throw new ShaderError(`${what}: ${(error as Error).message}`, { cause: error });
    }
    const verified = this.#check && call;
    const bound = pipeline.bindings.map((binding, i) => ({
      ...binding,
      storage: storages[i] as Storage,
    }));
    // everything is submitted before the first await, so that no other command can come in between
    let before: Promise<Contents> | undefined;
    let after: Promise<Contents> | undefined;
    await this.#guarded(what, () => {
      for (const { storage } of bound) storage.materialize();
      if (verified) before = this.#read(bound.filter(({ access }) => access !== "write"));
      const refused = encode();
      if (verified) after = this.#read(bound.filter(({ access }) => access !== "read"));
      // if `encode` is refused, the readings are not awaited, and a rejection of theirs must not be reported
      for (const each of [before, after]) each?.catch(() => undefined);
      return refused;
    });
    if (!verified) return;
    const { inputs, tensors } = verified;
    const shapes = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape }]) => [name, shape]),
    );
    const contents = {
      before: elements((await before) ?? {}, shapes),
      after: elements((await after) ?? {}, shapes),
    };
    const kernel = kernelOf(dispatch);
    const halves = new Set(bound.filter(({ dtype }) => dtype === "f16").map(({ name }) => name));
    const run = { kernel, inputs, options, flops, ...contents, shapes, halves };
    const wrong = Object.entries(this.#check?.(run) ?? {});
    if (wrong.length === 0) return;
    const list = wrong.map(([name, report]) => `${tensorOf(dispatch, name)}\n${report}`);
    throw new VerificationError(
      `${what}: expected what the reference of ${kernel} gives, got other numbers in ${list.join("\n")}\n` +
        "Run the kernel's cases on this adapter (the Kernels page); if they pass, one with these shapes is missing",
    );
  }

  /** Encodes, and waits for WebGPU's verdict. */
  async #guarded(what: string, encode: () => Promise<GPUError | null>): Promise<void> {
    const { device, pool } = this.#gpu;
    const filters = ["validation", "out-of-memory", "internal"] as const;
    for (const filter of filters) device.pushErrorScope(filter);
    let refused: Promise<GPUError | null> = Promise.resolve(null);
    let thrown: { readonly error: unknown } | undefined;
    try {
      refused = encode();
    } catch (error) {
      thrown = { error };
    }
    const scopes = filters.map(() => device.popErrorScope()).reverse();
    if (thrown) throw thrown.error;
    await pool.confirm().catch((error: Error) => {
      throw new OutOfMemoryError(`${what}: ${error.message}`, { cause: error });
    });
    const [validation, memory, internal] = await Promise.all(scopes);
    const inner = await refused;
    this.#gpu.checkAlive();
    if (memory) {
      throw new OutOfMemoryError(
        `${what}: WebGPU is out of memory: ${memory.message}; use a smaller batch`,
      );
    }
    const error = inner ?? validation ?? internal;
    if (!error) return;
    const kind = internal && error === internal ? "had an internal error" : "refused it";
    const advice = "correct the kernel's plan or shader";
    throw new ValidationError(`${what}: WebGPU ${kind}: ${error.message}; ${advice}`);
  }

  #submit(commands: GPUCommandBuffer): void {
    this.#gpu.device.queue.submit([commands]);
    this.#gpu.counters.submits++;
  }

  /** Copies the current content of storages to the host. */
  async #read(
    list: readonly { name: string; dtype: DType; storage: Storage }[],
  ): Promise<Contents> {
    const { device, staging } = this.#gpu;
    const encoder = device.createCommandEncoder();
    const copies = list.map(({ name, dtype, storage }) => {
      const buffer = staging.acquire(Math.max(storage.bytes, 4));
      const { bytes, offset } = storage;
      if (bytes > 0)
        encoder.copyBufferToBuffer(storage.buffer as GPUBuffer, offset, buffer, 0, bytes);
      return { name, dtype, buffer, bytes };
    });
    device.queue.submit([encoder.finish()]);
    const reads = copies.map(async ({ name, dtype, buffer, bytes }) => {
      try {
        await buffer.mapAsync(GPUMapMode.READ, 0, bytes);
        const data = typedArray(dtype, buffer.getMappedRange(0, bytes).slice(0));
        buffer.unmap();
        staging.release(buffer);
        return [name, data] as const;
      } catch (error) {
        staging.discard(buffer);
        throw new DeviceLostError(`${name} could not be read back; init() again`, { cause: error });
      }
    });
    return Object.fromEntries(await Promise.all(reads));
  }
}
