import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/normalisation/page.ts";

export const meta: DemoMeta = {
  title: words.normalisation,
  summary: words.whichNumbersOfBatchShare,
  order: 12,
  short: "steps=20&only=experiments",
  picture: {
    url: new URL("./normalisation.webp", import.meta.url).href,
    alt: words.batchOfFourSamplesAnd,
  },
};
