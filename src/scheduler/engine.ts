import { NotInitializedError, type WgradError } from "../core/errors.ts";
import { bytesOf, type DType, type Shape, size, type TypedArray } from "../core/shape.ts";
import { checkedAsync, passing } from "../core/signature.ts";
import { requestAdapter, requestDevice } from "../gpu/adapter.ts";
import type { Counters } from "../gpu/counters.ts";
import { Gpu } from "../gpu/gpu.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import type { Plan } from "../kernels/kernel.ts";
import type { Chooser } from "../kernels/variants.ts";
import type { Replay } from "./command.ts";
import type { KernelCall, ParamValues, Upload } from "./dispatch.ts";
import {
  checkBuffer,
  checkData,
  checkDispatch,
  checkMove,
  checkShape,
  checkStorage,
  checkStorages,
} from "./engine_checks.ts";
import { dispatchOf } from "./make_dispatch.ts";
import type { Inspection } from "./observe/inspect.ts";
import type { MakeTimer } from "./observe/observers.ts";
import { type InitOptions, initOptions } from "./options.ts";
import { CommandQueue } from "./queue.ts";
import { readBytes } from "./readback.ts";
import { activeRecording, making } from "./step/recording.ts";
import { Storage } from "./storage.ts";

/** One device and the commands on their way to it. Make one with `init()`. */
export class Engine {
  /** The device with its adapter, limits, pipelines and counters. */
  readonly gpu: Gpu;
  /**
   * Kernels to use in place of the library's choice: the `key` of a `Question` (the operation with its sizes) to the
   * kernel's name. `tune` of wgrad/train fills it.
   */
  readonly tuned = new Map<string, string>();
  readonly #queue: CommandQueue;
  /**
   * Called when the GPU device is lost, before the operations that wait for it fail; `recoverDevice` switches to another
   * device.
   */
  onLost: ((error: WgradError) => void) | undefined;
  /** The options that `init()` was given. */
  readonly options: InitOptions;
  /** Whether every kernel is checked; see `init({ inspect })`. */
  readonly inspected: boolean;
  /** Whether captured steps fuse neighbouring elementwise dispatches; see `init({ fuse })`. */
  readonly fuses: boolean;

  constructor(gpu: Gpu, options: InitOptions = {}, inspection?: Inspection) {
    const { maxQueued = 4096, fuse = true } = options;
    this.gpu = gpu;
    this.options = options;
    gpu.onLost = (error) => this.onLost?.(error);
    this.inspected = inspection !== undefined;
    this.fuses = fuse && !inspection;
    this.#queue = new CommandQueue(gpu, maxQueued, inspection);
  }

  /** Adapter and measurements that the choice among several kernels for the same work depends on. */
  get chooser(): Chooser {
    return {
      software: this.gpu.adapter.software,
      tuned: this.tuned,
      asked: (question) => activeRecording()?.questions.push(question),
    };
  }

  /** A copy of the counters: dispatches, submits, buffers, pipelines and bytes so far. */
  counters(): Counters {
    return { ...this.gpu.counters };
  }

  /**
   * A storage for a tensor of this shape. Throws `LimitError` if the adapter could not bind it, and `DeviceLostError` once the
   * device is gone. A `lasting` storage has a buffer of exactly its size that no other tensor reuses: for tensors that live as
   * long as a model.
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

  /**
   * Queues host data for a storage that nothing has used yet. If `content` is a function, it is called again for every
   * replay of the step.
   */
  upload(storage: Storage, content: TypedArray | (() => TypedArray)): void {
    const refresh = typeof content === "function" ? content : undefined;
    const data = typeof content === "function" ? content() : content;
    checkStorage("upload", storage);
    checkData("upload", data);
    this.#queue.push({ kind: "upload", storages: [storage], data, refresh });
  }

  /** Overwrites a storage's content from the host, in queue order and without a copy on the GPU. */
  write(storage: Storage, data: TypedArray): void {
    checkStorage("write", storage);
    checkData("write", data);
    if (!activeRecording()) {
      this.#queue.push({ kind: "upload", storages: [storage], data, ordered: true });
      return;
    }
    const source = new Storage(this.gpu, storage.bytes); // a captured step can upload only into storages that it made
    making(source);
    this.upload(source, data);
    this.copy(source, storage);
  }

  /** Queues zeros for a storage that nothing has used yet, before all waiting commands, which may write to its parts. */
  clear(storage: Storage): void {
    checkStorage("clear", storage);
    const data = new Float32Array(storage.bytes / 4);
    this.#queue.pushFirst({ kind: "upload", storages: [storage], data });
  }

  /** Queues a copy of the bytes of a storage into another one of the same size. */
  copy(from: Storage, to: Storage): void {
    checkStorages("copy", [from, to]);
    this.#queue.push({ kind: "copy", storages: [from, to] });
  }

  /**
   * Makes `storage` a part of `arena` at a byte offset that is a multiple of 256; its content and queued commands move with
   * it.
   */
  moveInto(storage: Storage, arena: Storage, offset: number): void {
    checkMove(storage, arena);
    const old = storage.moveInto(arena, offset);
    if (old) this.#queue.pushFirst({ kind: "copy", storages: [old, storage] });
  }

  /**
   * Queues one dispatch. `bind` finds the storage for each binding by name; `refresh` returns the parameters for each
   * replay, if they change from step to step.
   */
  dispatch(
    pipeline: Pipeline,
    plan: Plan,
    inputs: Readonly<Record<string, Shape>>,
    bind: (name: string) => Storage,
    refresh?: () => ParamValues,
    call?: KernelCall,
  ): void {
    checkDispatch(pipeline, plan, bind, this.gpu.device.limits.maxComputeWorkgroupsPerDimension);
    const command = dispatchOf({ pipeline, plan, inputs, bind, refresh, call });
    if (command) this.#queue.push(command);
  }

  /** Queues a ready command: an upload or a replay of a captured step. */
  push(command: Upload | Replay): void {
    checkStorages("push", command?.storages);
    this.#queue.push(command);
  }

  /** Commands that are queued and not encoded yet, a list for each flush: for `transact`. */
  get queued(): object[][] {
    return this.#queue.lists;
  }

  /** Submits what is queued; see `CommandQueue.flush`. Await it in a training loop that reads nothing. */
  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** Copies a storage's bytes to the host; everything queued before it goes into the same submit. */
  read(storage: Storage): Promise<ArrayBuffer> {
    checkStorage("read", storage);
    return readBytes(this.gpu, this.#queue, storage);
  }

  /** Makes the timers of later flushes; undefined for none. See `timeKernels` of wgrad/train. */
  get timing(): MakeTimer | undefined {
    return this.#queue.timing;
  }

  set timing(make: MakeTimer | undefined) {
    this.#queue.timing = make;
  }

  /** Submits what is queued, then frees every buffer that no tensor and no captured step needs. */
  trim(): Promise<void> {
    return this.#queue.trim();
  }

  /** Submits what is queued; resolves when all of it is finished. Rejects with `DeviceLostError`. */
  async finish(): Promise<void> {
    await this.#queue.flush();
    await this.gpu.finish();
  }
}

let current: Engine | undefined;

/**
 * Starts the engine on the best adapter or your device; new tensors live on it. Throws `NoAdapterError` without WebGPU.
 *
 * @example
 * ```ts
 * import { init } from "wgrad";
 * const engine = await init(); // or init({ adapter: { powerPreference: "low-power" } }), init({ device })
 * console.log(typeof engine.gpu.adapter.name, engine.counters().submits >= 0); // string true
 * ```
 */
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
