import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/optimisers/page.ts";

export const meta: DemoMeta = {
  title: words.optimiserRace,
  summary: words.firstAndSecondOrderMethods,
  order: 4,
  short: "steps=10",
  picture: {
    url: new URL("./race.webp", import.meta.url).href,
    alt: words.pathsOfSevenOptimisersOver,
  },
};
