import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "K-Means",
  summary:
    "Watch centroids find groups of points, choose how many there are, and paint a photograph in a handful of colours.",
  order: 7,
  short: "points=200&sample=2000&colours=8",
  picture: {
    url: new URL("./kmeans.webp", import.meta.url).href,
    alt: "Points with the ways their centroids went, and a photograph beside itself in sixteen colours",
  },
};
