import { list, optional, string } from "../core/kinds.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { columnNames } from "./table.ts";

const kinds = { inputFeatures: /* @__PURE__ */ optional(/* @__PURE__ */ list(string)) };

/** Throws `ValueError` unless names are strings. */
export const checkInputNames = (who: string, given: ArrayLike<unknown>): void =>
  checkArguments(signature(`${who}.getFeatureNamesOut`, kinds), given);

/** A fitted transformer that can name the columns it makes. */
export abstract class NamesColumns {
  /** Features of fit. */
  abstract readonly nFeaturesIn: number;
  /** The class that fitted it. */
  protected abstract get namedAs(): string;
  /** Names of the columns that come out, of the names of those that go in. */
  protected abstract columnsOf(names: readonly string[]): string[];

  /** `[columns]`: what the columns that come out are called; those that go in are x0, x1, … unless they are named. */
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[] {
    checkInputNames(this.namedAs, arguments);
    return this.columnsOf(columnNames(this.namedAs, inputFeatures, this.nFeaturesIn));
  }
}

/** A fitted transformer that makes one column of each. */
export abstract class KeepsColumns extends NamesColumns {
  protected columnsOf(names: readonly string[]): string[] {
    return [...names];
  }
}
