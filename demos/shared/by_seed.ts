import { manualSeed, randomState, setRandomState } from "wgrad";

/** What `work` makes by random numbers that a seed decides; whoever draws numbers meanwhile goes on with theirs. */
export function bySeed<R>(seed: number, work: () => R): R {
  const state = randomState();
  manualSeed(seed);
  try {
    return work();
  } finally {
    setRandomState(state);
  }
}
