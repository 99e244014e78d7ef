import { keyOf, oneOf, whole, within } from "../shared/checks.ts";
import * as words from "../words/en/augmentation/page.ts";
import { type Method, methods } from "./imbalance/methods.ts";
import { type Mixing, mixings } from "./mixing/mixings.ts";
import { type Recipe, recipeNames } from "./training/recipes.ts";

/** Strengths of the wall's transforms; 0 turns one off. */
export interface Strengths {
  /** Degrees to either side. */
  rotate: number;
  /** Share of the picture's side, in every direction. */
  shift: number;
  /** The scale is drawn from 1 − zoom to 1 + zoom. */
  zoom: number;
  /** Degrees to either side. */
  shear: number;
  /** Probability that a picture is mirrored. */
  flip: number;
  /** Brightness and contrast are drawn from 1 − a to 1 + a. */
  brightness: number;
  contrast: number;
  /** Deviation of the noise that is added to values of 0 to 1. */
  noise: number;
  /** Probability that a box is erased. */
  erase: number;
}

export interface Settings extends Strengths {
  /** Kind of clothing on the wall. */
  kind: number;
  /** Seed of the wall. */
  seed: number;
  mixing: Mixing;
  /** λ is drawn from Beta(alpha, alpha). */
  alpha: number;
  /** Side of the square that Cutout takes, in pixels. */
  side: number;
  /** Seed of the mixed batch. */
  batch: number;
  /** Training pictures, the same number of each kind. */
  pictures: number;
  epochs: number;
  /** Number of trainings for each recipe; their seeds begin at 1. */
  seeds: number;
  /** Number of held-out pictures, of 2,000. */
  heldOut: number;
  /** The recipes to train. */
  recipes: readonly Recipe[];
  /** The method against class imbalance. */
  method: Method;
  /** γ of the focal loss. */
  gamma: number;
  /** Threshold: log-odds from which on a point is predicted as rare. */
  cut: number;
  /** Training steps for the two classes. */
  steps: number;
  /** Share of their steps and epochs that the experiments take. */
  part: number;
}

/** Names in the address. */
export const defaultSettings = {
  ...{ rotate: 20, shift: 0.1, zoom: 0.1, shear: 0, flip: 0.5 },
  ...{ brightness: 0.2, contrast: 0, noise: 0, erase: 0.3 },
  kind: "Sneaker",
  seed: 1,
  mixing: "cutmix",
  alpha: 1,
  side: 12,
  batch: 1,
  pictures: 500,
  epochs: 40,
  seeds: 1,
  heldOut: 2000,
  recipes: "plain,cutmix",
  method: "plain",
  gamma: 2,
  cut: 0,
  steps: 200,
  part: 1,
};

/** Settings for `?auto=1` unless the address has others: every recipe, three times. */
export const wholeSettings = { ...defaultSettings, seeds: 3, recipes: recipeNames.join() };

type Range = readonly [from: number, to: number];

/** Kinds of clothing by their names in the address, in the order of their labels. */
const kinds = [
  ...["T-shirt", "Trousers", "Pullover", "Dress", "Coat"],
  ...["Sandal", "Shirt", "Sneaker", "Bag", "Boot"],
];

const bounds = {
  ...{ rotate: [0, 180], shift: [0, 0.4], zoom: [0, 0.5], shear: [0, 45], flip: [0, 1] },
  ...{ brightness: [0, 0.9], contrast: [0, 0.9], noise: [0, 0.5], erase: [0, 1] },
  ...{ alpha: [0.1, 10], gamma: [0, 5], cut: [-6, 6], part: [0.1, 1] },
} satisfies Partial<Record<keyof Settings, Range>>;

const wholeBounds = {
  ...{ seed: [0, 1e6], batch: [0, 1e6], side: [2, 28], pictures: [50, 5000], epochs: [1, 200] },
  ...{ seeds: [1, 10], heldOut: [10, 2000], steps: [1, 2000] },
} satisfies Partial<Record<keyof Settings, Range>>;

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  for (const [name, [from, to]] of Object.entries<Range>(bounds)) {
    within(name, given[name as keyof typeof bounds], from, to);
  }
  for (const [name, [from, to]] of Object.entries<Range>(wholeBounds)) {
    whole(name, given[name as keyof typeof wholeBounds], from, to);
  }
  const { pictures } = given;
  if (pictures % 50 !== 0) throw new Error(words.picturesExpectedMultipleOf(pictures));
  const recipes = given.recipes.split(",").map((each) => oneOf("recipes", each, recipeNames));
  return {
    ...given,
    kind: kinds.indexOf(oneOf("kind", given.kind, kinds)),
    mixing: keyOf("mixing", given.mixing, mixings),
    method: keyOf("method", given.method, methods),
    recipes: recipeNames.filter((name) => recipes.includes(name)),
  };
}

/** The settings as parameters of the address. */
export const parametersOf = ({ recipes, kind, ...rest }: Settings) => ({
  ...rest,
  kind: kinds[kind] ?? "",
  recipes: recipes.join(),
});
