import { callBack } from "../../core/caller.ts";
import { ValueError } from "../../core/errors.ts";
import { callback, either, number, signalKind } from "../../core/kinds.ts";
import { checkedAsync, options as optionsOf } from "../../core/signature.ts";
import type { Call } from "../../kernels/variants.ts";
import { currentEngine, type Engine } from "../../scheduler/engine.ts";
import { type Trial, Trials } from "../../scheduler/trials.ts";
import { engineKind } from "../../tensor/kinds.ts";
import { withMethods } from "../kinds.ts";
import { type Problem, problemsOf, questionsOf, type TunableStep } from "./problems.ts";
import { type RaceOptions, race, type Time } from "./race.ts";

/** Options of `tune`. */
export interface TuneOptions {
  /** Engine that runs the step. Default: that of new tensors. */
  readonly engine?: Engine;
  /** Time limit in milliseconds; work that is not measured by then keeps its kernels. Default 10,000. */
  readonly budgetMs?: number;
  /** Another kernel is chosen only if it needs at least this fraction of the time less, in 0..1. Default 0.05. */
  readonly margin?: number;
  /** Called before every problem, and at the end. */
  readonly onProgress?: (progress: TuneProgress) => void;
  /** Aborts it; then nothing changes. */
  readonly signal?: AbortSignal;
}

/** Progress of `tune`. */
export interface TuneProgress {
  /** Number of problems that are done. */
  readonly done: number;
  /** Total number of problems. */
  readonly total: number;
  /** Key of the next problem; undefined at the end. */
  readonly key: string | undefined;
}

/** Times of a candidate. */
export interface CandidateTime {
  /** Name of the candidate. */
  readonly name: string;
  /** Median time of the work; NaN if it was not timed. */
  readonly milliseconds: number;
  /** Median ratio of its time to that of the usual candidate over rounds of both; NaN if it was not timed. */
  readonly ratio: number;
  /**
   * Number of rounds in which the candidate was timed; 0 if its first sample was far slower than the others', or if all
   * others were far slower and no rounds were needed.
   */
  readonly rounds: number;
  /** The error if it could not run on this adapter. */
  readonly error?: string;
}

/** One class of work in the step. */
export interface TunedProblem {
  /** Family, layout and size classes. */
  readonly key: string;
  /** Number of occurrences in the step. */
  readonly calls: number;
  /** The library's own choice. */
  readonly usual: string;
  /** The kernel that is used from now on. */
  readonly chosen: string;
  /**
   * "faster": another kernel is used. "kept": none is clearly faster. "alone": there is only one. "no time": the time limit
   * ended first, so nothing has changed.
   */
  readonly outcome: "faster" | "kept" | "alone" | "no time";
  /** Candidates in the library's order. */
  readonly candidates: readonly CandidateTime[];
}

/** Measurements and choices of `tune`. */
export interface TuneReport {
  /** The measured adapter. On a software adapter these are times of a CPU. */
  readonly adapter: string;
  /** Whether the adapter is a software adapter. */
  readonly software: boolean;
  /** "timestamps" of the GPU, or the "clock" around submits. */
  readonly by: "timestamps" | "clock";
  /** Duration of the tuning. */
  readonly milliseconds: number;
  /** Problems, those with the most operations first. */
  readonly problems: readonly TunedProblem[];
}

/**
 * Duration of a sample in milliseconds: a hundred ticks of 0.1 ms, to which browsers round timestamps, or many times the
 * cost of a submit.
 */
const SAMPLE_MS = { timestamps: 10, clock: 25 };
const UNTIMED = { milliseconds: Number.NaN, ratio: Number.NaN, rounds: 0 };

/**
 * Measures, on this adapter, the candidate kernels for every matrix product and convolution of a step, and uses from then
 * on those that are clearly faster than the library's choice. The step itself is not run. Results are equal within rounding
 * for every choice.
 *
 *     const step = capture((x, y) => …);
 *     step(x, y).dispose();
 *     const report = await tune(step); // or tune(() => train(x, y)) for a function
 *     step.dispose(); // what was captured before keeps its kernels: the next call captures it anew
 *     await saveTuning();
 *
 * A winner is used for all work of its class: same family and layout, sizes with the same nearest powers of two. Candidates
 * are timed in turns, on repetitions that take many ticks of a rounded timestamp, and compared within each turn. Let
 * nothing else run on the GPU meanwhile. Throws `ValueError` for invalid options and for an asynchronous step, the errors
 * of recording a step, and the signal's reason.
 */
