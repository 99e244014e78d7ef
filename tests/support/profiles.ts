import type { Frame, Phase } from "../../src/scheduler/observe/place.ts";
import type { KernelTime } from "../../src/scheduler/observe/timer.ts";

export const gpu = { name: "a GPU", software: false };
export const frameOf = (...owners: Frame["owner"][]) =>
  owners.reduce<Frame | undefined>((parent, owner) => ({ owner, parent }), undefined);

export interface Dispatch {
  kernel: string;
  phase?: Phase;
  layer?: Frame | undefined;
  ms: number;
  gap?: number;
}

/** A run made of its dispatches, one after the other: 2 GFLOP and 1 MB each. */
export function runOf(dispatches: readonly Dispatch[]): KernelTime[] {
  let now = 0;
  return dispatches.map(({ kernel, phase = "forward", layer, ms, gap = 0 }) => {
    const start = now + gap;
    now = start + ms;
    const work = { flops: 2e9, bytes: 1e6, place: { phase, frame: layer } };
    return { kernel, pipeline: `${kernel}.wgsl`, milliseconds: ms, start, ...work };
  });
}

export const conv1 = frameOf("block", "conv1");
export const conv2 = frameOf("block", "conv2");
export const step = (scale = 1) =>
  runOf([
    { kernel: "conv2d/forward", layer: conv1, ms: 4 * scale },
    { kernel: "conv2d/forward", layer: conv2, ms: 2 * scale, gap: 1 },
    { kernel: "loss/mean", ms: 1 * scale },
    { kernel: "conv2d/backward", layer: conv2, phase: "backward", ms: 8 * scale, gap: 0.5 },
    { kernel: "optim/sgd", phase: "optimizer", ms: 1 * scale },
  ]);
export const names = (totals: readonly { name: string }[]) => totals.map(({ name }) => name);
