import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/losses/page.ts";

export const meta: DemoMeta = {
  title: words.losses,
  summary: words.whatWrongAnswerCostsAnd,
  order: 9,
  short: "steps=40&experiment=sure",
  picture: {
    url: new URL("./losses.webp", import.meta.url).href,
    alt: words.curvesOfFourLossesAnd,
  },
};
