import type { Gpu } from "../gpu/gpu.ts";
import { betweenWrites, type Command, pipelinesOf, withoutBuffer } from "./command.ts";
import { Encoder } from "./encode.ts";
import type { Inspection } from "./observe/inspect.ts";
import type { MakeTimer } from "./observe/observers.ts";
import { connected, movesOn, salvage } from "./refused.ts";
import { activeRecording } from "./step/recording.ts";
import type { Storage } from "./storage.ts";
import { Submits } from "./submits.ts";

/** The part of a running flush that has not been submitted yet. */
interface Left {
  /** Commands that are not submitted yet. */
  commands: Command[];
  /** Number of them that are encoded; these no longer keep the buffers of their storages. */
  encoded: number;
  /** Storages that these commands write for the first time. */
  fresh?: ReadonlySet<Storage>;
  /** The copies among these commands: their sources keep their buffers until the copies are submitted, as they may be refused. */
  copies: readonly Command[];
}

/** Called when commands are queued: the storages they use keep their buffers. */
function use(commands: Iterable<Command>): void {
  for (const { storages } of commands) for (const each of storages) each.enqueue();
}

const copiesOf = (commands: readonly Command[]) => commands.filter(({ kind }) => kind === "copy");

/** Called when commands have been encoded or dropped. */
export function leave(commands: Iterable<Command>): void {
  for (const { storages } of commands) for (const each of storages) each.dequeue();
}

/**
 * Commands wait here until a flush turns all of them into one submit. A flush happens when a result is read, when `flush()`
 * is called, or when `maxQueued` commands have gathered.
 */
export class CommandQueue {
  readonly #gpu: Gpu;
  readonly #encoder: Encoder;
  readonly #submits: Submits;
  readonly #maxQueued: number;
  readonly #inspection: Inspection | undefined;
  #commands: Command[] = [];
  /** Flushes that were requested but are not encoded yet: the storages of their commands are looked up at encoding. */
  readonly #waiting: Command[][] = [];
  #tail: Promise<unknown> = Promise.resolve();
  #failure: Error | undefined;
  /** Commands that fill storages whose buffer the device refused: they wait until the storages are used. */
  #aside: Command[] = [];
  /** For flushes that were waiting when an earlier one was refused: that one's error. */
  readonly #refusals = new WeakMap<readonly Command[], Error>();
  /** Makes a timer for each submit of the flushes that are requested from now on. */
  timing: MakeTimer | undefined;

  constructor(gpu: Gpu, maxQueued: number, inspection?: Inspection) {
    this.#inspection = inspection;
    this.#gpu = gpu;
    this.#encoder = new Encoder(gpu);
    this.#submits = new Submits(gpu);
    this.#maxQueued = maxQueued;
  }

  /** Number of commands waiting. */
  get length(): number {
    return this.#commands.length;
  }

