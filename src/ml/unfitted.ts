import { ValueError } from "../core/errors.ts";

/** An estimator or a transformer that keeps its options: what `fit` returns has learned. */
export abstract class Unfitted {
  readonly #given: object;

  constructor(given: object) {
    this.#given = given;
  }

  /** A copy with other options, by name. Throws `ValueError` for options that it does not have. */
  withParams(params: Readonly<Record<string, unknown>>): this {
    return Reflect.construct(this.constructor, [{ ...this.#given, ...params }]);
  }

  /** Throws `ValueError`: there is nothing learned to save. */
  toJSON(): never {
    throw new ValueError(
      `${Object(this.constructor).signature?.name}: expected a fitted model to save, got what fits it; save what fit() returned`,
    );
  }
}
