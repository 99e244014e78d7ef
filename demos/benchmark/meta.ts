import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Benchmark",
  summary:
    "Training steps and single layers on your GPU, beside TensorFlow.js and jax-js in the same browser, in turns.",
  order: 5,
  short: "only=gelu|adam&rounds=1",
  picture: {
    url: new URL("./benchmark.webp", import.meta.url).href,
    alt: "A table of training steps and layers with the time of three libraries and how they compare",
  },
};
