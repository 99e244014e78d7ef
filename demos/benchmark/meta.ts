import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/benchmark/page.ts";

export const meta: DemoMeta = {
  title: words.benchmark,
  summary: words.trainingStepsAndSingle,
  order: 5,
  short: "only=gelu|adam&rounds=1",
  picture: {
    url: new URL("./benchmark.webp", import.meta.url).href,
    alt: words.tableOfTrainingStepsAnd,
  },
};
