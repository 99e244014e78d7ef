import type { Gpu } from "../gpu/gpu.ts";
import type { Readback } from "./dispatch.ts";
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
    const command: Readback = { kind: "readback", storages: [storage], staging: buffer };
    queue.push(command);
    await queue.flush();
    if (queue.stepwise) await staging.confirm([buffer]); // without stepwise inspection the flush confirms it
    await buffer.mapAsync(GPUMapMode.READ, 0, storage.bytes);
    const refusal = await command.verdict;
    if (refusal) throw refusal;
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
