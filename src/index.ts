/** wgrad: the front door. Layers, optimisers, losses, data and models have sub-paths of their own. */
export { checkpoint } from "./autograd/checkpoint.ts";
export { noGrad } from "./autograd/mode.ts";
export {
  AnomalyError,
  DeviceLostError,
  DisposedError,
  LimitError,
  MemoryLimitError,
  NoAdapterError,
  NotInitializedError,
  OutOfMemoryError,
  ShaderError,
  ShapeError,
  ValidationError,
  ValueError,
  VerificationError,
  WgradError,
} from "./core/errors.ts";
export type { DType, Shape, TypedArray } from "./core/shape.ts";
export type { AdapterName } from "./gpu/adapter.ts";
export type { Counters } from "./gpu/counters.ts";
export type { Activation, ActivationOptions } from "./kernels/elementwise/activations.ts";
export * from "./ops/index.ts";
export { autocast } from "./ops/precision.ts";
export { currentEngine, type Engine, init } from "./scheduler/engine.ts";
export type { Inspector } from "./scheduler/inspect.ts";
export type { InitOptions } from "./scheduler/options.ts";
export { type Frame, type Phase, type Place, recordFunction } from "./scheduler/place.ts";
export type { StepPlan } from "./scheduler/step_plan.ts";
export type { KernelTime } from "./scheduler/timer.ts";
export type { WarmOptions, WarmProgress } from "./scheduler/warm.ts";
export { type Captured, type CaptureOptions, capture, type Specs } from "./tensor/capture.ts";
export { fromBuffer, type TensorOptions, tensor } from "./tensor/create.ts";
export type { Nested, NumberArray } from "./tensor/elements.ts";
export { type LeakReport, leakReport } from "./tensor/leaks.ts";
export type { TensorSpec } from "./tensor/planned_step.ts";
export { print } from "./tensor/print.ts";
export { type Logged, type LogOptions, type Logs, readEvery } from "./tensor/read_every.ts";
export { keep, scope } from "./tensor/scope.ts";
export type { Mapped, StepResult } from "./tensor/step_result.ts";
export { Tensor } from "./tensor/tensor.ts";
