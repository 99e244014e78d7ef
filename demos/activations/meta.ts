import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/activations/page.ts";

export const meta: DemoMeta = {
  title: words.activations,
  summary: words.curvesAndTheirSlopesSignal,
  order: 11,
  short: "steps=20&depth=6",
  picture: {
    url: new URL("./activations.webp", import.meta.url).href,
    alt: words.reluAndSigmoidWithTheir,
  },
};
