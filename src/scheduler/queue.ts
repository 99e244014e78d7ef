import { ValidationError, ValueError } from "../core/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import {
  betweenWrites,
  type Command,
  dispatchesOf,
  pipelinesOf,
  withoutBuffer,
} from "./command.ts";
import { Encoder } from "./encode.ts";
import type { CommandRunner, Inspection } from "./observe/inspect.ts";
import { checkTimestamps, type KernelTime, kernelTimes, Timer } from "./observe/timer.ts";
import { activeRecording } from "./step/recording.ts";
import type { Storage } from "./storage.ts";

/** Most submits the GPU may be behind before `flush()` waits. */
const MAX_IN_FLIGHT = 3;

/**
 * Commands wait here until a flush turns all of them into one submit. Nothing runs before: a flush happens when a
 * result is read, when it is asked for, or when `maxQueued` commands have gathered.
 */
export class CommandQueue {
  readonly #gpu: Gpu;
  readonly #encoder: Encoder;
  readonly #maxQueued: number;
  readonly #inspection: Inspection | undefined;
  #commands: Command[] = [];
  /** Flushes asked for but not encoded yet: their commands look up storages only then. */
  readonly #waiting: Command[][] = [];
  #tail: Promise<unknown> = Promise.resolve();
  #inFlight: Promise<unknown>[] = [];
  #failure: Error | undefined;
  /** Timers of the flushes of a profile, while one is running. */
  #timers: Timer[] | undefined;

  constructor(gpu: Gpu, maxQueued: number, inspection?: Inspection) {
    this.#inspection = inspection;
    this.#gpu = gpu;
    this.#encoder = new Encoder(gpu);
    this.#maxQueued = maxQueued;
  }

  /** Number of commands waiting. */
  get length(): number {
    return this.#commands.length;
  }

