import { CutMix, Cutout, MixUp, type Transform } from "wgrad/data/transforms";
import * as words from "../../words/en/augmentation/mixing.ts";

/** Ways to mix a batch with its labels. */
export const mixings = { cutout: words.cutout, mixup: words.mixup, cutmix: words.cutmix } as const;

export type Mixing = keyof typeof mixings;

/** The transform, for pictures of ten classes. */
export function mixingOf(
  mixing: Mixing,
  { alpha, side }: { readonly alpha: number; readonly side: number },
): Transform {
  if (mixing === "cutout") return new Cutout(side);
  return mixing === "mixup"
    ? new MixUp({ alpha, numClasses: 10 })
    : new CutMix({ alpha, numClasses: 10 });
}
