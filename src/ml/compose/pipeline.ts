import { type Kind, optional, record, rest } from "../../core/kinds.ts";
import { checkArguments, checked, options, signature } from "../../core/signature.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { fitKinds, labels, table, targets } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import type { FitWeights } from "../sample_weight.ts";
import { checkSaved } from "../saved.ts";
import { flag } from "../saved_fields.ts";
import { type Table, takesTables } from "../table.ts";
import { Unfitted } from "../unfitted.ts";
import type { Answer } from "./delegate.ts";
import { FittedPipeline, type SavedPipeline } from "./fitted_pipeline.ts";
import {
  checkNames,
  type FittedStep,
  loadSteps,
  namesOf,
  type Readers,
  stepsField,
} from "./named.ts";
import {
  ask,
  entries,
  type FittedOf,
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

/** A step and its name. */
export type NamedStep = readonly [name: string, step: StepLike];

/** The last of some steps. */
type Last<Steps extends readonly NamedStep[]> = Steps extends readonly [
  ...NamedStep[],
  readonly [string, infer S],
]
  ? S
  : Steps[number][1];

const namedStep: Kind = {
  expected: "a pair [name, step]",
  accepts: (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === "string" &&
    stepLike.accepts(value[1]),
  advice: 'write ["scale", new StandardScaler()]',
};

const fitSignature = /* @__PURE__ */ signature("Pipeline.fit", {
  X: table,
  y: /* @__PURE__ */ optional(labels),
  options: /* @__PURE__ */ options<FitWeights & FitControl>({
    ...fitKinds,
    sampleWeight: targets,
  }),
});

/**
 * Consecutive transformers, with an estimator at the end, as one estimator: each step is fitted to X as transformed by the
 * previous ones. Steps are estimators and transformers of this library or the user's own with the same methods, their
 * classes, or functions that make them from parameters; steps made by the pipeline take parameters as `name__parameter`.
 * "passthrough" is a step that does nothing. X may be a table if the first step accepts tables. Errors name the step.
 */
export class Pipeline<const Steps extends readonly NamedStep[]> {
  static readonly signature = /* @__PURE__ */ signature("Pipeline", {
    steps: entries(namedStep, showParts),
  });

  /** The steps, as given to the constructor. */
  readonly steps: Steps;
  readonly #made: readonly (readonly [name: string, step: Step | "passthrough"])[];

  constructor(steps: Steps) {
    checkArguments(Pipeline.signature, arguments);
    const names = steps.map(([name]) => name);
    checkNames("Pipeline", names);
    this.steps = steps;
    this.#made = steps.map(([name, step]) => [name, make(`Pipeline: step "${name}"`, step)]);
  }

  /** Whether X may have strings, booleans and missing values: if the first step other than "passthrough" accepts them. */
  get takesTables(): boolean {
    const first = this.#made.find(([, step]) => step !== "passthrough");
    return first === undefined || takesTables(first[1]);
  }

  /** Whether the last step is a regressor. */
  get isRegressor(): boolean {
    return Object(this.#made.at(-1)?.[1]).isRegressor === true;
  }

  /**
   * Fits the steps in order. Progress and sample weights are passed to the last step; the signal is also checked between
   * steps.
   */
  async fit<L extends Label = number>(
    X: Table,
    y?: LabelInput<L>,
    options: FitWeights & FitControl = {},
  ): Promise<FittedPipeline<FittedOf<Last<Steps>>, LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    const { fitted } = await this.#fit(X, y, options);
    return new FittedPipeline(fitted, this.takesTables);
  }

  /** `fit`, and the transformed X. The last step must be a transformer. */
  async fitTransform(
    X: Table,
    y?: LabelInput,
  ): Promise<Awaited<Answer<FittedOf<Last<Steps>>, "transform">>> {
    checkArguments(fitSignature, arguments);
    const { fitted, input } = await this.#fit(X, y, {});
    const [name, last] = fitted.at(-1) as FittedStep;
    const result =
      last === "passthrough"
        ? input
        : inPart("Pipeline", `step "${name}"`, undefined, () => ask(last, "transform", input));
    return (await result) as Awaited<Answer<FittedOf<Last<Steps>>, "transform">>;
  }

  /** A copy with other steps: `name__parameter` sets a parameter of a step, `name` replaces a step. */
  withParams(params: Params): Pipeline<Steps> {
    checkArguments(paramsSignature, arguments);
    const steps: unknown = withStepParams("Pipeline", this.steps, params);
    return new Pipeline(steps as Steps);
  }

  /** Throws `ValueError`: there is nothing learned to save. */
  toJSON(): never {
    return Unfitted.prototype.toJSON.call(this as never);
  }

  /**
   * `readers` contains the class of each step: Pipeline.fromJSON(saved, { StandardScaler, SVC }), also of steps within a
   * step. Throws `ValueError` for another estimator's model.
   */
  static fromJSON(saved: SavedPipeline, readers: Readers): FittedPipeline<object, Label> {
    checkSaved("Pipeline", saved, { steps: stepsField, takesTables: flag });
    return new FittedPipeline(loadSteps("Pipeline", saved.steps, readers), saved.takesTables);
  }

  /** The fitted steps, and the input of the last one. */
  async #fit(X: Table, y: LabelInput | undefined, options: FitWeights & FitControl) {
    const { signal } = options;
    const fitted: FittedStep[] = [];
    let input = X;
    try {
      for (const [i, [name, step]] of this.#made.entries()) {
        const isLast = i === this.#made.length - 1;
        await betweenRounds(
          { ...(signal && { signal }) },
          { iteration: i, maxIterations: this.#made.length },
        );
        if (step === "passthrough") fitted.push([name, step]);
        else {
          await inPart("Pipeline", `step "${name}"`, signal, async () => {
            const model = await fitStep(step, input, y, isLast ? given(options) : {});
            fitted.push([name, model]);
            if (!isLast) input = (await ask(model, "transform", input)) as Table;
          });
        }
      }
    } catch (error) {
      new FittedPipeline(fitted, false).dispose();
      throw error;
    }
    return { fitted, input };
  }
}

/** Options without undefined ones. */
const given = (options: object): object =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const paramsSignature = /* @__PURE__ */ signature("Pipeline.withParams", { params: record });

/**
 * A pipeline with steps named by their classes in lower case: "standardscaler", "svc".
 *
 * @example
 * ```ts
 * import { loadDataset } from "wgrad/data";
 * import { LogisticRegression, makePipeline, StandardScaler } from "wgrad/ml";
 * const { X, y } = await loadDataset("wine");
 * const model = await makePipeline(new StandardScaler(), new LogisticRegression()).fit(X, y);
 * console.log((await model.score(X, y)) > 0.95); // true
 * ```
 */
export const makePipeline = /* @__PURE__ */ checked(
  "makePipeline",
  { steps: /* @__PURE__ */ rest(stepLike) },
  <const S extends readonly [StepLike, ...StepLike[]]>(...steps: S) => {
    const names = namesOf(steps);
    const named: unknown = steps.map((step, i) => [names[i], step]);
    return new Pipeline(named as NamedSteps<S>);
  },
);

type NamedSteps<S extends readonly StepLike[]> = {
  readonly [I in keyof S]: readonly [name: string, step: S[I]];
};
