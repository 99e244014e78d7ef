import { callBack } from "../../core/caller.ts";
import { ValueError } from "../../core/errors.ts";
import { callback, number, record } from "../../core/kinds.ts";
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
  /** Engine that runs the step. Default: the one new tensors live on. */
  readonly engine?: Engine;
  /** Steps that are run first and not timed. Default 2. */
  readonly warmup?: number;
  /** Steps timed with timestamps, and as many by the clock. Default: until their times are many ticks, 8 to 200. */
  readonly repetitions?: number;
  /** Time after which no more repetitions are begun, twice: with timestamps and without. Default 2. */
  readonly seconds?: number;
}

/** Default number of repetitions. */
const [FEWEST, MOST] = [8, 200];
/** Ticks that a kernel should add up to, so that their rounding is a few per cent of it … */
const TICKS = 50;
/** … if it takes at least this share of the step. */
const NOTABLE = 0.02;

/**
 * Repeats a step and tells where its time goes: by phase, kernel and layer, with rates and, with a measured roofline, the
 * share of it. The step is run as always, so a training step trains; its results are those of as many steps without a
 * profile. Tensors it makes are freed. A captured step tells its layers, too:
 *
 *     const found = await profile(() => step(x, y));
 *     console.log(found.table());
 *
 * Where the adapter has no timestamps, whole steps are timed by the clock, and nothing else. Throws `ValueError` for
 * numbers that cannot be and for an asynchronous step: time one with `timeKernels` and make a `Profile` of that.
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
  if (!(seconds > 0)) throw new ValueError(`profile: expected seconds > 0, got ${seconds}`);
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
  /** When it is used up, if it begins now. */
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

/** Whether every kernel that takes a notable share has been seen for many ticks. */
function manyTicks(runs: readonly (readonly KernelTime[])[]): boolean {
  const sums = new Map<string, number>();
  for (const { kernel, milliseconds } of runs.flat()) {
    sums.set(kernel, (sums.get(kernel) ?? 0) + milliseconds);
  }
  const all = runs.reduce((sum, run) => sum + totalOf(run), 0);
  const least = TICKS * tickOf(runs);
  return [...sums.values()].every((sum) => sum < NOTABLE * all || sum >= least);
}

/** Steps without timestamps, one after the other, each until the adapter has finished it. */
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

/** What the step returns is freed with the scope it is made in; a promise goes on, for `scope` to refuse. */
function free(result: unknown): Promise<unknown> | undefined {
  return result instanceof Promise ? result : undefined;
}

function checkCount(name: string, count: number, least: number): void {
  if (Number.isInteger(count) && count >= least) return;
  throw new ValueError(`profile: expected ${name} an integer ≥ ${least}, got ${count}; round it`);
}
