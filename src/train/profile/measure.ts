import { callBack } from "../../core/caller.ts";
import { ValueError } from "../../core/errors.ts";
import { callback, number, record } from "../../core/kinds.ts";
import { isA } from "../../core/realm.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { currentEngine, type Engine } from "../../scheduler/engine.ts";
import type { KernelTime } from "../../scheduler/observe/timer.ts";
import { engineKind } from "../../tensor/kinds.ts";
import { scope } from "../../tensor/scope.ts";
import { modelKind } from "../kinds.ts";
import { type ClockTime, Profile, type ProfileParts } from "./profile.ts";
import { tickOf, totalOf } from "./samples.ts";
import { timeKernels } from "./time_kernels.ts";

/** Options of `profile`. */
export interface ProfileOptions extends Pick<ProfileParts, "model" | "roofline"> {
  /** Engine that runs the step. Default: that of new tensors. */
  readonly engine?: Engine;
  /** Steps that run first and are not timed. Default 2. */
  readonly warmup?: number;
  /**
   * Number of steps timed with timestamps, and again by the clock. Default: until their times amount to many ticks, 8 to
   * 200.
   */
  readonly repetitions?: number;
  /** Time limit in seconds for starting repetitions, separately with timestamps and without. Default 2. */
  readonly seconds?: number;
}

/** Minimum and maximum of the default number of repetitions. */
const [FEWEST, MOST] = [8, 200];
/** Minimum number of ticks that a notable kernel's times add up to, so that rounding errors are a few per cent. */
const TICKS = 50;
/** Minimum fraction of the step for a kernel to be notable. */
const NOTABLE = 0.02;

/**
 * Repeats a step and measures its time by phase, kernel and layer, with rates and, if a roofline was measured, the fraction
 * of it that is reached. The step really runs, so a training step trains, with the same results as without profiling.
 * Tensors that it makes are freed. Layers of captured steps are reported, too:
 *
 *     const found = await profile(() => step(x, y));
 *     console.log(found.table());
 *
 * If the adapter has no timestamps, only whole steps are timed, by the clock. Throws `ValueError` for invalid options and
 * for an asynchronous step: time one with `timeKernels` and make a `Profile` of that.
 */
export const profile = /* @__PURE__ */ checkedAsync(
  "profile",
  {
    step: callback,
    options: options<ProfileOptions>({
      engine: engineKind,
      warmup: number,
      repetitions: number,
      seconds: number,
      model: modelKind,
      roofline: record,
    }),
  },
  (step: () => unknown, given: ProfileOptions = {}): Promise<Profile> =>
    callBack(() => measure(step, given)),
);

async function measure(
  step: () => unknown,
  { engine = currentEngine(), warmup = 2, repetitions, seconds = 2, ...named }: ProfileOptions,
): Promise<Profile> {
  checkCount("warmup", warmup, 0);
  if (repetitions !== undefined) checkCount("repetitions", repetitions, 1);
  if (!(seconds > 0))
    throw new ValueError(
      `profile: expected seconds > 0, got ${seconds}; leave it out for the default`,
    );
  const run = () => void scope(() => free(step()));
  for (let i = 0; i < warmup; i++) run();
  await engine.finish();
  const budget = { repetitions, until: () => performance.now() + 1000 * seconds };
  const timed = engine.gpu.device.features.has("timestamp-query");
  const runs = timed ? await timestamps(engine, run, budget) : [];
  const clock = await clocked(engine, run, budget);
  return new Profile(runs, { adapter: engine.gpu.adapter, clock, ...named });
}

interface Budget {
  readonly repetitions: number | undefined;
  /** The end of the time limit, if it starts now. */
  until(): number;
}

async function timestamps(
  engine: Engine,
  run: () => void,
  budget: Budget,
): Promise<KernelTime[][]> {
  const runs: KernelTime[][] = [];
  const end = budget.until();
  const enough = () =>
    runs.length >= (budget.repetitions ?? FEWEST) &&
    (budget.repetitions !== undefined || runs.length >= MOST || manyTicks(runs));
  do runs.push(await timeKernels(engine, run));
  while (!enough() && performance.now() < end);
  return runs;
}

/** Whether the times of every notable kernel amount to many ticks. */
function manyTicks(runs: readonly (readonly KernelTime[])[]): boolean {
  const sums = new Map<string, number>();
  for (const { kernel, milliseconds } of runs.flat()) {
    sums.set(kernel, (sums.get(kernel) ?? 0) + milliseconds);
  }
  const all = runs.reduce((sum, run) => sum + totalOf(run), 0);
  const least = TICKS * tickOf(runs);
  return [...sums.values()].every((sum) => sum < NOTABLE * all || sum >= least);
}

/** Times steps without timestamps, one after the other, each until the adapter has finished it. */
async function clocked(engine: Engine, run: () => void, budget: Budget): Promise<ClockTime> {
  const times: number[] = [];
  const end = budget.until();
  do {
    const begin = performance.now();
    run();
    await engine.finish();
    times.push(performance.now() - begin);
  } while (times.length < (budget.repetitions ?? FEWEST) && performance.now() < end);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * times.length)] as number;
  return { milliseconds: at(0.5), low: at(0.25), high: at(0.75), steps: times.length };
}

/** Tensors that the step returns are freed with the enclosing scope; a promise is returned, so that `scope` refuses it. */
function free(result: unknown): Promise<unknown> | undefined {
  return isA(result, "Promise") ? result : undefined;
}

function checkCount(name: string, count: number, least: number): void {
  if (Number.isInteger(count) && count >= least) return;
  throw new ValueError(`profile: expected ${name} an integer ≥ ${least}, got ${count}; round it`);
}
