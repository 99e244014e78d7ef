import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Losses",
  summary:
    "What a wrong answer costs and where its gradient pulls: numbers, classes, lines, triplets.",
  order: 9,
  short: "steps=40&experiment=sure",
  picture: {
    url: new URL("./losses.webp", import.meta.url).href,
    alt: "Curves of four losses and of their gradients over the error",
  },
};
