/** A candidate whose work is timed: milliseconds of so many repetitions of it. */
export type Sampler = (repetitions: number) => Promise<number>;

export interface RaceOptions {
  /** Milliseconds a sample should take: many ticks of a rounded timestamp, and many times what a submit costs. */
  readonly sampleMs: number;
  /** Most samples of each. Default 15. */
  readonly rounds?: number;
  /** The first one is replaced only by one that needs this share of its time less. Default 0.05. */
  readonly margin?: number;
  /** Asked before every sample: whether there is time for it. */
  readonly proceed?: () => boolean;
}

/** How one of them did. */
export interface Time {
  /** Of one repetition: the median. NaN if it was not timed. */
  readonly milliseconds: number;
  /** Its time over that of the first in the same round: the median. NaN if it was not timed. */
  readonly ratio: number;
  /** Samples taken, apart from finding out how many repetitions one needs. */
  readonly samples: number;
  /** Why it could not be timed. */
  readonly error?: unknown;
}

export interface RaceResult {
  /** In the order they were given in. */
  readonly times: readonly Time[];
  /** Index of the one to take; undefined if the time was too short to tell. */
  readonly winner: number | undefined;
}

/** Rounds below which no candidate wins: five in a row by chance are 1 in 32. */
const FEWEST = 5;
/** Share of the rounds that a winner has to win. */
const MOSTLY = 0.8;
/** Who takes more than this many times as long as the fastest at first sight is not raced. */
const HOPELESS = 2;
/** Most repetitions of a sample. */
const MOST = 4096;

/** A racer, and what was found out about it. */
interface Racer {
  readonly sample: Sampler;
  readonly index: number;
  repetitions: number;
  /** Milliseconds of one repetition at first sight. */
  guess: number;
  readonly samples: number[];
  readonly ratios: number[];
  error?: unknown;
}

/**
 * Times all of them in turns, each round beginning with another one, so that a slow spell of the machine or a falling clock
 * hits all alike. Compared is within a round; medians over the rounds leave odd ones out. It ends early when every one of
 * them was faster by the margin in all rounds, or in none. Throws what the first one throws; another one that throws is
 * out of the race.
 */
export async function race(
  samplers: readonly Sampler[],
  { sampleMs, rounds = 15, margin = 0.05, proceed = () => true }: RaceOptions,
): Promise<RaceResult> {
  const racers: Racer[] = samplers.map((sample, index) => ({
    ...{ sample, index, repetitions: 1, guess: Number.NaN, samples: [], ratios: [] },
  }));
  for (const racer of racers) {
    if (!(await getReady(racer, sampleMs, proceed))) return result(racers, undefined);
  }
  const fastest = Math.min(...racers.filter(({ error }) => !error).map(({ guess }) => guess));
  const field = racers.filter(
    ({ index, error, guess }) => index === 0 || (!error && guess <= HOPELESS * fastest),
  );
  for (let round = 0; round < rounds && field.length > 1; round++) {
    if (!(await runRound(field, round, proceed))) break;
    if (round + 1 >= FEWEST && field.slice(1).every((racer) => isDecided(racer, 1 - margin))) break;
  }
  const enough = field.length === 1 || field.every(({ ratios }) => ratios.length >= FEWEST);
  return result(racers, enough ? winnerOf(field, 1 - margin) : undefined);
}

/** One sample of each. False if there was no time for all of them: then none counts. */
async function runRound(
  field: readonly Racer[],
  round: number,
  proceed: () => boolean,
): Promise<boolean> {
  const times = new Map<Racer, number>();
  for (let i = 0; i < field.length; i++) {
    if (!proceed()) return false;
    const racer = field[(i + round) % field.length] as Racer;
    times.set(racer, (await racer.sample(racer.repetitions)) / racer.repetitions);
  }
  const base = times.get(field[0] as Racer) ?? 0;
  for (const [racer, time] of times) {
    if (!(base > 0 && time > 0)) continue; // a driver that gave no time
    racer.samples.push(time);
    racer.ratios.push(time / base);
  }
  return true;
}

/** Warms it up and finds out how many repetitions fill a sample. False if there was no time for it. */
async function getReady(racer: Racer, sampleMs: number, proceed: () => boolean): Promise<boolean> {
  if (!proceed()) return false;
  await first(racer); // pays for what the driver has put off
  for (;;) {
    if (!proceed()) return false;
    const ms = await first(racer);
    racer.guess = ms / racer.repetitions;
    if (racer.error || ms >= sampleMs / 2 || racer.repetitions >= MOST) return true;
    const growth = Math.min(Math.max(sampleMs / ms, 2), 16); // 16 where ms is 0
    racer.repetitions = Math.min(MOST, Math.ceil(growth * racer.repetitions));
  }
}

/** One of the first samples: who cannot give it is out. */
async function first(racer: Racer): Promise<number> {
  if (racer.error) return Number.NaN;
  try {
    return await racer.sample(racer.repetitions);
  } catch (error) {
    if (racer.index === 0) throw error;
    racer.error = error;
    return Number.NaN;
  }
}

/** Whether all of its rounds are on one side of the bound. */
function isDecided({ ratios }: Racer, bound: number): boolean {
  return ratios.every((ratio) => ratio < bound) || ratios.every((ratio) => ratio > bound);
}

/** The first, or the fastest of those that are faster by the margin, and in most rounds. */
function winnerOf(field: readonly Racer[], bound: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const { index, ratios } of field) {
    const ratio = quantile(ratios, 0.5);
    const won = ratios.filter((each) => each < 1).length;
    if (index === 0 || !(ratio < bound) || won < MOSTLY * ratios.length || ratio >= least) continue;
    [best, least] = [index, ratio];
  }
  return best;
}

function result(racers: readonly Racer[], winner: number | undefined): RaceResult {
  const [first] = racers;
  const times = racers.map(({ samples, ratios, guess, error }) => ({
    // who was not raced is told by its first sight
    milliseconds: samples.length > 0 ? quantile(samples, 0.5) : guess,
    ratio: ratios.length > 0 ? quantile(ratios, 0.5) : guess / (first?.guess ?? Number.NaN),
    samples: samples.length,
    ...(error !== undefined && { error }),
  }));
  return { times, winner };
}

/** Between neighbours it interpolates; NaN of nothing. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
