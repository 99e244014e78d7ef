import {
  Compose,
  CutMix,
  MixUp,
  RandomCrop,
  RandomErasing,
  RandomHorizontalFlip,
  type Transform,
} from "wgrad/data/transforms";
import { classes, SIDE } from "../../resnet/data.ts";
import * as words from "../../words/en/augmentation/training.ts";

/** Black in normalised values: (0 − mean) / deviation. */
const BLACK = (0 - 0.286) / 0.353;

/** Recipes: what is done to the pictures of a training. */
export const recipes = {
  plain: { name: words.asTheyAre, colour: "ghost" },
  moved: { name: words.movedMirroredErased, colour: "blue" },
  mixup: { name: words.mixup, colour: "orange" },
  cutmix: { name: words.cutmix, colour: "green" },
} as const;

export type Recipe = keyof typeof recipes;

export const recipeNames = Object.keys(recipes) as Recipe[];

/** The transform of a recipe, for pictures of the data set; undefined if it changes nothing. */
export function transformOf(recipe: Recipe): Transform | undefined {
  const numClasses = classes.length;
  if (recipe === "plain") return undefined;
  if (recipe === "mixup") return new MixUp({ numClasses, alpha: 0.4 });
  if (recipe === "cutmix") return new CutMix({ numClasses });
  return new Compose([
    new RandomCrop(SIDE, { padding: 2, fill: BLACK }),
    new RandomHorizontalFlip(),
    new RandomErasing({ value: BLACK }),
  ]);
}
