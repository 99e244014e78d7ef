import { type Kind, oneOf, optional, record, rest } from "../../core/kinds.ts";
import { checkArguments, checked, options, signature } from "../../core/signature.ts";
import { checkInputNames } from "../column_names.ts";
import { labels, table } from "../kinds.ts";
import type { LabelInput } from "../labels.ts";
import type { FloatMatrix } from "../samples.ts";
import { checkSaved, sealed } from "../saved.ts";
import {
  type Cell,
  type CellMatrix,
  columnNames,
  matrixOf,
  readTable,
  type Table,
  tableColumns,
} from "../table.ts";
import { checkColumns, isColumns, placed } from "./columns.ts";
import {
  checkNames,
  columnsNamed,
  type FittedStep,
  loadSteps,
  namesOf,
  type Readers,
  saveSteps,
} from "./named.ts";
import { type SavedColumnTransformer, savedFields } from "./saved_column_transformer.ts";
import {
  ask,
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

/** A transformer, "passthrough" for none or "drop" to omit the columns; its name, and the positions of its columns. */
export type ColumnStep = readonly [
  name: string,
  step: StepLike | "drop",
  columns: readonly number[],
];

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
    "positions from 0",
};

const fitSignature = /* @__PURE__ */ signature("ColumnTransformer.fit", {
  X: table,
  y: /* @__PURE__ */ optional(labels),
});

/**
 * Applies transformers to different columns, such as a scaler to ages and a `OneHotEncoder` to cities, and concatenates
 * their results in order. Takes tables. "passthrough" keeps columns unchanged, "drop" omits them.
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
    const fitted: FittedStep[] = [];
    const columns: (readonly number[])[] = [];
    const used = new Set<number>();
    for (const [i, [name, , own]] of this.#steps.entries()) {
      checkColumns(who, name, own, found.features);
      const step = this.#made[i] as Step | "passthrough" | "drop";
      for (const c of own) used.add(c);
      columns.push(step === "drop" ? [] : own);
      if (typeof step === "string" || own.length === 0) fitted.push([name, "passthrough"]);
      else {
        const part = await inPart(who, placed(name, own), undefined, () =>
          fitStep(step, tableColumns(found, own), y, {}),
        );
        fitted.push([name, part]);
      }
    }
    const left = Array.from({ length: found.features }, (_, c) => c).filter((c) => !used.has(c));
    if (this.#options.remainder === "passthrough" && left.length > 0) {
      fitted.push(["remainder", "passthrough"]);
      columns.push(left);
    }
    return new FittedColumnTransformer(found.features, fitted, columns);
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

  /** `readers` contains the class of each step, as for a pipeline. Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedColumnTransformer, readers: Readers): FittedColumnTransformer {
    checkSaved("ColumnTransformer", saved, savedFields);
    const steps = loadSteps("ColumnTransformer", saved.steps, readers);
    return new FittedColumnTransformer(saved.features, steps, saved.columns);
  }
}

const paramsSignature = /* @__PURE__ */ signature("ColumnTransformer.withParams", {
  params: record,
});

/** Result of `ColumnTransformer.fit`: the fitted transformers of its columns, and `transform`. */
export class FittedColumnTransformer {
  /** Number of features in fit. */
  readonly nFeaturesIn: number;
  /** X may have strings, booleans and missing values. */
  readonly takesTables = true;
  readonly #steps: readonly FittedStep[];
  readonly #columns: readonly (readonly number[])[];

  constructor(
    features: number,
    steps: readonly FittedStep[],
    columns: readonly (readonly number[])[],
  ) {
    this.nFeaturesIn = features;
    this.#steps = steps;
    this.#columns = columns;
  }

  /** The fitted transformers by name. */
  get namedTransformers(): Readonly<Record<string, object | "passthrough">> {
    return Object.fromEntries(this.#steps);
  }

  /** The concatenated results of the transformers; numeric if all of them are. */
  async transform(X: Table): Promise<FloatMatrix | CellMatrix> {
    const who = "ColumnTransformer.transform";
    const found = await readTable(who, X, { features: this.nFeaturesIn });
    const parts = [];
    for (const [i, [name, step]] of this.#steps.entries()) {
      const own = this.#columns[i] as readonly number[];
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

  /**
   * `[columns]`: names of the output columns, each prefixed by its transformer's name, such as "scale__x1". Features are
   * named x0, x1, … unless names are given. Throws `ValueError` for a transformer that cannot name its columns.
   */
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[] {
    const who = "ColumnTransformer";
    checkInputNames(who, arguments);
    const names = columnNames(who, inputFeatures, this.nFeaturesIn);
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
    return sealed({ estimator: "ColumnTransformer", features, steps, columns: this.#columns });
  }
}

/** A `ColumnTransformer` of [transformer, columns], with the names of the classes in lower case. */
export const makeColumnTransformer = /* @__PURE__ */ checked(
  "makeColumnTransformer",
  {
    transformers: /* @__PURE__ */ rest({
      expected: "[transformer, columns]",
      accepts: (value) =>
        Array.isArray(value) && value.length === 2 && isStep(value[0]) && isColumns(value[1]),
      advice: "write [new StandardScaler(), [0, 2]], with an array of positions from 0",
    }),
  },
  (...transformers: readonly (readonly [step: ColumnStep[1], columns: readonly number[]])[]) => {
    const names = namesOf(transformers.map(([step]) => step));
    return new ColumnTransformer(
      transformers.map(([step, columns], i): ColumnStep => [names[i] as string, step, columns]),
    );
  },
);
