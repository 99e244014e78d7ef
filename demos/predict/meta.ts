import type { DemoMeta } from "../shared/meta.ts";
import * as words from "../words/en/predict/page.ts";

export const meta: DemoMeta = {
  title: words.whatIsInPicture,
  summary: words.smallNetworkOrYourOwn,
  order: 3,
  short: "rounds=1&steps=30",
  picture: {
    url: new URL("./predict.webp", import.meta.url).href,
    alt: words.handwritten0WhatNetwork,
  },
};
