import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Regression",
  summary:
    "Draw points, fit polynomials with and without a penalty, and see what held-out points say of them.",
  order: 10,
  short: "degree=5&experiment=by-heart",
  picture: {
    url: new URL("./regression.webp", import.meta.url).href,
    alt: "Points, a curve of degree twelve through them, and its errors by degree",
  },
};
