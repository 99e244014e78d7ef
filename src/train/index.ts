/**
 * Training: the loop, accuracy, early stopping, checkpoints, statistics, profiles, tuning, averages and ensembles.
 *
 * @module wgrad/train
 */
export { type AccuracyOptions, accuracy } from "./accuracy.ts";
export { EMA, type EMAOptions, SWA, type WeightAverageState } from "./average.ts";
export {
  type Checkpoint,
  CheckpointError,
  type CheckpointParts,
  loadCheckpoint,
  readCheckpoint,
  saveCheckpoint,
} from "./checkpoint.ts";
export type { Stateful } from "./checkpoint_kinds.ts";
export {
  EarlyStopping,
  type EarlyStoppingOptions,
  type EarlyStoppingState,
} from "./early_stopping.ts";
export {
  AveragingEnsemble,
  type EnsembleOptions,
  VotingEnsemble,
  type VotingOptions,
} from "./ensemble.ts";
export { EpochLosses, type EpochLossesState } from "./epoch_losses.ts";
export { evaluate } from "./evaluate.ts";
export { fit } from "./fit.ts";
export {
  CallbackError,
  type EpochReport,
  type FitCommon,
  type FitOptions,
  type FitRecovery,
  type FitResult,
  type FitSchedule,
  type LossStep,
  type OwnStep,
  type StepPlace,
} from "./fit_options.ts";
export {
  type ActivationStats,
  activationStats,
  gradientStats,
  type ParameterStats,
  parameterStats,
} from "./layer_stats.ts";
export * from "./profile/index.ts";
export type { Progress } from "./progress.ts";
export { Recovery, type RecoveryOptions, type RecoveryReport } from "./recovery.ts";
export { ModelSnapshot } from "./snapshot.ts";
export type { State } from "./state_tree.ts";
export { type LayerSummary, type ModelSummary, type SummaryOptions, summary } from "./summary.ts";
export { type TensorStats, tensorStats } from "./tensor_stats.ts";
export * from "./tuning/index.ts";
export { type WithRecoveryOptions, withRecovery } from "./with_recovery.ts";
