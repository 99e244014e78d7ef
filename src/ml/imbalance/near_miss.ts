import { ValueError } from "../../core/errors.ts";
import { integer, number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { checkData, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import { kNearest } from "../neighbors/search.ts";
import type { HostMatrix, Samples } from "../samples.ts";
import {
  type Resampled,
  readClasses,
  type SamplingOptions,
  samplingKinds,
  take,
} from "./classes.ts";
import { checkNeighbors, partOf } from "./grown.ts";
import { wantedOf } from "./strategy.ts";

/** Options of `NearMiss`, with the names and defaults of imbalanced-learn. */
export interface NearMissOptions extends Pick<SamplingOptions, "samplingStrategy"> {
  /** Selection rule. Default 1. */
  readonly version?: 1 | 2 | 3;
  /** Number of samples of the smallest class over which distances are averaged. Default 3. */
  readonly nNeighbors?: number;
  /** For version 3: number of samples of a class that are kept for each sample of the smallest class. Default 3. */
  readonly nNeighborsVer3?: number;
}

/**
 * Keeps samples of larger classes that are near the smallest class (Mani and Zhang 2003), by their mean distance from
 * `nNeighbors` samples of it: version 1 keeps those with the smallest mean distance from the nearest ones, version 2 from
 * the farthest ones; version 3 takes the `nNeighborsVer3` nearest samples of every sample of the smallest class, and keeps
 * those with the largest mean distance from their nearest ones, possibly fewer than wanted. Of equally distant samples the
 * first ones are kept. There are no random draws. Samples keep their order, duplicates included. Features are weighted by
 * their units: scale them with `StandardScaler`. Results have the precision of float64; a feature for which that is not
 * possible is refused by name.
 */
export class NearMiss {
  static readonly signature = /* @__PURE__ */ signature("NearMiss", {
    options: options<NearMissOptions>({
      samplingStrategy: samplingKinds.samplingStrategy,
      version: integer,
      nNeighbors: number,
      nNeighborsVer3: number,
    }),
  });

  readonly #options: Required<NearMissOptions>;

  constructor(options: NearMissOptions = {}) {
    checkArguments(NearMiss.signature, arguments);
    const { version = 1, nNeighbors = 3, nNeighborsVer3 = 3, samplingStrategy = "auto" } = options;
    if (![1, 2, 3].includes(version)) {
      throw new ValueError(
        `NearMiss: expected version 1, 2 or 3, got ${version}; the default is 1`,
      );
    }
    checkNeighbors("NearMiss", "nNeighbors", nNeighbors, 3);
    checkNeighbors("NearMiss", "nNeighborsVer3", nNeighborsVer3, 3);
    this.#options = { version, nNeighbors, nNeighborsVer3, samplingStrategy };
  }

  /**
   * X [samples, features] and labels y [samples], in order. Throws `ShapeError` and `ValueError`, also if the smallest
   * class has fewer samples than neighbours.
   */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("NearMiss.fitResample", arguments, labelsKind);
    const all = await readClasses("NearMiss", X, y);
    const wanted = wantedOf("NearMiss", this.#options.samplingStrategy, all.classes, false);
    const sizes = all.classes.map(([, rows]) => rows.length);
    const least = all.classes[sizes.indexOf(Math.min(...sizes))]?.[1] ?? [];
    const kept: number[] = [];
    for (const [c, [, rows]] of all.classes.entries()) {
      const count = wanted[c] as number;
      kept.push(
        ...(count === rows.length ? rows : await this.#keep(all.matrix, rows, least, count)),
      );
    }
    return take(
      all,
      kept.sort((a, b) => a - b),
    );
  }

  async #keep(
    matrix: HostMatrix,
    rows: readonly number[],
    least: readonly number[],
    count: number,
  ): Promise<number[]> {
    const { version, nNeighbors: k, nNeighborsVer3 } = this.#options;
    if (least.length < k) {
      throw new ValueError(
        `NearMiss: expected at least ${k} samples of the smallest class, got ${least.length}; lower nNeighbors`,
      );
    }
    const small = partOf(matrix, least);
    const some = version === 3 ? await around(matrix, rows, small, nNeighborsVer3) : rows;
    const among = version === 2 ? least.length : k;
    const { distances } = await kNearest(small, partOf(matrix, some), among, "euclidean");
    const far = some.map((_, i) =>
      distances.subarray((i + 1) * among - k, (i + 1) * among).reduce((a, b) => a + b, 0),
    );
    const sign = version === 3 ? -1 : 1;
    const order = Array.from(some.keys()).sort(
      (a, b) => sign * ((far[a] as number) - (far[b] as number)) || a - b,
    );
    return order.slice(0, count).map((i) => some[i] as number);
  }
}

/** The rows that are among the k nearest of some sample of the smallest class. */
async function around(
  matrix: HostMatrix,
  rows: readonly number[],
  small: HostMatrix,
  k: number,
): Promise<number[]> {
  if (rows.length < k) {
    throw new ValueError(
      `NearMiss: expected at least ${k} samples of a class that is to shrink, got ${rows.length}; lower nNeighborsVer3`,
    );
  }
  const { indices } = await kNearest(partOf(matrix, rows), small, k, "euclidean");
  const near = new Set(indices);
  return rows.filter((_, i) => near.has(i));
}
