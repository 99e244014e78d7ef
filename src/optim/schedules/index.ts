/** Learning-rate schedules: torch.optim.lr_scheduler's names and formulas. */
export {
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  type CosineOptions,
  type WarmRestartOptions,
} from "./cosine.ts";
export {
  ConstantLR,
  type ConstantOptions,
  ExponentialLR,
  type ExponentialOptions,
  type Factor,
  LambdaLR,
  type LambdaOptions,
  LinearLR,
  type LinearOptions,
  MultiStepLR,
  type MultiStepOptions,
  PolynomialLR,
  type PolynomialOptions,
  StepLR,
  type StepOptions,
} from "./decay.ts";
export { OneCycleLR, type OneCycleOptions } from "./one_cycle.ts";
export { type PlateauOptions, type PlateauState, ReduceLROnPlateau } from "./plateau.ts";
export { Schedule, type Scheduled, type ScheduleState, type Setting } from "./schedule.ts";
export {
  type ChainedOptions,
  ChainedScheduler,
  SequentialLR,
  type SequentialOptions,
} from "./sequential.ts";
