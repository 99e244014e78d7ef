import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Kernels",
  summary:
    "Read every WGSL kernel, check it on your GPU against float64, and time it against what the card can do.",
  order: 2,
  short: "only=softmax/",
  picture: {
    url: new URL("./kernels.webp", import.meta.url).href,
    alt: "A kernel's formula, its cases with their errors, and its shader, beside the list of all kernels",
  },
};
