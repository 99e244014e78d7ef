import { list, optional, string } from "../core/kinds.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { columnNames } from "./table.ts";

const kinds = { inputFeatures: /* @__PURE__ */ optional(/* @__PURE__ */ list(string)) };

/** Throws `ValueError` unless names are strings. */
export const checkInputNames = (who: string, given: ArrayLike<unknown>): void =>
  checkArguments(signature(`${who}.getFeatureNamesOut`, kinds), given);

/** A fitted transformer that can name its output columns. */
export abstract class NamesColumns {
  /** Number of features in fit. */
  abstract readonly nFeaturesIn: number;
  /** The class that fitted it. */
  protected abstract get namedAs(): string;
  /** Names of the output columns, from those of the input columns. */
  protected abstract columnsOf(names: readonly string[]): string[];

  /** `[columns]`: names of the output columns; input columns are named x0, x1, … unless names are given. */
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[] {
    checkInputNames(this.namedAs, arguments);
    return this.columnsOf(columnNames(this.namedAs, inputFeatures, this.nFeaturesIn));
  }
}

/** A fitted transformer with one output column for each input column. */
export abstract class KeepsColumns extends NamesColumns {
  protected columnsOf(names: readonly string[]): string[] {
    return [...names];
  }
}
