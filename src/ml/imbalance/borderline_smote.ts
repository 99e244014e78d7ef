import { number, oneOf } from "../../core/kinds.ts";
import { seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { checkData, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import type { Samples } from "../samples.ts";
import { missingOf, type Resampled, readClasses, samplingKinds } from "./classes.ts";
import {
  checkEnough,
  checkLonely,
  checkNeighbors,
  Grown,
  nearestOfClass,
  nearestOthers,
} from "./grown.ts";
import type { SMOTEOptions } from "./smote.ts";

/** Options of `BorderlineSMOTE`, with the names and defaults of imbalanced-learn. */
export interface BorderlineSMOTEOptions extends SMOTEOptions {
  /** Number of neighbours, of all classes, that decide whether a sample is in danger. Default 10. */
  readonly mNeighbors?: number;
  /**
   * "borderline-1" interpolates towards neighbours of the same class, "borderline-2" towards neighbours of all classes, at
   * most half of the way to another class. Default "borderline-1".
   */
  readonly kind?: "borderline-1" | "borderline-2";
}

/**
 * SMOTE only from samples in danger: those for which at least half, but not all, of the `mNeighbors` nearest neighbours are
 * of other classes (Han, Wang and Mao 2005). A class without such samples is not changed. Features are weighted by their
 * units: scale them with `StandardScaler`. Random draws depend on the order and number of the samples. Results have the
 * precision of float64; a feature for which that is not possible is refused by name.
 */
export class BorderlineSMOTE {
  static readonly signature = /* @__PURE__ */ signature("BorderlineSMOTE", {
    options: options<BorderlineSMOTEOptions>({
      ...samplingKinds,
      kNeighbors: number,
      mNeighbors: number,
      kind: oneOf("borderline-1", "borderline-2"),
    }),
  });

  readonly #options: Required<BorderlineSMOTEOptions>;

  constructor(options: BorderlineSMOTEOptions = {}) {
    checkArguments(BorderlineSMOTE.signature, arguments);
    const { kNeighbors = 5, mNeighbors = 10, kind = "borderline-1" } = options;
    const { samplingStrategy = "auto", randomState = 0 } = options;
    checkNeighbors("BorderlineSMOTE", "kNeighbors", kNeighbors, 5);
    checkNeighbors("BorderlineSMOTE", "mNeighbors", mNeighbors, 10);
    this.#options = { kNeighbors, mNeighbors, kind, samplingStrategy, randomState };
  }

  /**
   * X [samples, features] and labels y [samples]; synthetic samples come last. Throws `ShapeError` and `ValueError`, also
   * for fewer samples than neighbours.
   */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    const who = "BorderlineSMOTE";
    checkData(`${who}.fitResample`, arguments, labelsKind);
    const all = await readClasses(who, X, y);
    const { kNeighbors: k, mNeighbors: m, kind } = this.#options;
    const small = missingOf(who, all, this.#options).filter(({ missing }) => missing > 0);
    checkLonely(who, "kNeighbors", k, small);
    if (small.length > 0) checkEnough(who, "mNeighbors", m, all.matrix.samples);
    const random = seeded(this.#options.randomState);
    const grown = new Grown(all);
    for (const { label, rows, missing } of small) {
      const around = await nearestOthers(all.matrix, rows, m);
      const inDanger = rows.map((_, i) => {
        const others = (around[i] as number[]).filter((row) => all.y[row] !== label).length;
        return others >= m / 2 && others < m;
      });
      const danger = rows.filter((_, i) => inDanger[i]);
      if (danger.length === 0) continue;
      const near =
        kind === "borderline-1"
          ? (await nearestOfClass(all.matrix, rows, k)).filter((_, i) => inDanger[i])
          : await nearestOthers(all.matrix, danger, k);
      grown.addBetween(label, missing, [danger, near], random, 0.5);
    }
    return grown.result();
  }
}
