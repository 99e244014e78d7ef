import { MemoryLimitError } from "../core/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { showPlace } from "./layer_names.ts";
import type { Interval } from "./liveness.ts";
import type { Program } from "./program.ts";
import { type Step, touches } from "./steps.ts";
import type { Storage } from "./storage.ts";

/** A tensor of a step and what it takes. */
export interface Tenant {
  /** Where it comes from: "conv2d/forward y of layer1.conv1, forward". */
  readonly name: string;
  readonly bytes: number;
}

/** The largest tensors that are alive when the most bytes are, the largest first. */
export function largestAtPeak(
  steps: readonly Step[],
  storages: readonly Storage[],
  intervals: readonly Interval[],
  count: number,
): Tenant[] {
  const aliveAt = (at: number) =>
    intervals.flatMap(({ first, last }, i) => (first <= at && at <= last ? [i] : []));
  const bytesOf = (list: readonly number[]) =>
    list.reduce((sum, i) => sum + (intervals[i]?.bytes ?? 0), 0);
  let peak: number[] = [];
  for (const { first } of intervals) {
    const alive = aliveAt(first);
    if (bytesOf(alive) > bytesOf(peak)) peak = alive;
  }
  peak.sort((a, b) => (intervals[b]?.bytes ?? 0) - (intervals[a]?.bytes ?? 0));
  return peak.slice(0, count).map((i) => {
    const storage = storages[i] as Storage;
    return { name: nameOf(storage, steps), bytes: storage.bytes };
  });
}

function nameOf(storage: Storage, steps: readonly Step[]): string {
  const maker = steps.find((step) => touches(step).writes.some(({ root }) => root === storage));
  if (!maker) return "an argument of the step";
  if (maker.kind === "copy") return "a copy";
  const { pipeline, storages, place } = maker;
  const binding = pipeline.bindings[storages.findIndex(({ root }) => root === storage)];
  return `${pipeline.shader.path.replace(/\.wgsl$/, "")} ${binding?.name} of ${showPlace(place)}`;
}

/**
 * Throws `MemoryLimitError` if a step needs more than `maxBytes`, or, together with what is held already, more than the
 * engine may take; and if one of its buffers is larger than the adapter makes.
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
    `capture: the step would take ${mib(needed)}, expected at most ${mib(limit)}${what}; use a smaller batch, run layers ` +
      `within checkpoint(), or raise maxBytes. The largest tensors at the peak:${list.join("")}`,
  );
}

/** Bytes as a person reads them. */
export function mib(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes} bytes` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
