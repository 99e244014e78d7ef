import { unlessAborted } from "../shared/jobs.ts";
import type { Counts } from "./counters.ts";
import type { Frame, LibraryName, Sample } from "./frame.ts";
import { openHidden } from "./frames.ts";
import type { Workload } from "./workloads.ts";

/** Results of a library on a workload. */
export interface Measured {
  readonly library: LibraryName;
  readonly version: string;
  /** Median milliseconds of a step. */
  readonly ms: number;
  /** Quartiles of the samples, in milliseconds. */
  readonly spread: readonly [number, number];
  /** Median milliseconds of JavaScript in a step. */
  readonly js: number;
  /** Milliseconds until the first result, including compilation. */
  readonly first: number;
  readonly counts: Counts;
  /** Largest relative difference of its fingerprints from wgrad's; 0 for wgrad itself. */
  readonly difference: number;
  /** Whether that difference is rounding, as opposed to a different computation. */
  readonly agrees: boolean;
}

/** Larger differences between fingerprints mean that libraries compute different things. */
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
  /** Samples of each library; libraries take turns. */
  readonly rounds: number;
  /** Target duration of one sample in milliseconds. */
  readonly sampleMs: number;
  readonly signal: AbortSignal;
  /** Called before a library computes its first result, for which it compiles. */
  readonly onFrame?: (frame: Frame) => void;
  /** Called after each round with the results so far. */
  readonly onRound?: (row: Row) => void;
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
 * Runs a workload in every library, taking turns, so that a slow moment of the machine affects all equally. Another
 * library is first in each round: the page is drawn anew after a round, which slows the sample that follows. On abort it
 * throws the signal's reason at once; the frame at work is removed.
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
      for (const { frame, steps, samples } of inTurns(runners, round)) {
        samples.push(await unlessAborted(frame.time(steps), options.signal));
      }
      options.onRound?.({ workload, entries: [...runners.map(summary), ...failed] });
    }
  } finally {
    for (const { close } of runners) close();
  }
  return { workload, entries: [...runners.map(summary), ...failed] };
}

/** The runners of a round: each round begins with the next one. */
const inTurns = (runners: readonly Runner[], round: number): readonly Runner[] => {
  const first = round % runners.length;
  return [...runners.slice(first), ...runners.slice(0, first)];
};

/** A library in a frame of its own, with the workload set up and run once. */
async function enter(
  library: LibraryName,
  { spec }: Workload,
  { sampleMs, signal, onFrame }: ContestOptions,
  reference: readonly number[] | undefined,
): Promise<Runner> {
  const { frame, close } = await openHidden(library, signal);
  const heard = <T>(work: Promise<T>) => unlessAborted(work, signal);
  try {
    onFrame?.(frame);
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
