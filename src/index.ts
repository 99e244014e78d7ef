/**
 * Tensors, operations, scopes and captured steps. Layers, optimisers, losses, data and models have their own sub-paths.
 *
 * @module wgrad
 */
export { checkpoint } from "./autograd/checkpoint.ts";
export {
  defineOp,
  type OpDefinition,
  type OpGradients,
  type OpResult,
  type Outputs,
  type Upstream,
} from "./autograd/define_op.ts";
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
export {
  type ElementwiseFunction,
  type ElementwiseText,
  elementwise,
} from "./ops/elementwise/own.ts";
export { autocast } from "./ops/elementwise/precision.ts";
export * from "./ops/index.ts";
export { currentEngine, type Engine, init } from "./scheduler/engine.ts";
export type { Inspector } from "./scheduler/observe/inspect.ts";
export { type Frame, type Phase, type Place, recordFunction } from "./scheduler/observe/place.ts";
export type { KernelTime } from "./scheduler/observe/timer.ts";
export type { InitOptions } from "./scheduler/options.ts";
export type { StepPlan } from "./scheduler/step/step_plan.ts";
export type { WarmOptions, WarmProgress } from "./scheduler/step/warm.ts";
export { type Captured, type CaptureOptions, capture, type Specs } from "./tensor/capture.ts";
export { fromBuffer, type TensorOptions, tensor } from "./tensor/create.ts";
export type { Nested, NumberArray } from "./tensor/elements.ts";
export { type LeakReport, leakReport } from "./tensor/leaks.ts";
export type { TensorSpec } from "./tensor/planned_step.ts";
export { print } from "./tensor/print.ts";
export { type Logged, type LogOptions, type Logs, readEvery } from "./tensor/read_every.ts";
export { type RecoverDeviceOptions, recoverDevice } from "./tensor/recover_device.ts";
export { runKernel } from "./tensor/run_kernel.ts";
export { keep, scope } from "./tensor/scope.ts";
export type { Mapped, StepResult } from "./tensor/step_result.ts";
export { Tensor } from "./tensor/tensor.ts";
