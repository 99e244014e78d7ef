import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Activations",
  summary:
    "Curves and their slopes, a signal through twenty layers, and one network trained with two of them.",
  order: 11,
  short: "steps=20&depth=6",
  picture: {
    url: new URL("./activations.webp", import.meta.url).href,
    alt: "ReLU and the sigmoid with their slopes, flat parts shaded",
  },
};
