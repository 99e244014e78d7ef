/**
 * Optimisers: one dispatch updates every parameter. PyTorch's names, equations and defaults.
 *
 * @module wgrad/optim
 */
export { Adadelta, type AdadeltaOptions } from "./adadelta.ts";
export { Adagrad, type AdagradOptions } from "./adagrad.ts";
export { Adam, type AdamOptions, AdamW } from "./adam.ts";
export { Adamax, type AdamaxOptions } from "./adamax.ts";
export {
  type ClipNormOptions,
  type Clippable,
  clipGradNorm,
  clipGradValue,
  clippedStep,
} from "./clip.ts";
export type { Clip, NormLimit } from "./grad_norm.ts";
export { GradScaler, type GradScalerOptions, type GradScalerState } from "./grad_scaler.ts";
export type { ParameterGroup, Parameters } from "./groups.ts";
export {
  type GroupOptions,
  type LayerGroup,
  type LayerGroupsOptions,
  layerGroups,
  type ParameterPattern,
  parameterGroups,
} from "./layer_groups.ts";
export { Lion, type LionOptions } from "./lion.ts";
export { constrainMaxNorm } from "./max_norm.ts";
export { NAdam, type NAdamOptions } from "./nadam.ts";
export { Optimizer } from "./optimizer.ts";
export { RAdam, type RAdamOptions } from "./radam.ts";
export { RMSprop, type RMSpropOptions } from "./rmsprop.ts";
export * from "./schedules/index.ts";
export { BFGS } from "./second_order/bfgs.ts";
export { ClosureOptimizer } from "./second_order/closure_optimizer.ts";
export type { Closure, Report, StopOptions } from "./second_order/evaluation.ts";
export { type Irls, type IrlsOptions, irls } from "./second_order/irls.ts";
export { LBFGS, type LbfgsOptions } from "./second_order/lbfgs.ts";
export {
  type ConjugateGradientOptions,
  type ConjugateGradientResult,
  conjugateGradient,
} from "./second_order/linear_cg.ts";
export { Newton, type NewtonOptions } from "./second_order/newton.ts";
export {
  type ConjugacyFormula,
  NonlinearCG,
  type NonlinearCgOptions,
} from "./second_order/nonlinear_cg.ts";
export type { ClosureState } from "./second_order/state.ts";
export { SGD, type SgdOptions } from "./sgd.ts";
export type { GroupState, OptimizerState, ParameterState, PlainOption } from "./state.ts";
