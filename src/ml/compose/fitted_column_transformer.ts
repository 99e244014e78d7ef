import { checkInputNames } from "../column_names.ts";
import type { FloatMatrix } from "../samples.ts";
import { sealed } from "../saved.ts";
import {
  type Cell,
  type CellMatrix,
  columnNames,
  type HostTable,
  matrixOf,
  readTable,
  type Table,
  tableColumns,
} from "../table.ts";
import { placed, positionsOf } from "./columns.ts";
import { columnsNamed, type FittedStep, saveSteps } from "./named.ts";
import type { SavedColumnTransformer } from "./saved_column_transformer.ts";
import { ask, inPart } from "./step.ts";

/** Number and names of the columns of X in fit. */
type ColumnsOfFit = Pick<HostTable, "features" | "names">;

/** A fitted transformer, and the positions of its columns in X of fit. */
export interface FittedPart {
  readonly step: FittedStep;
  readonly columns: readonly number[];
}

/** Result of `ColumnTransformer.fit`: the fitted transformers of its columns, and `transform`. */
export class FittedColumnTransformer {
  /** Number of features in fit. */
  readonly nFeaturesIn: number;
  /** X may have strings, booleans and missing values. */
  readonly takesTables = true;
  readonly #steps: readonly FittedStep[];
  readonly #columns: readonly (readonly number[])[];
  readonly #names: readonly string[] | undefined;

  constructor({ features, names }: ColumnsOfFit, parts: readonly FittedPart[]) {
    this.nFeaturesIn = features;
    this.#names = names;
    this.#steps = parts.map(({ step }) => step);
    this.#columns = parts.map(({ columns }) => columns);
  }

  /** The fitted transformers by name. */
  get namedTransformers(): Readonly<Record<string, object | "passthrough">> {
    return Object.fromEntries(this.#steps);
  }

  /**
   * The concatenated results of the transformers; numeric if all of them are. If X has names, as it had in fit, columns are
   * found by name: they may have another order, and others may be among them.
   */
  async transform(X: Table): Promise<FloatMatrix | CellMatrix> {
    const who = "ColumnTransformer.transform";
    const found = await this.#read(who, X);
    const parts = [];
    for (const [i, [name, step]] of this.#steps.entries()) {
      const own = this.#placesIn(found, who, i);
      if (own.length === 0) continue;
      const input = tableColumns(found, own);
      const output =
        step === "passthrough"
          ? input
          : await inPart(who, placed(name, own), undefined, () => ask(step, "transform", input));
      parts.push(await readTable(who, output as Table));
    }
    const cells: Cell[] = [];
    for (let row = 0; row < found.samples; row++) {
      for (const { cells: own, features } of parts) {
        for (let c = 0; c < features; c++) cells.push(own[row * features + c]);
      }
    }
    const width = parts.reduce((sum, { features }) => sum + features, 0);
    return matrixOf(cells, [found.samples, width]);
  }

  /** With names in fit and in X, other columns may be among those of fit. */
  async #read(who: string, X: Table): Promise<HostTable> {
    const named = this.#names && (X as { readonly names?: readonly string[] }).names;
    return readTable(who, X, named ? {} : { features: this.nFeaturesIn });
  }

  /** Positions in X of the columns of a part: by name if X and fit have names. */
  #placesIn(found: HostTable, who: string, part: number): readonly number[] {
    const own = this.#columns[part] as readonly number[];
    const names = this.#names;
    if (!names || !found.names) return own;
    const wanted = own.map((c) => names[c] as string);
    return positionsOf(who, this.#steps[part]?.[0] as string, wanted, found);
  }

  /**
   * `[columns]`: names of the output columns, each prefixed by its transformer's name, such as "scale__x1". Features have
   * the names of X in fit, else x0, x1, …, unless names are given. Throws `ValueError` for a transformer that cannot
   * name its columns.
   */
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[] {
    const who = "ColumnTransformer";
    checkInputNames(who, arguments);
    const names = columnNames(who, inputFeatures ?? this.#names, this.nFeaturesIn);
    return this.#steps.flatMap((step, i) => {
      const own = (this.#columns[i] as readonly number[]).map((c) => names[c] as string);
      const made = own.length > 0 ? columnsNamed(`${who}.getFeatureNamesOut`, step, own) : [];
      return (made as readonly string[]).map((each) => `${step[0]}__${each}`);
    });
  }

  /** Throws `ValueError` for a transformer without toJSON(). */
  toJSON(): SavedColumnTransformer {
    const steps = saveSteps("ColumnTransformer.toJSON", this.#steps);
    const features = this.nFeaturesIn;
    const names = this.#names && { names: this.#names };
    return sealed({
      ...{ estimator: "ColumnTransformer", features, steps, columns: this.#columns },
      ...names,
    });
  }
}
