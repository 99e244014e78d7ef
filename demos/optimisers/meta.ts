import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Optimiser race",
  summary:
    "First and second order methods run down the same slope from the same start: drag it, and see who gets stuck.",
  order: 4,
  short: "steps=10",
  picture: {
    url: new URL("./race.webp", import.meta.url).href,
    alt: "Paths of seven optimisers over the contours of Himmelblau's function, and a table of how far each has come",
  },
};
