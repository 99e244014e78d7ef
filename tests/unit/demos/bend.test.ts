import { describe, expect, test } from "vitest";
import { bend, howManySentence } from "../../../demos/kmeans/groups/bend.ts";

/** Inertia of 500 points in the plane for 1 to 11 clusters, each the best of 60 starts. */
const clouds = {
  blobs: [5638, 2659, 1769, 876, 298, 273, 250, 231, 212, 197, 182],
  uneven: [4246, 1555, 830, 562, 386, 300, 257, 217, 193, 173, 160],
  stretched: [3241, 1584, 1168, 854, 649, 516, 424, 335, 288, 250, 223],
  even: [6293, 3555, 2376, 1507, 1161, 969, 840, 746, 654, 584, 513],
};

describe("the bend of the inertia's curve", () => {
  test("is at five for five groups, and nowhere for the other clouds", () => {
    expect(bend(clouds.blobs)).toBe(5);
    for (const name of ["uneven", "stretched", "even"] as const) {
      expect(bend(clouds[name]), name).toBeUndefined();
    }
  });

  test("is nowhere where inertia goes with one over the number of clusters", () => {
    expect(bend(Array.from({ length: 10 }, (_, i) => 1000 / (i + 1)))).toBeUndefined();
  });

  test("is mentioned only if it exists", () => {
    const found = { ks: [], inertias: [], clearest: 4 };
    expect(howManySentence({ ...found, knee: 5, silhouettes: [0.4, 0.7] })).toBe(
      "The curve of the inertia bends at 5; the silhouette is greatest at 4, 0.70.",
    );
    expect(howManySentence({ ...found, knee: undefined, silhouettes: [0.4, 0.42] })).toBe(
      "The curve of the inertia has no bend; the silhouette is greatest at 4, 0.42: below 0.5, so no number of clusters stands out.",
    );
  });
});