  /** Commands that are not encoded yet, in the lists in which they will be flushed. */
  get lists(): Command[][] {
    return [...this.#waiting, this.#commands];
  }

  /** Whether the queue runs commands one by one, without confirming buffers. */
  get stepwise(): boolean {
    return this.#inspection?.stepwise !== undefined;
  }

  push(command: Command): void {
    this.#gpu.checkAlive();
    this.#gpu.watch?.(command);
    if (this.#aside.length > 0) this.#recall(command.storages);
    use([command]);
    const recording = activeRecording();
    if (recording) {
      recording.commands.push(command);
      return;
    }
    this.#commands.push(command);
    if (this.#commands.length < this.#maxQueued) return;
    this.flush().catch((error: Error) => {
      this.#failure ??= error; // the next flush or read rejects with it
    });
  }

  /** Queues commands before all waiting ones, including flushes that are requested but not encoded. */
  pushFirst(...commands: Command[]): void {
    use(commands);
    (this.#waiting[0] ?? this.#commands).unshift(...commands);
  }

  /**
   * Submits all waiting commands: one encoder, one compute pass, one submit; more than one submit only if the host
   * overwrites storages in use. Resolves when they are submitted and at most two older submits are unfinished. Rejects with
   * `OutOfMemoryError`, `ShaderError`, `ValidationError` or `DeviceLostError`; then nothing of this flush has run, and all
   * other state is as before, including gradients, step counts of optimisers and random streams. New tensors that were
   * uploaded, filled or drawn are written by the next flush, or, if their own buffer was refused, when they are used;
   * results of operations are lost. If a refused command had advanced host state (an optimiser's step, a replay),
   * everything queued after it is refused, too.
   */
  flush(): Promise<void> {
    const commands = this.#commands;
    this.#commands = [];
    const { timing } = this;
    this.#waiting.push(commands);
    const work = this.#tail.then(() => this.#run(commands, timing));
    this.#tail = work.catch(() => undefined);
    return work;
  }

  /** Submits all waiting commands, then destroys all free buffers. */
  async trim(): Promise<void> {
    await this.flush();
    this.#gpu.pool.trim();
    this.#gpu.staging.trim();
  }

  async #run(commands: Command[], timing?: MakeTimer): Promise<void> {
    const refusal = this.#refusals.get(commands);
    if (refusal) throw refusal;
    if (commands.length === 0) return this.#leave(commands);
    const { stepwise, watch } = this.#inspection ?? {};
    const left: Left = { commands, encoded: 0, copies: [] };
    try {
      const failure = this.#failure;
      this.#failure = undefined;
      this.#gpu.checkAlive();
      if (failure) throw failure;
      if (stepwise) {
        await stepwise.runAll(this.#encoder, commands, (command) => this.#tidy([command]));
        return this.#leave(commands);
      }
      await this.#gpu.pipelines.compile(commands.flatMap(pipelinesOf));
      this.#leave(commands);
      left.copies = copiesOf(commands);
      use(left.copies);
      for (const part of betweenWrites(commands)) await this.#submit(part, left, timing);
    } catch (error) {
      this.#leave(commands);
      const reason = await this.#gpu.reason(error);
      this.#giveUp(left, reason);
      throw reason;
    } finally {
      leave(left.copies);
    }
    await watch?.check();
    await this.#submits.throttle();
  }

  /** Encodes and submits the first of the remaining commands. */
  async #submit(part: readonly Command[], left: Left, timing?: MakeTimer): Promise<void> {
    left.fresh = withoutBuffer(left.commands);
    const done = (command: Command) => {
      left.encoded++;
      leave([command]);
    };
    const timer = timing?.(this.#gpu.device);
    const watch = this.#inspection?.watch;
    const encoded = this.#encoder.encode(part, done, { timer, watch });
    // not readbacks of later flushes: refusing their buffers does not fail this flush
    const reads = part.filter((each) => each.kind === "readback");
    await this.#gpu.confirm(reads.map(({ staging }) => staging));
    await this.#submits.submit(part, encoded);
    left.commands = left.commands.slice(part.length);
    left.encoded = 0;
    leave(copiesOf(part));
    left.copies = copiesOf(left.commands);
    this.#tidy(part);
  }

  /** After a refusal: commands that can still run are queued for the next flush; all other state becomes as before them. */
  #giveUp({ commands, fresh, encoded }: Left, error: Error): void {
    this.#gpu.pool.bury();
    this.#encoder.forget();
    const moved = commands.some(movesOn);
    const later = moved ? [...this.#waiting.splice(0), this.#commands.splice(0)] : [];
    if (moved) this.#gpu.refusals++;
    for (const each of later) this.#refusals.set(each, error);
    const all = [...commands, ...later.flat()];
    const holding = all.slice(encoded);
    const without = new Set([...(fresh ?? []), ...withoutBuffer(holding)]);
    leave(holding);
    const { kept, aside } = salvage(this.#gpu, all, without, error);
    this.pushFirst(...[...kept].filter((each) => !aside.has(each)));
    use(aside);
    this.#aside.push(...aside);
    this.#recall(this.lists.flat().flatMap(({ storages }) => storages));
  }

  /**
   * Moves the commands that fill these storages from `#aside` to the front of the queue; drops commands whose storages no
   * tensor refers to any more.
   */
  #recall(storages: readonly Storage[]): void {
    const all = this.#aside;
    const due = connected(all, storages);
    const used = all.flatMap((each) => each.storages).filter(({ referenced }) => referenced);
    const held = connected(all, used);
    this.#aside = all.filter((each) => held.has(each) && !due.has(each));
    leave(all.filter((each) => !held.has(each) && !due.has(each)));
    (this.#waiting[0] ?? this.#commands).unshift(...due);
  }

  /** After a captured step's first replay, trim the buffer pool: the program owns its buffers. */
  #tidy(commands: readonly Command[]): void {
    const { pool } = this.#gpu;
    pool.bury();
    pool.age();
    if (commands.some((command) => command.kind === "replay" && command.first)) pool.trim();
  }

  /** Called when encoding of these commands begins: `pushFirst` can no longer put a command before them. */
  #leave(commands: readonly Command[]): void {
    if (this.#waiting[0] === commands) this.#waiting.shift();
  }
}
