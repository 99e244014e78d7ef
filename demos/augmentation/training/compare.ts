import { type Clothes, classes } from "../../resnet/data.ts";
import { digest } from "../../shared/digest.ts";
import type { Settings } from "../settings.ts";
import { type Learned, type Lesson, learn, type Watcher } from "./learn.ts";
import { type Recipe, recipeNames } from "./recipes.ts";

export { learn };

/** A finished training. */
export interface Run extends Learned {
  readonly recipe: Recipe;
  readonly seed: number;
}

/** Measurements during a training. */
const MEASUREMENTS = 10;

/** The first `count` training pictures, the same number of each kind. */
function someOfEach({ train, labels }: Clothes, count: number): Uint32Array<ArrayBuffer> {
  const each = count / classes.length;
  const seen = classes.map(() => 0);
  return train.filter((picture) => {
    const label = labels[picture] ?? 0;
    seen[label] = (seen[label] ?? 0) + 1;
    return (seen[label] ?? 0) <= each;
  });
}

/** Options that all trainings share. */
export function lessonOf(
  clothes: Clothes,
  { pictures, heldOut, epochs }: Pick<Settings, "pictures" | "heldOut" | "epochs">,
) {
  return {
    pictures: someOfEach(clothes, pictures),
    heldOut: clothes.heldOut.slice(0, heldOut),
    ...{ epochs, every: Math.max(1, Math.round(epochs / MEASUREMENTS)) },
  } satisfies Partial<Lesson>;
}

/** Trains once for every recipe and seed, seed by seed. */
export async function compare(
  clothes: Clothes,
  settings: Settings,
  {
    signal,
    begin,
    onRun,
  }: {
    readonly signal: AbortSignal;
    readonly begin: (recipe: Recipe, seed: number) => Omit<Watcher, "signal">;
    readonly onRun: (run: Run) => void;
  },
): Promise<Run[]> {
  const common = lessonOf(clothes, settings);
  const runs: Run[] = [];
  for (let seed = 1; seed <= settings.seeds; seed++) {
    for (const recipe of settings.recipes) {
      const watcher = { signal, ...begin(recipe, seed) };
      const run = { recipe, seed, ...(await learn(clothes, { ...common, recipe, seed }, watcher)) };
      runs.push(run);
      onRun(run);
    }
  }
  return runs;
}

/**
 * Whether two short trainings with one seed have the same losses to the bit, for every recipe that changes pictures.
 */
export async function reproducible(
  clothes: Clothes,
  settings: Settings,
  signal: AbortSignal,
): Promise<boolean> {
  const common = {
    ...lessonOf(clothes, { ...settings, heldOut: 10 }),
    epochs: 2,
    every: 2,
    seed: 1,
  };
  for (const recipe of recipeNames.slice(1)) {
    const [first, second] = [
      await learn(clothes, { ...common, recipe }, { signal }),
      await learn(clothes, { ...common, recipe }, { signal }),
    ];
    if (digest(first.losses) !== digest(second.losses)) return false;
  }
  return true;
}