  push(command: Command): void {
    this.#gpu.checkAlive();
    for (const storage of command.storages) storage.enqueue();
    const recording = activeRecording();
    if (recording) {
      recording.commands.push(command);
      return;
    }
    this.#commands.push(command);
    // whoever awaits next sees the failure: it is kept in the storages
    if (this.#commands.length >= this.#maxQueued) void this.flush().catch(() => undefined);
  }

  /** Queues a command before everything that waits, flushes that are asked for but not encoded included. */
  pushFirst(command: Command): void {
    for (const storage of command.storages) storage.enqueue();
    (this.#waiting[0] ?? this.#commands).unshift(command);
  }

  /**
   * Submits what waits: one encoder, one compute pass, one submit; more only where the host overwrites what is in use. Resolves when it is submitted and at most two older
   * submits are unfinished. Rejects with `OutOfMemoryError`, `ShaderError`, `ValidationError` or `DeviceLostError`; then
   * nothing of this flush has run and everything else is as before: optimisers' step counts and random streams, too.
   */
  flush(): Promise<void> {
    const commands = this.#commands;
    this.#commands = [];
    const count = commands.reduce((sum, command) => sum + dispatchesOf(command), 0);
    const timer = this.#timers && count > 0 ? new Timer(this.#gpu, count) : undefined;
    if (timer) this.#timers?.push(timer);
    this.#waiting.push(commands);
    const work = this.#tail.then(() => this.#run(commands, timer));
    this.#tail = work.catch(() => undefined);
    return work;
  }

  /** Submits what waits, then destroys all free buffers. */
  async trim(): Promise<void> {
    await this.flush();
    this.#gpu.pool.trim();
    this.#gpu.staging.trim();
  }

  /** Runs `work` and flushes, with timestamps around every dispatch; work that reads flushes before its end. */
  async timed(work: () => unknown): Promise<KernelTime[]> {
    checkTimestamps(this.#gpu);
    if (this.#timers) {
      throw new ValueError(
        "profile: expected one profile at a time, got a second; await the first",
      );
    }
    const timers: Timer[] = [];
    this.#timers = timers;
    try {
      await work();
      await this.flush();
    } catch (error) {
      for (const timer of timers) timer.destroy();
      throw error;
    } finally {
      this.#timers = undefined;
    }
    const stamped = await Promise.all(timers.map((timer) => timer.read()));
    return kernelTimes(stamped.flat());
  }

  async #run(commands: Command[], timer?: Timer): Promise<void> {
    if (commands.length === 0) return this.#leave(commands);
    const { stepwise, watch } = this.#inspection ?? {};
    if (stepwise) return this.#runStepwise(commands, stepwise);
    let fresh: readonly Storage[] = [];
    let encoded = 0;
    let submitted = 0;
    const done = (command: Command) => {
      encoded++;
      for (const storage of command.storages) storage.dequeue();
    };
    try {
      this.#throwFailure();
      await this.#compile(commands);
      this.#leave(commands);
      fresh = withoutBuffer(commands);
      for (const part of betweenWrites(commands)) {
        const { commandBuffer, refused } = this.#encoder.encode(part, done, { timer, watch });
        const { pool, staging } = this.#gpu;
        if (pool.unconfirmed || staging.unconfirmed) await this.#confirm();
        this.#gpu.device.queue.submit([commandBuffer]);
        this.#gpu.counters.submits++;
        submitted = encoded;
        this.#tidy(part);
        void refused.then((error) => {
          if (!error) return;
          takeBack(part);
          this.#refuse(error, fresh);
        });
      }
    } catch (error) {
      this.#leave(commands);
      fresh = [...fresh, ...withoutBuffer(commands)];
      for (const command of commands.slice(encoded)) done(command);
      for (const storage of fresh) storage.fail(error as Error);
      this.#encoder.forget();
      takeBack(commands.slice(submitted));
      throw error;
    }
    await watch?.check();
    await this.#throttle();
  }

  /** Waits until the device has said of every new buffer that it exists; rejects with `OutOfMemoryError` otherwise. */
  async #confirm(): Promise<void> {
    try {
      await this.#gpu.pool.confirm();
    } finally {
      await this.#gpu.staging.confirm(); // no answer is left to the next flush
    }
  }

  /** Runs the commands one after the other; what is queued before them meanwhile comes next. */
  async #runStepwise(commands: Command[], stepwise: CommandRunner): Promise<void> {
    try {
      this.#throwFailure();
      for (let command = commands.shift(); command; command = commands.shift()) {
        try {
          await stepwise.run(this.#encoder, command);
        } finally {
          for (const storage of command.storages) storage.dequeue();
        }
        this.#tidy([command]);
      }
    } catch (error) {
      const fresh = withoutBuffer(commands);
      for (const { storages } of commands) for (const storage of storages) storage.dequeue();
      for (const storage of fresh) storage.fail(error as Error);
      throw error;
    } finally {
      this.#leave(commands);
    }
  }

  /** A new program has buffers of its own: those that what came before it has left are not needed as they were. */
  #tidy(commands: readonly Command[]): void {
    const { pool } = this.#gpu;
    pool.bury();
    pool.age();
    if (commands.some((command) => command.kind === "replay" && command.first)) pool.trim();
  }

  /** From here on nothing can be queued before these commands. */
  #leave(commands: readonly Command[]): void {
    if (this.#waiting[0] === commands) this.#waiting.shift();
  }

  async #compile(commands: readonly Command[]): Promise<void> {
    const missing = new Set(commands.flatMap(pipelinesOf).filter(({ compiled }) => !compiled));
    if (missing.size > 0) await this.#gpu.pipelines.compile(missing);
  }

  /** WebGPU answers after the fact; whoever flushes or reads next is told. */
  #refuse(error: GPUError, fresh: Iterable<Storage>): void {
    this.#failure = new ValidationError(
      `wgrad: expected WebGPU to accept a submit, got: ${error.message}; please report it`,
    );
    for (const storage of fresh) storage.fail(this.#failure);
  }

  #throwFailure(): void {
    this.#gpu.checkAlive();
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure;
  }

  async #throttle(): Promise<void> {
    this.#inFlight.push(this.#gpu.device.queue.onSubmittedWorkDone());
    if (this.#inFlight.length >= MAX_IN_FLIGHT) await this.#inFlight.shift();
  }
}

/** Commands that did not run: what the host has moved on with them goes back, and captured steps prepare anew. */
function takeBack(commands: readonly Command[]): void {
  for (const command of commands.toReversed()) {
    if (command.kind === "dispatch") for (const undo of command.undos ?? []) undo();
    if (command.kind === "replay") command.program.forget();
  }
}
