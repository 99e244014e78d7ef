import { keyOf, whole } from "../shared/checks.ts";
import * as words from "../words/en/kmeans/page.ts";

/** Sets of points. */
export const clouds = {
  blobs: words.fiveGroups,
  uneven: words.largeAndSmall,
  stretched: words.stretched,
  even: words.noGroupsAtAll,
} as const;

export type CloudName = keyof typeof clouds;

export const photos = { china: words.summerPalace, flower: words.flower } as const;

export type PhotoName = keyof typeof photos;

/** Numbers of pixels from which the palette is computed. */
export const samples = {
  "2000": words.pixels2000,
  "10000": words.pixels10000,
  "50000": words.pixels50000,
  "0": words.allPixels,
} as const;

export type SampleName = keyof typeof samples;

export interface Settings {
  cloud: CloudName;
  /** The set of points. */
  points: number;
  /** Number of clusters. */
  clusters: number;
  /** Seed of the points and of both initialisations. */
  seed: number;
  photo: PhotoName;
  /** Number of colours in the palette. */
  colours: number;
  sample: SampleName;
}

export const defaultSettings = {
  cloud: "blobs",
  points: 500,
  clusters: 5,
  seed: 2,
  photo: "china",
  colours: 16,
  sample: 10000,
};

/** The most clusters for which there are colours and shapes. */
export const MOST_CLUSTERS = 10;
export const MOST_COLOURS = 64;

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  const { points, clusters, seed, colours } = given;
  whole("points", points, 10, 5000);
  whole("clusters", clusters, 1, MOST_CLUSTERS);
  whole("seed", seed, 0, 1_000_000);
  whole("colours", colours, 2, MOST_COLOURS);
  return {
    ...{ points, clusters, seed, colours },
    cloud: keyOf("cloud", given.cloud, clouds),
    photo: keyOf("photo", given.photo, photos),
    sample: keyOf("sample", String(given.sample), samples),
  };
}
