import { DeviceLostError, LimitError, ValueError, WgradError } from "../core/errors.ts";
import { bytesOf, type DType, type Shape, show, size } from "../core/shape.ts";
import { type AdapterName, describeAdapter, deviceMemory } from "./adapter.ts";
import { type Counters, newCounters } from "./counters.ts";
import { PipelineCache } from "./pipelines.ts";
import { BufferPool } from "./pool.ts";

/** Maximum bytes of free staging buffers that are kept: enough for a loss read in every step, not for a whole model. */
const STAGING = 2 ** 18;

/** Milliseconds to wait for the device's `lost` promise after a failure that a lost device could explain. */
const PATIENCE = 1000;

/** A device with what the engine keeps on it: compiled pipelines, free buffers, counters. */
export class Gpu {
  device!: GPUDevice;
  adapter!: AdapterName;
  /** Maximum bytes of all tensors' buffers together. */
  readonly maxBytes: number;
  readonly counters: Counters = newCounters();
  pipelines!: PipelineCache;
  /** Buffers of tensors. */
  pool!: BufferPool;
  /** Buffers that results are copied to and mapped from. */
  staging!: BufferPool;
  /** Set once the device is gone. */
  lost: WgradError | undefined;
  /** Number of times that host state was undone because steps that had advanced it were refused. */
  refusals = 0;
  /** Called when the device is lost. */
  declare onLost: ((error: WgradError) => void) | undefined;
  /** The error for values that were lost with an earlier device. */
  declare gone: Error | undefined;
  /** Called for every command that is queued. */
  declare watch:
    | ((command: { readonly kind: string; readonly storages: readonly object[] }) => void)
    | undefined;
  #loss!: Promise<void>;

  /**
   * `maxBytes`: maximum bytes of all tensors' buffers together. Default: the adapter's memory if it is reported, else no
   * limit.
   */
  constructor(
    device: GPUDevice,
    info: GPUAdapterInfo | undefined = device.adapterInfo,
    maxBytes = deviceMemory(info),
  ) {
    this.maxBytes = maxBytes;
    this.use(device, info);
  }

  /** Switches to a device on which the engine has nothing yet. */
  use(device: GPUDevice, info: GPUAdapterInfo | undefined): void {
    this.lost = undefined;
    this.device = device;
    this.adapter = describeAdapter(info);
    this.pipelines = new PipelineCache(this);
    const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    this.pool = new BufferPool(device, this.counters, STORAGE | COPY_SRC | COPY_DST);
    this.staging = new BufferPool(device, this.counters, MAP_READ | COPY_DST, STAGING);
    this.#loss = device.lost.then(({ reason, message }) => {
      this.lost = new DeviceLostError(
        `wgrad: the GPU device was lost (${reason}: ${message}); ` +
          "await recoverDevice(), or give fit a Recovery",
      );
    });
    // an error in the hook is the page's own: code that waits for the loss does not see it
    void this.#loss.then(() => this.onLost?.(this.lost as WgradError));
  }

  /** Throws `DeviceLostError` once the device is gone. */
  checkAlive(): void {
    if (this.lost) throw this.lost;
  }

  /**
   * The cause of a failure: the loss of the device, which WebGPU reports slightly later than the failures it causes, or
   * else the error itself.
   */
  async reason(error: unknown): Promise<Error> {
    const { cause } = error as { readonly cause?: Partial<GPUPipelineError> };
    if (!(error instanceof WgradError) || cause?.reason === "internal") {
      await Promise.race([this.#loss, new Promise((done) => setTimeout(done, PATIENCE))]);
    }
    return this.lost ?? (error as Error);
  }

  /** Resolves when everything submitted is finished. Rejects with `DeviceLostError`. */
  async finish(): Promise<void> {
    const { device } = this;
    try {
      await device.queue.onSubmittedWorkDone(); // also rejects if the device is lost
      const probe = device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ });
      await probe.mapAsync(GPUMapMode.READ);
      probe.destroy();
    } catch (error) {
      throw await this.reason(error);
    }
    this.checkAlive();
  }

  /**
   * Waits until the device has confirmed every new buffer of tensors and these staging buffers; rejects with
   * `OutOfMemoryError` otherwise.
   */
  async confirm(staging: readonly GPUBuffer[]): Promise<void> {
    try {
      await this.pool.confirm();
    } finally {
      await this.staging.confirm(staging); // also if a tensor's buffer was refused
    }
  }

  /** Whether tensors can be f16. */
  get hasHalf(): boolean {
    return this.device.features.has("shader-f16");
  }

  /**
   * Throws `DeviceLostError` once the device is gone, `LimitError` if a tensor of this shape could not be bound, and
   * `ValueError` for f16 where there is none.
   */
  checkFits(who: string, shape: Shape, dtype: DType = "f32"): void {
    this.checkAlive();
    if (dtype === "f16" && !this.hasHalf) {
      throw new ValueError(
        `${who}: expected an adapter with shader-f16, got ${this.adapter.name}; use f32 or autocast()`,
      );
    }
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    const limit = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    const bytes = bytesOf(dtype, size(shape));
    if (bytes <= limit) return;
    throw new LimitError(
      `${who}: ${show(shape)} needs ${bytes} bytes, expected at most ${limit} on this adapter ` +
        `(${this.adapter.name}); split the tensor`,
    );
  }
}
