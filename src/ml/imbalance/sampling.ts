import { permutation, seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { checkData, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import type { Samples } from "../samples.ts";
import {
  missingOf,
  oneOf,
  type Resampled,
  readClasses,
  type SamplingOptions,
  samplingKinds,
  take,
} from "./classes.ts";
import { wantedOf } from "./strategy.ts";

/**
 * Removes samples until every class has as many as the smallest, or the number of `samplingStrategy`. Random draws depend
 * on the order and number of the samples.
 */
export class RandomUnderSampler {
  static readonly signature = /* @__PURE__ */ signature("RandomUnderSampler", {
    options: options<SamplingOptions>(samplingKinds),
  });

  readonly #options: Required<SamplingOptions>;

  constructor(options: SamplingOptions = {}) {
    checkArguments(RandomUnderSampler.signature, arguments);
    const { samplingStrategy = "auto", randomState = 0 } = options;
    this.#options = { samplingStrategy, randomState };
  }

  /** X [samples, features] and labels y [samples]. Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("RandomUnderSampler.fitResample", arguments, labelsKind);
    const all = await readClasses("RandomUnderSampler", X, y);
    const { samplingStrategy, randomState } = this.#options;
    const wanted = wantedOf("RandomUnderSampler", samplingStrategy, all.classes, false);
    const random = seeded(randomState);
    const kept = all.classes.flatMap(([, rows], c) =>
      Array.from(
        permutation(rows.length, random).subarray(0, wanted[c]),
        (at) => rows[at] as number,
      ),
    );
    return take(
      all,
      kept.sort((a, b) => a - b),
    );
  }
}

/**
 * Repeats samples until every class has as many as the largest, or the number of `samplingStrategy`. Random draws depend on
 * the order and number of the samples.
 */
export class RandomOverSampler {
  static readonly signature = /* @__PURE__ */ signature("RandomOverSampler", {
    options: options<SamplingOptions>(samplingKinds),
  });

  readonly #options: Required<SamplingOptions>;

  constructor(options: SamplingOptions = {}) {
    checkArguments(RandomOverSampler.signature, arguments);
    const { samplingStrategy = "auto", randomState = 0 } = options;
    this.#options = { samplingStrategy, randomState };
  }

  /** X [samples, features] and labels y [samples]; the repeated ones come last. Throws `ShapeError` and `ValueError`. */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("RandomOverSampler.fitResample", arguments, labelsKind);
    const all = await readClasses("RandomOverSampler", X, y);
    const random = seeded(this.#options.randomState);
    const missing = missingOf("RandomOverSampler", all, this.#options);
    const repeated = missing.flatMap(({ rows, missing }) =>
      Array.from({ length: missing }, () => oneOf(rows, random)),
    );
    return take(all, [...all.y.keys(), ...repeated]);
  }
}
