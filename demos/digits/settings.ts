import { oneOf, whole } from "../shared/checks.ts";
import * as words from "../words/en/digits/page.ts";
import { example, readBitmap, writeBitmap } from "./drawing/bitmap.ts";
import { readOwn } from "./own.ts";

export const metrics = {
  euclidean: words.euclidean,
  manhattan: words.manhattan,
  cosine: words.cosine,
} as const;

export type Metric = keyof typeof metrics;

export interface Settings {
  /** Number of neighbours that vote. */
  k: number;
  metric: Metric;
  /** Whether a drawing is centred and enlarged to the size of the data set's digits. */
  centre: boolean;
  /** Number of clusters of K-Means. */
  groups: number;
  /** Seed of the network's training. */
  steps: number;
  /** The drawing, and the digits that the visitor has added, as text. */
  drawing: string;
  own: string;
}

export const defaultSettings = {
  ...{ k: 5, metric: "euclidean", centre: true, groups: 30, steps: 150 },
  ...{ drawing: writeBitmap(example()), own: "" },
};

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  whole("k", given.k, 1, 100);
  whole("groups", given.groups, 2, 100);
  whole("steps", given.steps, 10, 5000);
  readBitmap(given.drawing);
  readOwn(given.own);
  return { ...given, metric: oneOf("metric", given.metric, Object.keys(metrics) as Metric[]) };
}
