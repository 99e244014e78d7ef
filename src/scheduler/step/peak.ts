import { showPlace } from "../observe/layer_names.ts";
import type { Storage } from "../storage.ts";
import { type StepCommand, touches } from "./commands.ts";
import type { Interval } from "./liveness.ts";

/** A tensor that is alive at the peak of a step, and its bytes. */
export interface Tenant {
  /** Origin of the tensor: "conv2d/forward y of layer1.conv1, forward". */
  readonly name: string;
  readonly bytes: number;
}

/** The tensors that are alive when the bytes alive are at their maximum, the largest first. */
export function largestAtPeak(
  commands: readonly StepCommand[],
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
    return { name: nameOf(storage, commands), bytes: storage.bytes };
  });
}

function nameOf(storage: Storage, commands: readonly StepCommand[]): string {
  const maker = commands.find((command) =>
    touches(command).writes.some(({ root }) => root === storage),
  );
  if (!maker) return "an argument of the step";
  if (maker.kind === "copy") return "a copy";
  const { pipeline, storages, place } = maker;
  const binding = pipeline.bindings[storages.findIndex(({ root }) => root === storage)];
  return `${pipeline.shader.path.replace(/\.wgsl$/, "")} ${binding?.name} of ${showPlace(place)}`;
}
