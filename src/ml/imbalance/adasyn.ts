import { ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { checkData, labels as labelsKind } from "../kinds.ts";
import { type Label, type LabelInput, type LabelKind, named } from "../labels.ts";
import type { Samples } from "../samples.ts";
import {
  missingOf,
  oneOf,
  type Resampled,
  readClasses,
  type SamplingOptions,
  samplingKinds,
} from "./classes.ts";
import { checkLonely, checkNeighbors, Grown, nearestOfClass, nearestOthers } from "./grown.ts";

/** Options of `ADASYN`, with the names and defaults of imbalanced-learn. */
export interface ADASYNOptions extends SamplingOptions {
  /** Number of neighbours: of all classes, to weight a sample, and of its own class, to interpolate. Default 5. */
  readonly nNeighbors?: number;
}

/**
 * SMOTE that makes more samples from a sample the more of its neighbours are of other classes (He, Bai, Garcia and Li
 * 2008). Each sample's share is rounded to an integer (ties to even), so the number of samples of a class only approximates
 * the wanted one. A class that lacks so few samples that all shares round to 0 is refused. Features are weighted by their
 * units: scale them with `StandardScaler`. Random draws depend on the order and number of the samples. Results have the
 * precision of float64; a feature for which that is not possible is refused by name.
 */
export class ADASYN {
  static readonly signature = /* @__PURE__ */ signature("ADASYN", {
    options: options<ADASYNOptions>({ ...samplingKinds, nNeighbors: number }),
  });

  readonly #options: Required<ADASYNOptions>;

  constructor(options: ADASYNOptions = {}) {
    checkArguments(ADASYN.signature, arguments);
    const { nNeighbors = 5, samplingStrategy = "auto", randomState = 0 } = options;
    checkNeighbors("ADASYN", "nNeighbors", nNeighbors, 5);
    this.#options = { nNeighbors, samplingStrategy, randomState };
  }

  /**
   * X [samples, features] and labels y [samples]; synthetic samples come last. Throws `ShapeError` and `ValueError`, also
   * for a class that should grow and has no more samples than `nNeighbors`, no neighbour of another class, or only shares
   * that round to 0.
   */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    const who = "ADASYN";
    checkData(`${who}.fitResample`, arguments, labelsKind);
    const all = await readClasses(who, X, y);
    const { nNeighbors: k } = this.#options;
    const small = missingOf(who, all, this.#options).filter(({ missing }) => missing > 0);
    checkLonely(who, "nNeighbors", k, small);
    const random = seeded(this.#options.randomState);
    const grown = new Grown(all);
    for (const { label, rows, missing } of small) {
      const around = await nearestOthers(all.matrix, rows, k);
      const others = around.map((near) => near.filter((row) => all.y[row] !== label).length);
      const counts = sharesOf(label, others, missing);
      const near = await nearestOfClass(all.matrix, rows, k);
      rows.forEach((row, i) => {
        for (let made = 0; made < (counts[i] as number); made++) {
          grown.add(label, [row, oneOf(near[i] as number[], random)], random);
        }
      });
    }
    return grown.result();
  }
}

/** Number of samples to make from each sample. */
function sharesOf(label: Label, others: readonly number[], missing: number): number[] {
  const sum = others.reduce((a, b) => a + b, 0);
  const counts = others.map((count) => (sum > 0 ? rint((count / sum) * missing) : 0));
  if (counts.some((count) => count > 0)) return counts;
  throw new ValueError(
    `ADASYN: expected samples of class ${named([label])} near to other classes, got ` +
      `${sum > 0 ? "shares that are all rounded to 0" : "none"}; use SMOTE, or raise nNeighbors`,
  );
}

/** Rounds to the nearest integer, ties to even. */
function rint(value: number): number {
  const down = Math.floor(value);
  const part = value - down;
  return part > 0.5 || (part === 0.5 && down % 2 === 1) ? down + 1 : down;
}
