import type { Dispatch } from "../dispatch.ts";

/** Takes timestamps around passes: a `Timer`. */
export interface DispatchTimer {
  /** Descriptor of the pass that runs this dispatch, with its timestamps. */
  pass(dispatch: Dispatch): GPUComputePassDescriptor;
  /** Called at the end of the flush, before its submit. */
  resolve(encoder: GPUCommandEncoder): void;
}

/** A timer for the dispatches of one submit. */
export type MakeTimer = (device: GPUDevice) => DispatchTimer;

/** Called for every dispatch, within the pass that runs it. */
export interface Watch {
  /** Called at the beginning of a flush. */
  start(): void;
  /** Called when contents have changed other than by a dispatch. */
  forget(): void;
  before(pass: GPUComputePassEncoder, dispatch: Dispatch): void;
  after(pass: GPUComputePassEncoder, dispatch: Dispatch): void;
  /** Called at the end of the flush, before its submit. */
  resolve(encoder: GPUCommandEncoder): void;
  /** Called after the submit; throws if it has found something. */
  check(): Promise<void>;
}

/** Timer and watch that are called while commands are encoded. */
export interface Observers {
  readonly timer?: DispatchTimer | undefined;
  readonly watch?: Watch | undefined;
}
