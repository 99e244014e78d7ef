import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/augmentation/page.ts";

export const meta: DemoMeta = {
  title: words.augmentationAndImbalance,
  summary: words.turnMixAndErasePictures,
  order: 8,
  short: "steps=20&only=experiments",
  picture: {
    url: new URL("./augmentation.webp", import.meta.url).href,
    alt: words.wallOfSneakersTurnedMoved,
  },
};
