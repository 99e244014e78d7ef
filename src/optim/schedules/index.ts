/** Learning-rate schedules: torch.optim.lr_scheduler's names and formulas. */
export {
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  type WarmRestartOptions,
} from "./cosine.ts";
export {
  ConstantLR,
  ExponentialLR,
  type Factor,
  LambdaLR,
  LinearLR,
  type LinearOptions,
  MultiStepLR,
  PolynomialLR,
  StepLR,
} from "./decay.ts";
export { OneCycleLR, type OneCycleOptions } from "./one_cycle.ts";
export { type PlateauOptions, type PlateauState, ReduceLROnPlateau } from "./plateau.ts";
export { Schedule, type Scheduled, type ScheduleState, type Setting } from "./schedule.ts";
export { SequentialLR, type SequentialOptions } from "./sequential.ts";
