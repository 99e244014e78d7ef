import type { Counters } from "wgrad";

/**
 * The cost of a training step, independent of the device: the mean over the steps between two readings of the counters.
 */
export interface PerStep {
  readonly submits: number;
  readonly dispatches: number;
  readonly buffersCreated: number;
  readonly pipelinesCompiled: number;
  readonly bindGroupsCreated: number;
  /** Growth of the bytes in tensors. */
  readonly memoryGrowth: number;
  readonly bytesUploaded: number;
  readonly bytesRead: number;
}

export function perStep(before: Counters, after: Counters, steps: number): PerStep {
  const of = (name: keyof Counters) => (after[name] - before[name]) / steps;
  return {
    submits: of("submits"),
    dispatches: of("dispatches"),
    buffersCreated: of("buffersCreated"),
    pipelinesCompiled: of("pipelinesCompiled"),
    bindGroupsCreated: of("bindGroupsCreated"),
    memoryGrowth: of("liveBytes"),
    bytesUploaded: of("bytesUploaded"),
    bytesRead: of("bytesRead"),
  };
}
