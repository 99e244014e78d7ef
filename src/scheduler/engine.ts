import { NotInitializedError } from "../core/errors.ts";
import { callback } from "../core/kinds.ts";
import { bytesOf, type DType, type Shape, size, type TypedArray } from "../core/shape.ts";
import { checkArguments, checkedAsync, passing, signature } from "../core/signature.ts";
import { requestAdapter, requestDevice } from "../gpu/adapter.ts";
import type { Counters } from "../gpu/counters.ts";
import { Gpu } from "../gpu/gpu.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import type { Plan } from "../kernels/kernel.ts";
import type { Chooser } from "../kernels/variants.ts";
import type { KernelCall, Params } from "./dispatch.ts";
import {
  checkBuffer,
  checkData,
  checkDispatch,
  checkMove,
  checkProgram,
  checkShape,
  checkStorage,
  checkStorages,
  refuse,
} from "./engine_checks.ts";
import { dispatchOf } from "./make_dispatch.ts";
import type { Inspection } from "./observe/inspect.ts";
import type { KernelTime } from "./observe/timer.ts";
import { type InitOptions, initOptions } from "./options.ts";
import { CommandQueue } from "./queue.ts";
import { readBytes } from "./readback.ts";
import type { Order } from "./step/order.ts";
import { Program } from "./step/program.ts";
import { activeRecording, making, type Recording } from "./step/recording.ts";
import { Storage } from "./storage.ts";

/** One device and the commands on their way to it. Make one with `init()`. */
export class Engine {
  readonly gpu: Gpu;
  /** Kernels that are used instead of the library's choice, by the key of the question; see `tune` of wgrad/train. */
  readonly tuned = new Map<string, string>();
  readonly #queue: CommandQueue;
  /** Whether every kernel is watched; see `init({ inspect })`. */
  readonly inspected: boolean;
  readonly #fuse: boolean;

  constructor(
    gpu: Gpu,
    { maxQueued = 4096, fuse = true }: Pick<InitOptions, "maxQueued" | "fuse"> = {},
    inspection?: Inspection,
  ) {
    this.gpu = gpu;
    this.inspected = inspection !== undefined;
    this.#fuse = fuse && !inspection;
    this.#queue = new CommandQueue(gpu, maxQueued, inspection);
  }

  /** What those who choose among kernels go by. */
  get chooser(): Chooser {
    return {
      software: this.gpu.adapter.software,
      tuned: this.tuned,
      asked: (question) => activeRecording()?.questions.push(question),
    };
  }

  /** Dispatches, submits, buffers, pipelines and bytes so far: a copy. */
  counters(): Counters {
    return { ...this.gpu.counters };
  }

  /**
   * A storage for a tensor of this shape; throws `LimitError` if the adapter could not bind it. A `lasting` one has a
   * buffer of exactly its size, which no other tensor gets: for what lives as long as a model.
   */
  allocate(
    who: string,
    shape: Shape,
    { lasting = false, dtype = "f32" }: { lasting?: boolean; dtype?: DType } = {},
  ): Storage {
    checkShape("allocate", shape);
    this.gpu.checkFits(who, shape, dtype);
    const storage = new Storage(this.gpu, bytesOf(dtype, size(shape)), lasting);
    making(storage);
    return storage;
  }

  /** A storage over the caller's buffer, which needs usage STORAGE, COPY_SRC and COPY_DST. */
  adopt(buffer: GPUBuffer, shape: Shape): Storage {
    return Storage.over(this.gpu, buffer, checkBuffer("adopt", buffer, shape));
  }

  /** Queues host data for a storage nothing has used yet. A function is asked again whenever the step is replayed. */
  upload(storage: Storage, content: TypedArray | (() => TypedArray)): void {
    const refresh = typeof content === "function" ? content : undefined;
    const data = typeof content === "function" ? content() : content;
    checkStorage("upload", storage);
    checkData("upload", data);
    this.#queue.push({ kind: "upload", storages: [storage], data, refresh });
  }

  /** Overwrites a storage's content from the host, in the order of the queue and without a copy on the GPU. */
  write(storage: Storage, data: TypedArray): void {
    checkStorage("write", storage);
    checkData("write", data);
    if (!activeRecording()) {
      this.#queue.push({ kind: "upload", storages: [storage], data, ordered: true });
      return;
    }
    const source = new Storage(this.gpu, storage.bytes); // a captured step has uploads of its own only
    making(source);
    this.upload(source, data);
    this.copy(source, storage);
  }

