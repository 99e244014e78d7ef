import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "Augmentation and imbalance",
  summary:
    "Turn, mix and erase pictures, train with and without from 500 of them, and find one in fifty.",
  order: 8,
  short: "steps=20&only=experiments",
  picture: {
    url: new URL("./augmentation.webp", import.meta.url).href,
    alt: "A wall of sneakers, turned, moved and partly erased, beside sliders and matrices",
  },
};
