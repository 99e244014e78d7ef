import { MemoryLimitError } from "../core/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { exactSize, sizeClass } from "../gpu/pool.ts";

/** Why a storage has no content; `of` gives the reason for a named tensor. */
export interface Failure extends Error {
  readonly of?: (tensor: { toString(): string }, who: string) => Error;
}

let made = 0;

/**
 * Bytes on the GPU that tensors share. A buffer is assigned when the commands that use them are encoded, so storages
 * whose lifetimes do not overlap share one. A storage may be a part of another one (an arena).
 */
export class Storage {
  /** Different for each storage, and visible to `toEqual` of test libraries: equal tensors share their bytes. */
  readonly id = ++made;
  readonly bytes: number;
  /** Called when the storage fails: undoes the changes of host state made with it. */
  undo: (() => void) | undefined;
  readonly #gpu: Gpu;
  /** Whether its buffer has exactly its size and is never reused: for long-lived content such as parameters. */
  readonly #lasting: boolean;
  #failure: Failure | undefined;
  #buffer: GPUBuffer | undefined;
  /** The device of its buffer. */
  #device: GPUDevice | undefined;
  #owned = true;
  #parent: Storage | undefined;
  #offset = 0;
  /** Number of tensors that refer to it or, for an arena, to its parts. */
  #handles = 0;
  /** Number of tensors that refer to exactly these bytes. */
  #views = 0;
  #queued = 0;
  /** Whether commands that write its content were queued when it became part of an arena. */
  filled = false;
  /**
   * Expands the content if it is kept packed (as bytes or f16); then the storage itself cannot be bound, and `failure` says
   * so.
   */
  packed: (() => { readonly storage: Storage }) | undefined;
  /** Incremented by every command that writes to it or to a part of it, in encoding order. */
  version = 0;

  constructor(gpu: Gpu, bytes: number, lasting = false) {
    this.#gpu = gpu;
    this.bytes = bytes;
    this.#lasting = lasting;
  }

  /** Why its content was never computed, or was lost; undefined if it can be used. */
  get failure(): Failure | undefined {
    if (this.#buffer && this.#isLost) {
      this.fail(this.#gpu.gone as Error);
      this.#buffer = undefined; // also a caller's buffer
    }
    return this.#failure;
  }

  set failure(error: Error | undefined) {
    this.#failure = error;
  }

  get #isLost(): boolean {
    return this.#device !== this.#gpu.device;
  }

  /** Bytes of its buffer, or of the buffer that it will get. */
  get capacity(): number {
    if (this.#buffer) return this.#buffer.size;
    return this.#lasting ? exactSize(this.bytes) : sizeClass(this.bytes);
  }

  /** A storage with its own buffer from the start, never passed to another storage. */
  static planned(gpu: Gpu, bytes: number, usage?: GPUBufferUsageFlags): Storage {
    const storage = new Storage(gpu, bytes);
    storage.#handles = 1; // held by the plan that made it
    storage.#take(gpu.pool.create(bytes, usage));
    return storage;
  }

  /** Destroys the buffer, unless it belongs to the caller. */
  destroy(): void {
    if (!this.#buffer || !this.#owned) return;
    this.#gpu.counters.liveBytes -= this.#buffer.size;
    this.#gpu.pool.discard(this.#buffer);
    this.#buffer = undefined;
  }

  /** A storage over a caller's buffer, never freed by the engine. */
  static over(gpu: Gpu, buffer: GPUBuffer, bytes: number): Storage {
    const storage = new Storage(gpu, bytes);
    storage.#buffer = buffer;
    storage.#device = gpu.device;
    storage.#owned = false;
    return storage;
  }

  /** Whether the buffer belongs to the caller, who may write to it without a command. */
  get foreign(): boolean {
    const { root } = this;
    return root.#buffer !== undefined && !root.#owned;
  }

  /** The storage that has the buffer: itself, or the arena it is part of. */
  get root(): Storage {
    return this.#parent?.root ?? this;
  }

  /** Byte offset within the root's buffer. */
  get offset(): number {
    return this.#offset + (this.#parent?.offset ?? 0);
  }

  get buffer(): GPUBuffer | undefined {
    const { root } = this;
    return root.failure ? undefined : root.#buffer;
  }

  /** True when more than one tensor refers to exactly these bytes. */
  get shared(): boolean {
    return this.#views > 1;
  }

  /**
   * Makes it a part of `arena`, queued commands included. Returns a storage with its previous content, to be copied over
   * before anything else runs; undefined if it had none.
   */
  moveInto(arena: Storage, offset: number): Storage | undefined {
    if (this.packed) throw this.failure;
    const old = this.#buffer && new Storage(this.#gpu, this.bytes);
    if (old) {
      old.#buffer = this.#buffer;
      old.#device = this.#device;
      old.#owned = this.#owned;
    }
    this.#buffer = undefined;
    this.filled = this.#queued > 0;
    this.#parent = arena;
    this.#offset = offset;
    arena.#handles += this.#views;
    arena.#queued += this.#queued;
    return old;
  }

  /** True while a tensor refers to it or to a part of it. */
  get referenced(): boolean {
    return this.root.#handles > 0;
  }

  /** Called when one more tensor refers to it. */
  retain(): void {
    this.#views++;
    this.root.#handles++;
  }

  /**
   * Called when a tensor no longer refers to it; after the last one the buffer is released, unless queued commands still
   * need it.
   */
  release(): void {
    this.#views--;
    this.root.#handles--;
    this.root.#freeIfUnused();
  }

  /** Called when a queued command uses it. */
  enqueue(): void {
    if (this.packed) throw this.failure;
    this.root.#queued++;
  }

  /** Called when a command that uses it has been encoded or dropped. */
  dequeue(): void {
    this.root.#queued--;
    this.root.#freeIfUnused();
  }

  /** Assigns a buffer if it has none. Throws the reason if its content was never computed. */
  materialize(): void {
    const root = this.root;
    if (root.failure) throw root.failure;
    if (root.#buffer) return;
    const { pool } = this.#gpu;
    root.#checkLimit();
    root.#take(root.#lasting ? pool.create(root.bytes) : pool.acquire(Math.max(root.bytes, 16)));
  }

  /** Throws `MemoryLimitError` if its buffer would exceed `maxBytes`. */
  #checkLimit(): void {
    const { counters, maxBytes } = this.#gpu;
    if (counters.liveBytes + this.capacity <= maxBytes) return;
    throw new MemoryLimitError(
      `wgrad: a tensor of ${this.bytes} bytes would make ${counters.liveBytes + this.capacity} on the GPU, expected at most ` +
        `${maxBytes}; free tensors with scope(), use a smaller batch, or raise maxBytes`,
    );
  }

  #take(buffer: GPUBuffer): void {
    this.#buffer = buffer;
    this.#device = this.#gpu.device;
    const { counters } = this.#gpu;
    counters.liveBytes += buffer.size;
    counters.peakBytes = Math.max(counters.peakBytes, counters.liveBytes);
  }

  /** Called when its content could not be computed. */
  fail(error: Error): void {
    this.root.failure = error;
    this.root.destroy();
    this.root.undo?.(); // may dispose of tensors over it
  }

  #freeIfUnused(): void {
    if (this.#handles > 0 || this.#queued > 0 || !this.#buffer || !this.#owned) return;
    this.#gpu.counters.liveBytes -= this.#buffer.size;
    const { pool } = this.#gpu;
    if (this.#lasting || this.#isLost) pool.discard(this.#buffer);
    else pool.release(this.#buffer);
    this.#buffer = undefined;
  }
}