export const tune = /* @__PURE__ */ checkedAsync(
  "tune",
  {
    step: either(callback, withMethods("a captured step", "questions")),
    options: optionsOf<TuneOptions>({
      engine: engineKind,
      budgetMs: number,
      margin: number,
      onProgress: callback,
      signal: signalKind,
    }),
  },
  (step: TunableStep, given: TuneOptions = {}): Promise<TuneReport> =>
    callBack(() => tuneStep(step, given)),
);

async function tuneStep(step: TunableStep, options: TuneOptions): Promise<TuneReport> {
  const {
    engine = currentEngine(),
    budgetMs = 10_000,
    margin = 0.05,
    onProgress,
    signal,
  } = options;
  if (!(budgetMs > 0))
    throw new ValueError(`tune: expected budgetMs > 0, got ${budgetMs}; 10000 is ten seconds`);
  if (!(margin >= 0 && margin < 1)) {
    throw new ValueError(`tune: expected margin in 0..1, got ${margin}; 0.05 is 5 %`);
  }
  signal?.throwIfAborted();
  const begin = performance.now();
  const problems = problemsOf(questionsOf(step));
  await engine.finish();
  const proceed = () => {
    signal?.throwIfAborted();
    engine.gpu.checkAlive();
    return performance.now() - begin < budgetMs;
  };
  const trials = new Trials(engine.gpu);
  const tuned: TunedProblem[] = [];
  try {
    for (const problem of problems) {
      onProgress?.({ done: tuned.length, total: problems.length, key: problem.key });
      tuned.push(await measure(problem, engine.tuned, trials, { margin, proceed }));
    }
    signal?.throwIfAborted();
  } finally {
    trials.close();
  }
  for (const { key, outcome, chosen } of tuned) {
    if (outcome === "faster") engine.tuned.set(key, chosen);
    if (outcome === "kept") engine.tuned.delete(key);
  }
  onProgress?.({ done: tuned.length, total: problems.length, key: undefined });
  const { name: adapter, software } = engine.gpu.adapter;
  const milliseconds = performance.now() - begin;
  return { adapter, software, by: trials.by, milliseconds, problems: tuned };
}

/** Times the candidates of one problem. */
async function measure(
  { key, calls, question }: Problem,
  tuned: ReadonlyMap<string, string>,
  trials: Trials,
  options: Pick<Required<RaceOptions>, "margin" | "proceed">,
): Promise<TunedProblem> {
  const { candidates } = question;
  const usual = candidates[0].name;
  const now = candidates.find(({ name }) => name === tuned.get(key))?.name ?? usual;
  const untimed = candidates.map(({ name }) => ({ name, ...UNTIMED }));
  const about = { key, calls, usual, chosen: now, candidates: untimed };
  if (candidates.length === 1) return { ...about, outcome: "alone" };
  if (!options.proceed()) return { ...about, outcome: "no time" };
  const opened = candidates.map((candidate) => open(trials, question.calls(candidate)));
  try {
    const samplers = opened.map((trial) => async (n: number) => (await trial).sample(n));
    const { times, winner } = await race(samplers, { ...options, sampleMs: SAMPLE_MS[trials.by] });
    const raced = times.map((time, i) => timeOf(candidates[i]?.name ?? "", time));
    const chosen = winner === undefined ? undefined : candidates[winner]?.name;
    if (chosen === undefined) return { ...about, candidates: raced, outcome: "no time" };
    return { ...about, chosen, candidates: raced, outcome: winner === 0 ? "kept" : "faster" };
  } finally {
    await Promise.allSettled(opened);
    trials.clear();
  }
}

/** Compiles in parallel with the other candidates; awaiting the trial reports a failure. */
function open(trials: Trials, calls: readonly Call[]): Promise<Trial> {
  const trial = trials.open(calls);
  trial.catch(() => undefined);
  return trial;
}

function timeOf(name: string, { milliseconds, ratio, samples, error }: Time): CandidateTime {
  const failed = error === undefined ? {} : { error: String(error) };
  return { name, milliseconds, ratio, rounds: samples, ...failed };
}
