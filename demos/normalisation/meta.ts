import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Normalisation",
  summary:
    "Which numbers of a batch share their mean, one network with each norm at batches of 2 to 64, and pictures that changed since.",
  order: 12,
  short: "steps=20&only=experiments",
  picture: {
    url: new URL("./normalisation.webp", import.meta.url).href,
    alt: "A batch of four samples and four channels as blocks of colour, before and after batch norm",
  },
};
