/** Estimators composed of other estimators. */
export {
  type ColumnStep,
  ColumnTransformer,
  type ColumnTransformerOptions,
  makeColumnTransformer,
} from "./column_transformer.ts";
export type { Columns } from "./columns.ts";
export type { Answer, Predicted } from "./delegate.ts";
export type { FittedColumnTransformer } from "./fitted_column_transformer.ts";
export type { FittedPipeline, SavedPipeline } from "./fitted_pipeline.ts";
export type { FittedStep, Reader, Readers, SavedStep } from "./named.ts";
export { makePipeline, type NamedStep, Pipeline } from "./pipeline.ts";
export type { SavedColumnTransformer } from "./saved_column_transformer.ts";
export type { FittedOf, MadeOf, Params, Step, StepLike, StepMaker } from "./step.ts";
