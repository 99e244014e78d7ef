import { oneOf } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { checkData, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import type { Samples } from "../samples.ts";
import { type Resampled, readClasses, take } from "./classes.ts";
import { nearestOthers } from "./grown.ts";

/** Options of `TomekLinks`, with the names and defaults of imbalanced-learn. */
export interface TomekLinksOptions {
  /** Classes whose samples are removed; "auto" is all but the smallest. Default "auto". */
  readonly samplingStrategy?: "auto" | "majority" | "not minority" | "not majority" | "all";
}

/**
 * Removes samples in Tomek links (1976): pairs of samples of different classes, each the nearest neighbour of the other. Of
 * each pair, the sample whose class `samplingStrategy` selects is removed. Of equally near samples the first is the
 * nearest. There are no random draws. Samples keep their order, duplicates included. Features are weighted by their units:
 * scale them with `StandardScaler`. Results have the precision of float64; a feature for which that is not possible is
 * refused by name.
 */
export class TomekLinks {
  static readonly signature = /* @__PURE__ */ signature("TomekLinks", {
    options: options<TomekLinksOptions>({
      samplingStrategy: oneOf("auto", "majority", "not minority", "not majority", "all"),
    }),
  });

  readonly #strategy: Required<TomekLinksOptions>["samplingStrategy"];

  constructor(options: TomekLinksOptions = {}) {
    checkArguments(TomekLinks.signature, arguments);
    this.#strategy = options.samplingStrategy ?? "auto";
  }

  /** X [samples, features] and labels y [samples], in order. Throws `ShapeError` and `ValueError`. */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("TomekLinks.fitResample", arguments, labelsKind);
    const all = await readClasses("TomekLinks", X, y);
    const sizes = all.classes.map(([, rows]) => rows.length);
    const [least, most] = [sizes.indexOf(Math.min(...sizes)), sizes.indexOf(Math.max(...sizes))];
    const goes = {
      auto: (c: number) => c !== least,
      majority: (c: number) => c === most,
      "not minority": (c: number) => c !== least,
      "not majority": (c: number) => c !== most,
      all: () => true,
    }[this.#strategy];
    const going = new Set(all.classes.filter((_, c) => goes(c)).map(([label]) => label));
    const near = (await nearestOthers(all.matrix, [...all.y.keys()], 1)).map(([first]) => first);
    const kept = Array.from(all.y.keys()).filter((i) => {
      const other = near[i] as number;
      const linked = near[other] === i && all.y[other] !== all.y[i];
      return !(linked && going.has(all.y[i] as LabelKind<L>));
    });
    return take(all, kept);
  }
}
