import { unlessAborted } from "../shared/jobs.ts";
import type { Counts } from "./counters.ts";
import type { Frame, LibraryName, Sample } from "./frame.ts";
import { openHidden } from "./frames.ts";
import type { Workload } from "./workloads.ts";

/** What a library did on a workload. */
export interface Measured {
  readonly library: LibraryName;
  readonly version: string;
  /** Median milliseconds a step. */
  readonly ms: number;
  /** Quarters of the samples lie below and above these, in milliseconds. */
  readonly spread: readonly [number, number];
  /** Median milliseconds of JavaScript a step. */
  readonly js: number;
  /** Milliseconds until the first result, with compiling. */
  readonly first: number;
  readonly counts: Counts;
  /** Largest relative difference of its results' fingerprints from wgrad's; 0 for wgrad itself. */
  readonly difference: number;
  /** That difference is rounding; a larger one would be another computation. */
  readonly agrees: boolean;
}

/** Fingerprints of results that differ by more than this are another computation. */
const AGREES = 2e-3;

export interface Failed {
  readonly library: LibraryName;
  readonly error: string;
}

export interface Row {
  readonly workload: Workload;
  readonly entries: readonly (Measured | Failed)[];
}

export interface ContestOptions {
  readonly libraries: readonly LibraryName[];
  /** Samples of each library, taken in turns. */
  readonly rounds: number;
  /** Milliseconds one sample should take. */
  readonly sampleMs: number;
  readonly signal: AbortSignal;
}

interface Runner {
  readonly library: LibraryName;
  readonly frame: Frame;
  close(): void;
  readonly first: number;
  readonly fingerprints: readonly number[];
  readonly difference: number;
  readonly steps: number;
  readonly samples: Sample[];
}

/**
 * Lets every library do a workload, in turns, so that a slow spell of the machine hits all alike. Throws the signal's reason
 * at once: what a frame is doing ends with the frame.
 */
export async function contest(workload: Workload, options: ContestOptions): Promise<Row> {
  const failed: Failed[] = [];
  const runners: Runner[] = [];
  try {
    for (const library of options.libraries) {
      options.signal.throwIfAborted();
      try {
        runners.push(await enter(library, workload, options, runners[0]?.fingerprints));
      } catch (error) {
        options.signal.throwIfAborted();
        failed.push({ library, error: error instanceof Error ? error.message : String(error) });
      }
    }
    for (let round = 0; round < options.rounds; round++) {
      for (const { frame, steps, samples } of runners) {
        samples.push(await unlessAborted(frame.time(steps), options.signal));
      }
    }
  } finally {
    for (const { close } of runners) close();
  }
  return { workload, entries: [...runners.map(summary), ...failed] };
}

/** A library with the workload set up and run, in a frame of its own. */
async function enter(
  library: LibraryName,
  { spec }: Workload,
  { sampleMs, signal }: ContestOptions,
  reference: readonly number[] | undefined,
): Promise<Runner> {
  const { frame, close } = await openHidden(library, signal);
  const heard = <T>(work: Promise<T>) => unlessAborted(work, signal);
  try {
    const { ms: first, fingerprints } = await heard(frame.begin(spec));
    await heard(frame.time(1));
    const steps = Math.round(sampleMs / (await heard(frame.time(1))).ms);
    return {
      ...{ library, frame, close, first, fingerprints, samples: [] },
      difference: differenceOf(fingerprints, reference ?? fingerprints),
      steps: Math.min(200, Math.max(1, steps)),
    };
  } catch (error) {
    close();
    throw error;
  }
}

function summary({ library, frame, first, difference, samples }: Runner): Measured {
  const ms = samples.map((each) => each.ms);
  return {
    library,
    version: frame.version,
    ms: quantile(ms, 0.5),
    spread: [quantile(ms, 0.25), quantile(ms, 0.75)],
    js: quantile(
      samples.map((each) => each.js),
      0.5,
    ),
    first,
    counts: (samples.at(-1) as Sample).counts,
    difference,
    agrees: difference <= AGREES,
  };
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(at * (sorted.length - 1) + 0.5)] as number;
}

function differenceOf(got: readonly number[], reference: readonly number[]): number {
  if (got.length !== reference.length) return Number.POSITIVE_INFINITY;
  const each = got.map((v, i) => {
    const expected = reference[i] as number;
    return Math.abs(v - expected) / Math.max(Math.abs(expected), 1e-6);
  });
  return Math.max(...each);
}
