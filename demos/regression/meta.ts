import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/regression/page.ts";

export const meta: DemoMeta = {
  title: words.regression,
  summary: words.drawPointsFitPolynomials,
  order: 10,
  short: "degree=5&experiment=by-heart",
  picture: {
    url: new URL("./regression.webp", import.meta.url).href,
    alt: words.pointsCurveOfDegreeTwelve,
  },
};
