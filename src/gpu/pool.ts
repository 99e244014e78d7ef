import { OutOfMemoryError } from "../core/errors.ts";
import type { Counters } from "./counters.ts";
import { inErrorScope } from "./error_scope.ts";

/** Minimum size of a buffer, in bytes: the alignment of binding offsets. */
const SMALLEST = 256;

/** From this size on, sizes are rounded up to whole MiB. */
const LARGE = 8 * 2 ** 20;

/**
 * Size class of a request: four per power of two (at most a fifth is wasted); above `LARGE` whole MiB (at most an
 * eighth).
 */
export function sizeClass(bytes: number): number {
  if (bytes <= SMALLEST) return SMALLEST;
  if (bytes > LARGE) return Math.ceil(bytes / 2 ** 20) * 2 ** 20;
  const quarter = 2 ** Math.floor(Math.log2(bytes - 1)) / 4;
  return Math.ceil(bytes / quarter) * quarter;
}

/** Bytes of a buffer that is made for exactly this request. */
export function exactSize(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / SMALLEST) * SMALLEST;
}

/** A buffer that stays free for this number of submits is destroyed. */
const UNUSED = 128;

/** Free buffers of one size class. */
interface Shelf {
  readonly buffers: GPUBuffer[];
  /** Minimum number of free buffers since the last check: this many were never needed. */
  least: number;
}

/** Free buffers by size class. */
export class BufferPool {
  readonly #device: GPUDevice;
  readonly #counters: Counters;
  readonly #usage: GPUBufferUsageFlags;
  readonly #free = new Map<number, Shelf>();
  /** Creation number of every buffer; free buffers are sorted by it. */
  readonly #born = new WeakMap<GPUBuffer, number>();
  readonly #keep: number;
  #freeBytes = 0;
  #submits = 0;
  /** Pending answers of the device about new buffers, until `confirm` awaits them. */
  readonly #checks = new Map<GPUBuffer, Promise<GPUError | null>>();
  /** Buffers that the device refused to create. */
  readonly refused = new WeakSet<GPUBuffer>();
  /** Buffers to destroy once everything encoded is submitted; undefined if nothing encoded waits for its submit. */
  #retired: GPUBuffer[] | undefined;

  /** `keep`: maximum bytes of free buffers; buffers released beyond it are destroyed. */
  constructor(
    device: GPUDevice,
    counters: Counters,
    usage: GPUBufferUsageFlags,
    keep = Number.POSITIVE_INFINITY,
  ) {
    this.#device = device;
    this.#keep = keep;
    this.#counters = counters;
    this.#usage = usage;
  }

  /** A buffer of at least `bytes`; its content is undefined. */
  acquire(bytes: number): GPUBuffer {
    const size = sizeClass(bytes);
    const shelf = this.#free.get(size);
    const free = shelf?.buffers.pop();
    if (!shelf || !free) return this.#create(size);
    shelf.least = Math.min(shelf.least, shelf.buffers.length);
    this.#freeBytes -= size;
    return free;
  }

  /** A new buffer of exactly these bytes (rounded up to 256), for callers that plan their own buffers. */
  create(bytes: number, usage = this.#usage): GPUBuffer {
    return this.#create(exactSize(bytes), usage);
  }

  release(buffer: GPUBuffer): void {
    if (this.#freeBytes + buffer.size > this.#keep) {
      this.discard(buffer);
      return;
    }
    this.#freeBytes += buffer.size;
    const shelf = this.#free.get(buffer.size);
    if (shelf) shelf.buffers.push(buffer);
    else this.#free.set(buffer.size, { buffers: [buffer], least: 0 });
  }

  /** Called after every submit: destroys buffers that stayed free during the last `UNUSED` submits. */
  age(): void {
    if (++this.#submits % UNUSED === 0) this.#drop(({ least }) => least);
  }

  /**
   * Called before commands are encoded. Until `bury`, buffers are not destroyed: the commands may use them. Sorts free
   * buffers by age, so that a repeated step gets the same buffers, and therefore the same bind groups, in whatever order
   * they were released.
   */
  hold(): void {
    this.#retired ??= [];
    const age = (buffer: GPUBuffer) => this.#born.get(buffer) ?? 0;
    for (const { buffers } of this.#free.values()) buffers.sort((a, b) => age(b) - age(a));
  }

  /** Destroys the buffers discarded since `hold`. Call it once everything encoded is submitted or given up. */
  bury(): void {
    const retired = this.#retired;
    this.#retired = undefined;
    for (const buffer of retired ?? []) this.discard(buffer);
  }

  /** Destroys a buffer instead of keeping it. */
  discard(buffer: GPUBuffer): void {
    if (this.#retired) {
      this.#retired.push(buffer);
      return;
    }
    this.#checks.delete(buffer);
    this.#counters.allocatedBytes -= buffer.size;
    buffer.destroy();
  }

  /** Waits until the GPU has confirmed these buffers, by default all of them; throws `OutOfMemoryError` if it could not. */
  async confirm(buffers: readonly GPUBuffer[] = [...this.#checks.keys()]): Promise<void> {
    const checks = buffers.map((buffer) => this.#checks.get(buffer));
    for (const buffer of buffers) this.#checks.delete(buffer);
    const error = (await Promise.all(checks)).find((e) => e);
    if (!error) return;
    this.bury(); // what is encoded is given up
    this.trim();
    const megabytes = (this.#counters.allocatedBytes / 2 ** 20).toFixed(0);
    throw new OutOfMemoryError(
      `wgrad: the GPU refused a buffer while ${megabytes} MiB were in use; ` +
        `free tensors with scope(), use a smaller batch (${error.message})`,
    );
  }

  /** Destroys every free buffer. */
  trim(): void {
    this.#drop(({ buffers }) => buffers.length);
  }

  /** Destroys the first `count` buffers of each size: those that were free the longest. */
  #drop(count: (shelf: Shelf) => number): void {
    for (const shelf of this.#free.values()) {
      for (const buffer of shelf.buffers.splice(0, count(shelf))) {
        this.#freeBytes -= buffer.size;
        this.discard(buffer);
      }
      shelf.least = shelf.buffers.length;
    }
  }

  #create(wanted: number, usage = this.#usage): GPUBuffer {
    // rounding up must not exceed the limit that the request was checked against
    const size = Math.min(wanted, this.#device.limits.maxBufferSize);
    const [buffer, refusal] = inErrorScope(this.#device, "out-of-memory", () =>
      this.#device.createBuffer({ size, usage }),
    );
    const check = refusal.then((error) => {
      if (error) this.refused.add(buffer);
      return error;
    });
    this.#checks.set(buffer, check);
    this.#born.set(buffer, this.#counters.buffersCreated++);
    this.#counters.allocatedBytes += size;
    return buffer;
  }
}