  /**
   * Plans what `recording` holds, and queues what it gave to others once and for all. `inputs` and `outputs` are copied in
   * and out by every replay. `fuse` (default true): whether neighbouring elementwise dispatches become one.
   */
  program(
    recording: Recording,
    inputs: readonly Storage[],
    outputs: readonly Storage[],
    { fuse = true, order }: { readonly fuse?: boolean; readonly order?: Order | undefined } = {},
  ): Program {
    checkProgram(recording, inputs, outputs);
    const how = { fuse: fuse && this.#fuse, ...(order && { order }) };
    const program = new Program(this.gpu, recording, inputs, outputs, how);
    for (const upload of program.prelude) this.#queue.push(upload);
    return program;
  }

  /**
   * Queues a captured step: its `first` replay, and whether it is given what was `recorded` or asks the host anew. `undos`
   * take back what the host has moved on with it, should it be refused.
   */
  replay(
    program: Program,
    inputs: readonly Storage[],
    outputs: readonly Storage[],
    how: {
      readonly first: boolean;
      readonly recorded: boolean;
      readonly undos: readonly (() => void)[];
    },
  ): void {
    if (!(program instanceof Program)) refuse("replay", "a program", program);
    const { first, recorded, undos } = how;
    const data = program.hostData(recorded);
    const host = data && new Storage(this.gpu, data.byteLength);
    if (host) this.upload(host, data);
    const storages = [...inputs, ...outputs, ...program.shared, ...(host ? [host] : [])];
    const options = this.inspected ? program.options(recorded) : undefined;
    const replay = { storages, program, inputs, outputs, host, first, undos, options };
    this.#queue.push({ kind: "replay", ...replay });
  }

  /** Queues zeros for a storage nothing has used yet, before everything that waits: so also before its parts are written. */
  clear(storage: Storage): void {
    checkStorage("clear", storage);
    const data = new Float32Array(storage.bytes / 4);
    this.#queue.pushFirst({ kind: "upload", storages: [storage], data });
  }

  copy(from: Storage, to: Storage): void {
    checkStorages("copy", [from, to]);
    this.#queue.push({ kind: "copy", storages: [from, to] });
  }

  /** Makes `storage` a part of `arena` at a byte offset that is a multiple of 256, content and queued work included. */
  moveInto(storage: Storage, arena: Storage, offset: number): void {
    checkMove(storage, arena);
    const old = storage.moveInto(arena, offset);
    if (old) this.#queue.pushFirst({ kind: "copy", storages: [old, storage] });
  }

  /**
   * Queues one dispatch. `bind` finds the storage for each binding by name; `refresh` gives the parameters of a replay,
   * where they change from step to step.
   */
  dispatch(
    pipeline: Pipeline,
    plan: Plan,
    inputs: Readonly<Record<string, Shape>>,
    bind: (name: string) => Storage,
    refresh?: () => Params,
    call?: KernelCall,
  ): void {
    checkDispatch(pipeline, plan, bind, this.gpu.device.limits.maxComputeWorkgroupsPerDimension);
    const command = dispatchOf({ pipeline, plan, inputs, bind, refresh, call });
    if (command) this.#queue.push(command);
  }

  /** Submits what is queued; see `CommandQueue.flush`. Await it in a training loop that reads nothing. */
  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** Copies a storage's bytes to the host, with everything queued before it in the same submit. */
  read(storage: Storage): Promise<ArrayBuffer> {
    checkStorage("read", storage);
    return readBytes(this.gpu, this.#queue, storage);
  }

  /**
   * Runs `work`, which may be asynchronous; returns how long each dispatch took and where in the step it was asked for.
   * Every dispatch gets a pass of its own, and times are rounded (about 0.1 ms) unless the browser is told otherwise;
   * `profile` of wgrad/train adds them up. Throws `ValueError` without timestamp-query, or if another profile is running.
   */
  async profile(work: () => unknown): Promise<KernelTime[]> {
    checkArguments(signature("profile", { work: callback }), arguments);
    await this.#queue.flush();
    return this.#queue.timed(work);
  }

  /** Submits what is queued, then frees every buffer that no tensor and no captured step needs. */
  trim(): Promise<void> {
    return this.#queue.trim();
  }

  /** Submits what is queued; resolves when all of it is finished. Rejects with `DeviceLostError` if the device is gone. */
  async finish(): Promise<void> {
    await this.#queue.flush();
    await this.gpu.finish();
  }
}

let current: Engine | undefined;

/** Starts the engine on the best adapter or your device; new tensors live on it. Throws `NoAdapterError` without WebGPU. */
export const init = /* @__PURE__ */ checkedAsync(
  "init",
  { options: initOptions },
  async (given: InitOptions = {}): Promise<Engine> => {
    const { adapter: wanted, maxBytes, inspect } = given;
    const adapter = given.device ? undefined : await requestAdapter(wanted);
    const own = given.device ?? (await requestDevice(adapter as GPUAdapter));
    const gpu = new Gpu(own, adapter?.info ?? own.adapterInfo, maxBytes);
    current = new Engine(gpu, given, await inspect?.(gpu));
    return current;
  },
);

/** The engine new tensors live on. Throws `NotInitializedError` if `init()` has not finished. */
export const currentEngine = /* @__PURE__ */ passing("currentEngine", {}, (): Engine => {
  if (current) return current;
  throw new NotInitializedError(
    "currentEngine: expected a running engine, got none; await init() first",
  );
});
