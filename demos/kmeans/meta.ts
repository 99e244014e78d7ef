import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/kmeans/page.ts";

export const meta: DemoMeta = {
  title: words.kMeans,
  summary: words.watchCentroidsFindGroupsOf,
  order: 7,
  short: "points=200&sample=2000&colours=8",
  picture: {
    url: new URL("./kmeans.webp", import.meta.url).href,
    alt: words.pointsWithWaysTheir,
  },
};
