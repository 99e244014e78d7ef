import { ValueError } from "../../core/errors.ts";
import { integer, number } from "../../core/kinds.ts";
import { seeded } from "../../core/rng.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { samples } from "../kinds.ts";
import { columnsOf, frameOf } from "../points.ts";
import { readMatrix, type Samples } from "../samples.ts";
import { firstCentres } from "./seeding.ts";

interface Seed {
  readonly randomState?: number;
}

/**
 * Only the initial centres of k-means++ (Arthur and Vassilvitskii 2007): [nClusters, features], samples that are far from
 * each other. Throws `ValueError` for fewer samples than clusters.
 */
export const kmeansPlusplus = /* @__PURE__ */ checkedAsync(
  "kmeansPlusplus",
  { X: samples, nClusters: number, options: options<Seed>({ randomState: integer }) },
  async (
    X: Samples,
    nClusters: number,
    { randomState = 0 }: Seed = {},
  ): Promise<Float64Array<ArrayBuffer>> => {
    const matrix = await readMatrix("kmeansPlusplus", X);
    if (!(Number.isInteger(nClusters) && nClusters >= 1 && nClusters <= matrix.samples)) {
      throw new ValueError(
        `kmeansPlusplus: expected nClusters in 1..${matrix.samples}, the number of samples, got ${nClusters}; lower it`,
      );
    }
    const points = columnsOf(matrix, frameOf(matrix));
    try {
      return await firstCentres("k-means++", matrix, points, nClusters, seeded(randomState));
    } finally {
      points.xt.dispose();
    }
  },
);
