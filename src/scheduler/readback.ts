import type { Gpu } from "../gpu/gpu.ts";
import type { CommandQueue } from "./queue.ts";
import type { Storage } from "./storage.ts";

/** Copies a storage's bytes to the host; everything queued before it goes into the same submit. */
export async function readBytes(
  gpu: Gpu,
  queue: CommandQueue,
  storage: Storage,
): Promise<ArrayBuffer> {
  if (storage.root.failure) throw storage.root.failure;
  const { staging, counters } = gpu;
  const buffer = staging.acquire(Math.max(storage.bytes, 4));
  try {
    let mapped: Promise<void> | undefined;
    const map = (refusal?: Error) => {
      mapped = refusal
        ? Promise.reject(refusal)
        : buffer.mapAsync(GPUMapMode.READ, 0, storage.bytes);
      mapped.catch(() => undefined); // whoever flushes is told first
    };
    queue.push({ kind: "readback", storages: [storage], staging: buffer, map });
    await queue.flush();
    if (queue.stepwise) await staging.confirm([buffer]); // without stepwise inspection the flush confirms it
    if (!mapped) map();
    await mapped;
    const bytes = buffer.getMappedRange(0, storage.bytes).slice(0);
    buffer.unmap();
    counters.bytesRead += storage.bytes;
    staging.release(buffer);
    return bytes;
  } catch (error) {
    staging.discard(buffer); // the device may have refused it
    throw await gpu.reason(error);
  }
}
