import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/resnet/page.ts";

export const meta: DemoMeta = {
  title: words.resnetLab,
  summary: words.trainResidualNetworkOn,
  order: 1,
  short: "steps=14&every=6&batch=32&width=4&glance=40&heldOut=200",
  picture: {
    url: new URL("./lab.webp", import.meta.url).href,
    alt: words.labAfterTrainingFalling,
  },
};
