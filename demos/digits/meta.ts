import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/digits/page.ts";

export const meta: DemoMeta = {
  title: words.digitsAndNeighbours,
  summary: words.drawDigitNearestNeighbours,
  order: 13,
  short: "steps=20",
  picture: {
    url: new URL("./digits.webp", import.meta.url).href,
    alt: words.drawnDigitBesideFiveDigits,
  },
};
