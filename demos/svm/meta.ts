import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/svm/page.ts";

export const meta: DemoMeta = {
  title: words.supportVectorMachines,
  summary: words.drawPointsOrLoadTable,
  order: 6,
  short: "data=moons",
  picture: {
    url: new URL("./svm.webp", import.meta.url).href,
    alt: words.twoClassesOfPointsIn,
  },
};
