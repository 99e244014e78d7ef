import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { race, type TimeCandidate } from "../../../src/train/tuning/race.ts";

interface Machine {
  /** The clock's resolution: times are multiples of it. */
  readonly tick?: number;
  /** Random variation of each sample, as a share of its time. */
  readonly noise?: number;
  /** Factor by which an occasional sample takes longer. */
  readonly spikes?: number;
  /** Factor by which everything becomes slower with each sample taken. */
  readonly drift?: number;
  /** Cost of a submit, in milliseconds. */
  readonly submit?: number;
}

/** Samplers of candidates with these costs in milliseconds, on a machine with such faults. */
function machine(costs: readonly number[], faults: Machine = {}, seed = 7) {
  const { tick = 0, noise = 0, spikes = 0, drift = 1, submit = 0 } = faults;
  const random = seeded(seed);
  const samples: number[] = costs.map(() => 0);
  let [slow, spent] = [1, 0];
  const samplers = costs.map(
    (cost, i): TimeCandidate =>
      async (repetitions) => {
        samples[i] = (samples[i] ?? 0) + 1;
        slow *= drift;
        const odd = random() < 0.1 ? spikes : 0;
        const time = submit + repetitions * cost * slow * (1 + noise * (random() - 0.5) + odd);
        spent += time;
        // begin and end are rounded: the difference is off by up to a tick either way
        return tick > 0 ? tick * Math.floor(time / tick + random()) : time;
      },
  );
  return { samplers, samples, spent: () => spent };
}

const sampleMs = 10;

describe("a race", () => {
  test("is won by a sampler that is clearly faster", async () => {
    const { times, winner } = await race(machine([1, 0.8, 0.9]).samplers, { sampleMs });
    expect(winner).toBe(1);
    expect(times.map(({ milliseconds }) => milliseconds)).toEqual([1, 0.8, 0.9].map(closeTo));
    expect(times.map(({ ratio }) => ratio)).toEqual([1, 0.8, 0.9].map(closeTo));
  });

  test("keeps the first where another is faster by less than the margin", async () => {
    const { samplers } = machine([1, 0.96]);
    expect((await race(samplers, { sampleMs })).winner).toBe(0);
    expect((await race(samplers, { sampleMs, margin: 0.03 })).winner).toBe(1);
  });

  test("keeps the first among equals, and finds the faster one, however noisy they are", async () => {
    const wins = async (costs: readonly number[], noise: number) => {
      let first = 0;
      for (let seed = 0; seed < 200; seed++) {
        const { samplers } = machine(costs, { noise }, seed);
        if ((await race(samplers, { sampleMs })).winner === 0) first++;
      }
      return first / 200;
    };
    expect(await wins([1, 1, 1, 1], 0.05)).toBe(1);
    expect(await wins([1, 1, 1, 1], 0.2)).toBeGreaterThan(0.9);
    expect(await wins([1, 1.2, 0.85], 0.2)).toBeLessThan(0.02);
  });

  test("sees through rounded timestamps: work of a tenth of a tick, 15 % apart", async () => {
    const { samplers } = machine([0.01, 0.0085], { tick: 0.1, noise: 0.02 });
    const { times, winner } = await race(samplers, { sampleMs });
    expect(winner).toBe(1);
    expect(times[0]?.milliseconds).toBeCloseTo(0.01, 3);
    const equal = machine([0.01, 0.01], { tick: 0.1 }).samplers;
    expect((await race(equal, { sampleMs })).winner).toBe(0);
  });

  test("is not fooled by odd samples, by a machine that becomes slower, or by what a submit costs", async () => {
    for (const faults of [{ spikes: 9, noise: 0.05 }, { drift: 1.02 }, { drift: 0.98 }]) {
      expect((await race(machine([1, 0.8], faults).samplers, { sampleMs })).winner).toBe(1);
      expect((await race(machine([1, 1], faults).samplers, { sampleMs })).winner).toBe(0);
      expect((await race(machine([0.8, 1], faults).samplers, { sampleMs })).winner).toBe(0);
    }
    const { samplers } = machine([0.01, 0.008], { submit: 0.3 });
    expect((await race(samplers, { sampleMs })).winner).toBe(1);
  });

  test("asks for as many repetitions as fill a sample, and for one of what is long", async () => {
    const asked: number[][] = [[], []];
    const samplers = [0.001, 50].map(
      (cost, i): TimeCandidate =>
        async (repetitions) => {
          asked[i]?.push(repetitions);
          return repetitions * cost;
        },
    );
    await race(samplers.slice(0, 1), { sampleMs });
    await race(samplers.slice(1), { sampleMs });
    expect(asked[0]?.at(-1)).toBeGreaterThanOrEqual(4096); // the largest number of repetitions
    expect(asked[1]).toEqual([1, 1]);
  });

  test("stops when every comparison is decided, and drops samplers that are far behind", async () => {
    const { samplers, samples } = machine([1, 0.5, 1.5, 0.9, 3]);
    const { times, winner } = await race(samplers, { sampleMs });
    expect(winner).toBe(1);
    expect(times.map(({ samples }) => samples)).toEqual([5, 5, 0, 5, 0]);
    expect(times[4]?.ratio).toBeCloseTo(3);
    expect(samples[4]).toBeLessThan(6);
    let turn = 0;
    const changing: TimeCandidate = async (n) => n * (turn++ % 2 ? 0.9 : 1);
    const close = await race([async (n) => n, changing], { sampleMs, rounds: 12 });
    expect(close.times.map(({ samples }) => samples)).toEqual([12, 12]);
  });

  test("has no winner if the time ends before enough rounds", async () => {
    for (const most of [0, 1, 3, 12]) {
      let left = most;
      const proceed = () => left-- > 0;
      const { samplers, samples } = machine([20, 5]);
      expect((await race(samplers, { sampleMs, proceed })).winner).toBeUndefined();
      expect((samples[0] ?? 0) + (samples[1] ?? 0)).toBe(most);
    }
  });

  test("counts no sample for which the driver gave no time", async () => {
    let calls = 0;
    const failing: TimeCandidate = async (n) => (++calls % 3 === 0 ? 0 : n);
    const { times } = await race([async (n) => n, failing], { sampleMs });
    expect(times[1]?.ratio).toBe(1);
  });

  test("continues without a sampler that fails, and fails if the first one does", async () => {
    const broken: TimeCandidate = async () => {
      throw new Error("no such feature");
    };
    const fine: TimeCandidate = async (n) => n;
    const { times, winner } = await race([fine, broken, async (n) => n / 2], { sampleMs });
    expect(winner).toBe(2);
    expect(times[1]).toEqual({
      ...{ milliseconds: NaN, ratio: NaN, samples: 0 },
      error: new Error("no such feature"),
    });
    await expect(race([broken, fine], { sampleMs })).rejects.toThrow("no such feature");
  });

  test("is stopped by a signal, whichever sampler is running", async () => {
    for (const at of [0, 1, 4, 9]) {
      let asked = 0;
      const proceed = () => {
        if (asked++ === at) throw new Error("stopped");
        return true;
      };
      const work = race(machine([20, 20]).samplers, { sampleMs, proceed });
      await expect(work).rejects.toThrow("stopped");
    }
  });
});

function closeTo(value: number): unknown {
  return expect.closeTo(value, 6);
}
