import { ValueError } from "../../core/errors.ts";
import { integer, optional } from "../../core/kinds.ts";
import { checkArguments, signature } from "../../core/signature.ts";
import { checkInputNames } from "../column_names.ts";
import type { Label } from "../labels.ts";
import type { FloatMatrix } from "../samples.ts";
import { type Saved, sealed } from "../saved.ts";
import type { CellMatrix, Table } from "../table.ts";
import { Delegate } from "./delegate.ts";
import { columnsNamed, type FittedStep, type SavedStep, saveSteps } from "./named.ts";
import { ask, has, inPart } from "./step.ts";

/** A fitted `Pipeline` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedPipeline extends Saved {
  /** Names and saved steps, in order. */
  readonly steps: readonly SavedStep[];
  /** Whether X may have strings, booleans and missing values. */
  readonly takesTables: boolean;
}

/** Methods of the steps before the last one. */
interface FittedTransformer {
  transform(X: Table): Promise<FloatMatrix | CellMatrix>;
}

const sliceSignature = /* @__PURE__ */ signature("Pipeline.slice", {
  start: /* @__PURE__ */ optional(integer),
  end: /* @__PURE__ */ optional(integer),
});

/** Fitted steps; its methods are those of the last one, applied to X as transformed by the others. */
export class FittedPipeline<Last, L extends Label = number> extends Delegate<Last, L> {
  /** The class that fitted it. */
  readonly estimator = "Pipeline";
  /** Names and fitted steps, in order. */
  readonly steps: readonly FittedStep[];
  /** Whether X may have strings, booleans and missing values. */
  readonly takesTables: boolean;

  constructor(steps: readonly FittedStep[], takesTables: boolean) {
    super();
    this.steps = steps;
    this.takesTables = takesTables;
  }

  /** The fitted steps by name. */
  get namedSteps(): Readonly<Record<string, object | "passthrough">> {
    return Object.fromEntries(this.steps);
  }

  /** The last step, fitted. */
  get finalEstimator(): Last {
    return this.steps.at(-1)?.[1] as Last;
  }

  protected get asked(): unknown {
    return this.finalEstimator;
  }

  /**
   * Some of the fitted steps, as from an array: `slice(0, -1)` is all but the last. The steps are shared, not copied.
   * Throws `ValueError` for an empty range.
   */
  slice(start = 0, end = this.steps.length): FittedPipeline<FittedTransformer> {
    checkArguments(sliceSignature, [start, end]);
    const steps = this.steps.slice(start, end);
    if (steps.length === 0) {
      throw new ValueError(
        `Pipeline.slice: expected some of ${this.steps.length} steps, got none from ${start} to ${end}; count from 0, or from the end with negative numbers`,
      );
    }
    const first = steps.find(([, fitted]) => fitted !== "passthrough")?.[1];
    const whole = steps[0] === this.steps[0] && this.takesTables;
    return new FittedPipeline(steps, whole || Object(first).takesTables === true);
  }

  /**
   * `[columns]`: names of the last step's output columns, from the names that each step gives its columns; features are
   * named x0, x1, … unless names are given. Throws `ValueError` for a step that cannot name its columns: see `slice`.
   */
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[] {
    checkInputNames("Pipeline", arguments);
    const who = "Pipeline.getFeatureNamesOut";
    let names = inputFeatures;
    for (const step of this.steps) names = columnsNamed(who, step, names);
    if (names) return [...names];
    throw new ValueError(
      `${who}: expected inputFeatures for steps that are all "passthrough", got none; name the columns`,
    );
  }

  /** Recovers X from transformed data, as far as every step allows. */
  async inverseTransform(X: Table): Promise<Table> {
    let result = X;
    for (const [name, fitted] of this.steps.toReversed()) {
      if (fitted === "passthrough") continue;
      result = await this.#in("inverseTransform", name, fitted, "inverseTransform", result);
    }
    return result;
  }

  /** Throws `ValueError` for a step without toJSON(). */
  toJSON(): SavedPipeline {
    const steps = saveSteps("Pipeline.toJSON", this.steps);
    return sealed({ estimator: "Pipeline", steps, takesTables: this.takesTables });
  }

  /** Frees the GPU memory of the steps. */
  dispose(): void {
    for (const [, fitted] of this.steps) {
      if (has(fitted, "dispose")) (fitted as { dispose(): void }).dispose();
    }
  }

  protected async ask(method: string, X: Table, ...rest: unknown[]): Promise<unknown> {
    let input = X;
    for (const [name, fitted] of this.steps.slice(0, -1)) {
      if (fitted !== "passthrough")
        input = await this.#in(method, name, fitted, "transform", input);
    }
    const [name, last] = this.steps.at(-1) as FittedStep;
    if (last === "passthrough" && method === "transform") return input;
    return this.#in(method, name, Object(last), method, input, ...rest);
  }

  #in(
    who: string,
    name: string,
    fitted: object,
    method: string,
    X: Table,
    ...rest: unknown[]
  ): Promise<Table> {
    const result = inPart(`Pipeline.${who}`, `step "${name}"`, undefined, () =>
      ask(fitted, method, X, ...rest),
    );
    return result as Promise<Table>;
  }
}
