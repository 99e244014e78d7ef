/** Two timestamps around a compute pass: for a device that has the feature timestamp-query. */
export class PassTimer {
  readonly #queries: GPUQuerySet;
  readonly #ticks: GPUBuffer;
  readonly #copy: GPUBuffer;

  constructor(device: GPUDevice) {
    this.#queries = device.createQuerySet({ type: "timestamp", count: 2 });
    this.#ticks = device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.#copy = device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  descriptor(): GPUComputePassDescriptor {
    return {
      timestampWrites: {
        querySet: this.#queries,
        beginningOfPassWriteIndex: 0,
        endOfPassWriteIndex: 1,
      },
    };
  }

  resolve(encoder: GPUCommandEncoder): void {
    encoder.resolveQuerySet(this.#queries, 0, 2, this.#ticks, 0);
    encoder.copyBufferToBuffer(this.#ticks, 0, this.#copy, 0, 16);
  }

  /** Milliseconds between the two; undefined when the driver gave no time. */
  async read(): Promise<number | undefined> {
    await this.#copy.mapAsync(GPUMapMode.READ);
    const [begin = 0n, end = 0n] = new BigInt64Array(this.#copy.getMappedRange());
    this.#copy.unmap();
    return end > begin ? Number(end - begin) / 1e6 : undefined;
  }

  destroy(): void {
    this.#queries.destroy();
    this.#ticks.destroy();
    this.#copy.destroy();
  }
}

/**
 * Milliseconds of the host for one compute pass, after all that was submitted before it; `error` says why WebGPU refused
 * it, if it did.
 */
export async function timePass(
  device: GPUDevice,
  timer: PassTimer | undefined,
  encode: (pass: GPUComputePassEncoder) => void,
): Promise<{ readonly elapsed: number; readonly error: GPUError | null }> {
  device.pushErrorScope("validation");
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass(timer?.descriptor());
  encode(pass);
  pass.end();
  timer?.resolve(encoder);
  const commands = encoder.finish();
  const refused = device.popErrorScope();
  await device.queue.onSubmittedWorkDone();
  const start = performance.now();
  device.queue.submit([commands]);
  await device.queue.onSubmittedWorkDone();
  const elapsed = performance.now() - start;
  return { elapsed, error: await refused };
}
