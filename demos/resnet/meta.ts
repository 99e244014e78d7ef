import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "ResNet lab",
  summary:
    "Train a residual network on pictures of clothing, change its parts, and watch it learn on your GPU.",
  order: 1,
  short: "steps=14&every=6&batch=32&width=4&glance=40&heldOut=200",
  picture: {
    url: new URL("./lab.webp", import.meta.url).href,
    alt: "The lab after a training: falling loss, rising accuracy, pictures with their predictions",
  },
};
