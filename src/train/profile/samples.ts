import type { AnyModule } from "../../nn/module/module.ts";
import { LayerNames } from "../../scheduler/observe/layer_names.ts";
import type { Phase } from "../../scheduler/observe/place.ts";
import type { KernelTime } from "../../scheduler/observe/timer.ts";

/** One dispatch of a step, with means over the averaged repetitions. */
export interface DispatchTime {
  /** `family/name` of the kernel. */
  readonly kernel: string;
  /** Which pipeline: kernel, slots and overrides. */
  readonly pipeline: string;
  /** The part of the step that it belongs to. */
  readonly phase: Phase;
  /** Layers of the dispatch from the outermost inwards: ["layer1", "0", "conv1"]; empty outside all layers. */
  readonly layer: readonly string[];
  /** How long it took on the GPU. */
  readonly milliseconds: number;
  /** Start, in milliseconds after the step's first dispatch. */
  readonly start: number;
  /** Floating-point operations by the kernel's plan. */
  readonly flops: number;
  /** Bytes that must move, by the kernel's plan. */
  readonly bytes: number;
}

/** Repetitions of a step, and their common properties. */
export interface ProfileSamples {
  readonly dispatches: readonly DispatchTime[];
  /** The averaged repetitions, by dispatch. */
  readonly kept: readonly (readonly KernelTime[])[];
  /** Number of repetitions with the same dispatches as the last one. */
  readonly repetitions: number;
  /** Resolution of the timestamps in milliseconds; 0 if it is finer than the times. */
  readonly tick: number;
}

/** If a step's total is below this number of ticks, it depends more on rounding than on the machine. */
const ROUNDED = 20;

/**
 * Selects the repetitions with the same dispatches as the last one, sorts them by total time, and averages the middle half,
 * so that periods in which the machine was busy are excluded. Single times are averaged, not replaced by their median:
 * browsers round timestamps to 0.1 ms, so most times, and their median, would be 0, while their mean over many repetitions
 * is correct. For a step of a few ticks all repetitions are averaged, since sorting by total would select by rounding
 * error.
 */
export function samplesOf(
  runs: readonly (readonly KernelTime[])[],
  model?: AnyModule,
): ProfileSamples {
  const last = runs.at(-1) ?? [];
  const same = runs.filter((run) => alike(run, last));
  const ordered = [...same].sort((a, b) => totalOf(a) - totalOf(b));
  const tick = tickOf(runs);
  const middle = totalOf(ordered[Math.floor(same.length / 2)] ?? []);
  const [from, to] = middle >= ROUNDED * tick ? [0.25, 0.75] : [0, 1];
  const kept = ordered.slice(Math.floor(from * same.length), Math.ceil(to * same.length));
  const names = new LayerNames(model);
  const mean = (i: number, of: (time: KernelTime) => number) =>
    kept.reduce((sum, run) => sum + of(run[i] as KernelTime), 0) / kept.length;
  const dispatches = last.map(({ kernel, pipeline, flops, bytes, place }, i) => ({
    ...{ kernel, pipeline, flops, bytes },
    phase: place.phase,
    layer: names.of(place.frame),
    milliseconds: mean(i, ({ milliseconds }) => milliseconds),
    start: mean(i, ({ start }) => start),
  }));
  return { dispatches, kept, repetitions: same.length, tick };
}

/** Milliseconds in which dispatches of a repetition ran. */
export function totalOf(run: readonly KernelTime[]): number {
  return run.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

function alike(a: readonly KernelTime[], b: readonly KernelTime[]): boolean {
  return a.length === b.length && a.every(({ pipeline }, i) => pipeline === b[i]?.pipeline);
}

/**
 * The resolution of timestamps in milliseconds, or 0 if there is none: the shortest difference of two timestamps, if all
 * others are multiples of it within a fiftieth.
 */
export function tickOf(runs: readonly (readonly KernelTime[])[]): number {
  const steps = runs.flatMap((run) => {
    const at = run.flatMap(({ start, milliseconds }) => [start, start + milliseconds]);
    const nanoseconds = [...new Set(at.map((ms) => Math.round(1e6 * ms)))].sort((a, b) => a - b);
    return nanoseconds.slice(1).map((ns, i) => ns - (nanoseconds[i] as number));
  });
  const tick = steps.reduce((least, step) => (step > 1 ? Math.min(least, step) : least), Infinity);
  const multiple = (step: number) => {
    const off = Math.abs(step - tick * Math.round(step / tick));
    return off <= 1 + 0.02 * tick; // nanoseconds are rounded
  };
  return Number.isFinite(tick) && steps.every(multiple) ? tick / 1e6 : 0;
}
