import { type Kind, oneOf, optional, record, rest } from "../../core/kinds.ts";
import { checkArguments, checked, options, signature } from "../../core/signature.ts";
import { labels, table } from "../kinds.ts";
import type { LabelInput } from "../labels.ts";
import type { FloatMatrix } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { type CellMatrix, readTable, type Table, tableColumns } from "../table.ts";
import { Unfitted } from "../unfitted.ts";
import { type Columns, isColumns, placed, positionsOf } from "./columns.ts";
import { FittedColumnTransformer, type FittedPart } from "./fitted_column_transformer.ts";
import { checkNames, loadSteps, namesOf, type Readers } from "./named.ts";
import { type SavedColumnTransformer, savedFields } from "./saved_column_transformer.ts";
import {
  entries,
  fitStep,
  inPart,
  make,
  type Params,
  type Step,
  type StepLike,
  showParts,
  stepLike,
  withStepParams,
} from "./step.ts";

/**
 * A transformer, "passthrough" for none or "drop" to omit the columns; its name, and the positions of its columns, from 0,
 * or their names if X has names.
 */
export type ColumnStep = readonly [name: string, step: StepLike | "drop", columns: Columns];

const isStep = (value: unknown): boolean => value === "drop" || stepLike.accepts(value);

/** Options of `ColumnTransformer`. */
export interface ColumnTransformerOptions {
  /** What happens to columns without a transformer: "drop" omits them, "passthrough" appends them unchanged. Default "drop". */
  readonly remainder?: "drop" | "passthrough";
}

const columnStep: Kind = {
  expected: "[name, transformer, columns]",
  accepts: (value) =>
    Array.isArray(value) &&
    value.length === 3 &&
    typeof value[0] === "string" &&
    isStep(value[1]) &&
    isColumns(value[2]),
  advice:
    'write ["scale", new StandardScaler(), [0, 2]], an unfitted transformer or "passthrough" or "drop", and an array of ' +
    "positions from 0 or of names",
};

const fitSignature = /* @__PURE__ */ signature("ColumnTransformer.fit", {
  X: table,
  y: /* @__PURE__ */ optional(labels),
});

/**
 * Applies transformers to different columns, such as a scaler to ages and a `OneHotEncoder` to cities, and concatenates
 * their results in order. Takes tables. "passthrough" keeps columns unchanged, "drop" omits them. Columns are chosen by
 * position, or by name if X has names, as `cells()` of a `CsvTable` gives them.
 */
export class ColumnTransformer {
  static readonly signature = /* @__PURE__ */ signature("ColumnTransformer", {
    transformers: entries(columnStep, showParts),
    options: options<ColumnTransformerOptions>({ remainder: oneOf("drop", "passthrough") }),
  });

  /** X may have strings, booleans and missing values. */
  readonly takesTables = true;
  readonly #steps: readonly ColumnStep[];
  readonly #made: readonly (Step | "passthrough" | "drop")[];
  readonly #options: ColumnTransformerOptions;

  constructor(transformers: readonly ColumnStep[], options: ColumnTransformerOptions = {}) {
    checkArguments(ColumnTransformer.signature, arguments);
    const who = "ColumnTransformer";
    checkNames(
      who,
      transformers.map(([name]) => name),
    );
    this.#steps = transformers;
    this.#made = transformers.map(([name, step]) =>
      step === "drop" ? step : make(`${who}: step "${name}"`, step),
    );
    this.#options = options;
  }

  /** Fits every transformer to its columns. Throws `ValueError` for columns that X does not have. */
  async fit(X: Table, y?: LabelInput): Promise<FittedColumnTransformer> {
    checkArguments(fitSignature, arguments);
    const who = "ColumnTransformer";
    const found = await readTable(who, X);
    const parts: FittedPart[] = [];
    const used = new Set<number>();
    for (const [i, [name, , given]] of this.#steps.entries()) {
      const own = positionsOf(who, name, given, found);
      const step = this.#made[i] as Step | "passthrough" | "drop";
      for (const c of own) used.add(c);
      if (typeof step === "string" || own.length === 0) {
        parts.push({ step: [name, "passthrough"], columns: step === "drop" ? [] : own });
      } else {
        const part = await inPart(who, placed(name, own), undefined, () =>
          fitStep(step, tableColumns(found, own), y, {}),
        );
        parts.push({ step: [name, part], columns: own });
      }
    }
    const left = Array.from({ length: found.features }, (_, c) => c).filter((c) => !used.has(c));
    if (this.#options.remainder === "passthrough" && left.length > 0) {
      parts.push({ step: ["remainder", "passthrough"], columns: left });
    }
    return new FittedColumnTransformer(found, parts);
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Table, y?: LabelInput): Promise<FloatMatrix | CellMatrix> {
    return (await this.fit(X, y)).transform(X);
  }

  /** A copy with other steps: `name__parameter` sets a parameter of a step, `name` replaces a step. */
  withParams(params: Params): ColumnTransformer {
    checkArguments(paramsSignature, arguments);
    const steps = withStepParams("ColumnTransformer", this.#steps, params);
    return new ColumnTransformer(steps, this.#options);
  }

  /** Throws `ValueError`: there is nothing learned to save. */
  toJSON(): never {
    return Unfitted.prototype.toJSON.call(this as never);
  }

  /** `readers` contains the class of each step, as for a pipeline. Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedColumnTransformer, readers: Readers): FittedColumnTransformer {
    checkSaved("ColumnTransformer", saved, savedFields);
    const steps = loadSteps("ColumnTransformer", saved.steps, readers);
    const parts = steps.map((step, i) => ({
      step,
      columns: saved.columns[i] as readonly number[],
    }));
    return new FittedColumnTransformer(saved, parts);
  }
}

const paramsSignature = /* @__PURE__ */ signature("ColumnTransformer.withParams", {
  params: record,
});

/** A `ColumnTransformer` of [transformer, columns], with the names of the classes in lower case. */
export const makeColumnTransformer = /* @__PURE__ */ checked(
  "makeColumnTransformer",
  {
    transformers: /* @__PURE__ */ rest({
      expected: "[transformer, columns]",
      accepts: (value) =>
        Array.isArray(value) && value.length === 2 && isStep(value[0]) && isColumns(value[1]),
      advice: "write [new StandardScaler(), [0, 2]], with an array of positions from 0 or of names",
    }),
  },
  (...transformers: readonly (readonly [step: ColumnStep[1], columns: Columns])[]) => {
    const names = namesOf(transformers.map(([step]) => step));
    return new ColumnTransformer(
      transformers.map(([step, columns], i): ColumnStep => [names[i] as string, step, columns]),
    );
  },
);
