import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/kernels/page.ts";

export const meta: DemoMeta = {
  title: words.kernels,
  summary: words.readEveryWgslKernelCheck,
  order: 2,
  short: "only=softmax/",
  picture: {
    url: new URL("./kernels.webp", import.meta.url).href,
    alt: words.kernelsFormulaCasesWith,
  },
};
