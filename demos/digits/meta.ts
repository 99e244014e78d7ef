import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Digits and neighbours",
  summary:
    "Draw a digit: its nearest neighbours, its place on a map of 1,797, and what four kinds of learning say.",
  order: 13,
  short: "steps=20",
  picture: {
    url: new URL("./digits.webp", import.meta.url).href,
    alt: "A drawn digit beside the five digits that are nearest to it",
  },
};
