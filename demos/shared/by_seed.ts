import { manualSeed, randomState, setRandomState } from "wgrad";

/**
 * The result of `work` with random numbers from a seed; afterwards the global generator continues as if it had not run.
 */
export function bySeed<R>(seed: number, work: () => R): R {
  const state = randomState();
  manualSeed(seed);
  try {
    return work();
  } finally {
    setRandomState(state);
  }
}
