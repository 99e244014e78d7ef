/** Times a candidate: milliseconds of this many repetitions. */
export type TimeCandidate = (repetitions: number) => Promise<number>;

export interface RaceOptions {
  /** Duration of a sample in milliseconds: many ticks of a rounded timestamp, and many times the cost of a submit. */
  readonly sampleMs: number;
  /** Maximum number of samples of each candidate. Default 15. */
  readonly rounds?: number;
  /** The first candidate is replaced only by one that needs at least this fraction of its time less. Default 0.05. */
  readonly margin?: number;
  /** Called before every sample: whether there is time for it. */
  readonly proceed?: () => boolean;
}

/** Times of one candidate. */
export interface Time {
  /** Median milliseconds of one repetition. NaN if it was not timed. */
  readonly milliseconds: number;
  /** Median ratio of its time to that of the first candidate in the same round. NaN if it was not timed. */
  readonly ratio: number;
  /** Number of samples, without those that determined the number of repetitions. */
  readonly samples: number;
  /** The error if it could not be timed. */
  readonly error?: unknown;
}

export interface RaceResult {
  /** In the order of the candidates. */
  readonly times: readonly Time[];
  /** Index of the winner; undefined if there was too little time to decide. */
  readonly winner: number | undefined;
}

/** Minimum number of rounds for a candidate to win: five wins in a row have a probability of 1/32 by chance. */
const FEWEST = 5;
/** Fraction of the rounds that a winner must win. */
const MOSTLY = 0.8;
/** Candidates that take more than this many times as long as the fastest in a first sample are excluded. */
const HOPELESS = 2;
/** Maximum number of repetitions in a sample. */
const MOST = 4096;

/** A candidate and its measurements. */
interface Racer {
  readonly sample: TimeCandidate;
  readonly index: number;
  repetitions: number;
  /** Milliseconds of one repetition in a first sample. */
  guess: number;
  readonly samples: number[];
  readonly ratios: number[];
  error?: unknown;
}

/**
 * Times all candidates in turns, each round beginning with another one, so that a slow period of the machine or a falling
 * clock frequency affects all equally. Times are compared within a round; medians over the rounds exclude outliers. It ends
 * early when each candidate was faster by the margin in all rounds, or in none. Throws the error of the first candidate;
 * other candidates that throw are excluded.
 */
export async function race(
  samplers: readonly TimeCandidate[],
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

/** One sample of each candidate. False if there was no time for all of them: then the round does not count. */
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
    if (!(base > 0 && time > 0)) continue; // the driver returned no time
    racer.samples.push(time);
    racer.ratios.push(time / base);
  }
  return true;
}

/** Warms a candidate up and determines how many repetitions fill a sample. False if there was no time for it. */
async function getReady(racer: Racer, sampleMs: number, proceed: () => boolean): Promise<boolean> {
  if (!proceed()) return false;
  await first(racer); // the first run includes work that the driver postponed
  for (;;) {
    if (!proceed()) return false;
    const ms = await first(racer);
    racer.guess = ms / racer.repetitions;
    if (racer.error || ms >= sampleMs / 2 || racer.repetitions >= MOST) return true;
    const growth = Math.min(Math.max(sampleMs / ms, 2), 16); // 16 if ms is 0
    racer.repetitions = Math.min(MOST, Math.ceil(growth * racer.repetitions));
  }
}

/** One of the first samples; a candidate that throws is excluded. */
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

/** Whether the ratios of all rounds are on the same side of the bound. */
function isDecided({ ratios }: Racer, bound: number): boolean {
  return ratios.every((ratio) => ratio < bound) || ratios.every((ratio) => ratio > bound);
}

/** The first candidate, or the fastest of those that are faster by the margin, and in most rounds. */
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
    // candidates that were excluded have only their first sample
    milliseconds: samples.length > 0 ? quantile(samples, 0.5) : guess,
    ratio: ratios.length > 0 ? quantile(ratios, 0.5) : guess / (first?.guess ?? Number.NaN),
    samples: samples.length,
    ...(error !== undefined && { error }),
  }));
  return { times, winner };
}

/** Quantile with linear interpolation; NaN for an empty list. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
