import { MemoryLimitError } from "../../core/errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Program } from "./program.ts";

/**
 * Throws `MemoryLimitError` if a step needs more than its `maxBytes`, if together with what is allocated already it exceeds
 * the engine's, or if one of its buffers is larger than the adapter allows.
 */
export function checkMemory(gpu: Gpu, program: Program, maxBytes: number): void {
  const { bytes, sharedBytes } = program.plan;
  const needed = bytes + sharedBytes;
  if (needed > maxBytes) refuse(program, needed, maxBytes, "");
  const held = program.shared.reduce((sum, { buffer }) => sum + (buffer?.size ?? 0), 0);
  const others = gpu.counters.liveBytes - held;
  if (needed + others > gpu.maxBytes) {
    refuse(program, needed, gpu.maxBytes - others, `, beside ${mib(others)} of other tensors`);
  }
  const { maxBufferSize } = gpu.device.limits;
  const largest = Math.max(...program.sizes);
  if (largest > maxBufferSize) refuse(program, largest, maxBufferSize, " for one buffer");
}

function refuse(program: Program, needed: number, limit: number, what: string): never {
  const list = program.largest(5).map(({ name, bytes }) => `\n  ${mib(bytes)}  ${name}`);
  throw new MemoryLimitError(
    `capture: the step would take ${mib(needed)}, expected at most ${mib(limit)}${what}; use a smaller batch, ` +
      `checkpoint() layers, or raise maxBytes. Largest at the peak:${list.join("")}`,
  );
}

/** A number of bytes as messages show it: from 1 MiB on in MiB. */
export function mib(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes} bytes` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
