import type { Clothes } from "../../resnet/data.ts";
import { rareClothes } from "./clothes.ts";
import { tell } from "./learn.ts";
import { type Method, methodNames } from "./methods.ts";
import { type Scores, scoresOf } from "./scores.ts";

/**
 * Weight of a rare sample relative to a common one when precision is computed, so that it has the ratio of the training
 * set.
 */
const RARITY = 1 / 50;

export interface RareRun extends Scores {
  readonly method: Method;
  readonly seed: number;
}

/** Evaluates every method on T-shirts and shirts, for every seed. */
export async function rareRuns(
  clothes: Clothes,
  { seeds, steps, gamma }: { seeds: number; steps: number; gamma: number },
  { signal, onRun }: { signal: AbortSignal; onRun: (run: RareRun) => void },
): Promise<RareRun[]> {
  const runs: RareRun[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const { train, heldOut } = await rareClothes(clothes, seed);
    const weight = heldOut.y.map((label) => (label ? RARITY : 1));
    for (const method of methodNames) {
      const model = await tell({ samples: train, method, gamma, seed, steps }, { signal });
      const odds = await model.odds(heldOut.X);
      model.dispose();
      signal.throwIfAborted();
      runs.push({ method, seed, ...scoresOf(heldOut.y, odds, { weight }) });
      onRun(runs.at(-1) as RareRun);
    }
  }
  return runs;
}
