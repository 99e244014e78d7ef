import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Support vector machines",
  summary:
    "Draw points, or load a table: see the border, its margins and the points that hold it up move with the kernel.",
  order: 6,
  short: "data=moons",
  picture: {
    url: new URL("./svm.webp", import.meta.url).href,
    alt: "Two classes of points in the shape of moons, the border between them, its margins, and rings around support vectors",
  },
};
