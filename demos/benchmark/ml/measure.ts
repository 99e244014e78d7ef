import * as words from "../../words/en/benchmark/ml.ts";
import { countAgain, counted, install } from "../counters.ts";
import { openLibraries } from "../open.ts";

install(); // before any library requests a device

/** Milliseconds of a library's whole work, and its WebGPU calls in one run. */
export interface Entry {
  readonly library: string;
  /** Median. */
  readonly ms: number;
  /** Smallest and largest. */
  readonly spread: readonly [number, number];
  readonly dispatches: number;
  readonly submits: number;
  /** Peak bytes of buffers beyond those the page held before its first run. */
  readonly peakBytes: number;
}

export interface Row {
  readonly name: string;
  readonly n: number;
  readonly entries: readonly Entry[];
}

export interface Opened {
  readonly adapter: string;
  readonly software: boolean;
  /** Workloads there are. */
  readonly count: number;
}

/** Starts the libraries. */
export async function open(): Promise<Opened> {
  const [opened, { workloads }] = await Promise.all([openLibraries(), import("./workloads.ts")]);
  return { ...opened, count: workloads.length };
}

/** Every library runs a workload once unmeasured and then in turns; undefined if the workload's name does not match. */
export async function measure(
  index: number,
  pattern: string,
  rounds: number,
): Promise<Row | undefined> {
  const { workloads } = await import("./workloads.ts");
  const make = workloads[index];
  if (!make) return undefined;
  const { name, n, runs } = make();
  if (!words.n(name, n).toLowerCase().includes(pattern.toLowerCase())) return undefined;
  const times = new Map<string, number[]>();
  const counts = new Map<string, ReturnType<typeof counted>>();
  for (const [library, run] of Object.entries(runs)) {
    countAgain();
    const held = counted().peakBytes;
    await run();
    const peakBytes = counted().peakBytes - held;
    countAgain();
    await run();
    counts.set(library, { ...counted(), peakBytes });
    times.set(library, []);
  }
  for (let round = 0; round < rounds; round++) {
    for (const [library, run] of Object.entries(runs)) {
      const began = performance.now();
      await run();
      times.get(library)?.push(performance.now() - began);
    }
  }
  return {
    name,
    n,
    entries: [...times].map(([library, all]) => entry(library, all, counts.get(library))),
  };
}

function entry(
  library: string,
  times: readonly number[],
  counts: ReturnType<typeof counted> | undefined,
): Entry {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    library,
    ms: sorted[sorted.length >> 1] ?? Number.NaN,
    spread: [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN],
    dispatches: counts?.dispatches ?? 0,
    submits: counts?.submits ?? 0,
    peakBytes: counts?.peakBytes ?? 0,
  };
}
