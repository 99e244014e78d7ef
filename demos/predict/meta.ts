import type { DemoMeta } from "../shared/meta.ts";

export const meta: DemoMeta = {
  title: "What is in the picture?",
  summary:
    "A small network, or your own ONNX file, says what it sees in your pictures or before your camera, and learns classes of your own. Nothing is sent anywhere.",
  order: 3,
  short: "rounds=1&steps=30",
  picture: {
    url: new URL("./predict.webp", import.meta.url).href,
    alt: "A handwritten 0, what the network sees of it, and bars that say how sure it is of three digits it has just learned",
  },
};
