import type { Dispatch } from "../dispatch.ts";

/** Takes timestamps around passes: a `Timer`. */
export interface PassTimer {
  /** The pass of a dispatch, with its timestamps. */
  pass(dispatch: Dispatch): GPUComputePassDescriptor;
  /** The end of the flush, before its submit. */
  resolve(encoder: GPUCommandEncoder): void;
}

/** A timer for the dispatches of one submit. */
export type MakeTimer = (device: GPUDevice) => PassTimer;

/** Is told of every dispatch within the pass that runs it. */
export interface Watch {
  /** The beginning of a flush. */
  start(): void;
  /** Contents have changed otherwise than by a dispatch. */
  forget(): void;
  before(pass: GPUComputePassEncoder, dispatch: Dispatch): void;
  after(pass: GPUComputePassEncoder, dispatch: Dispatch): void;
  /** The end of the flush, before its submit. */
  resolve(encoder: GPUCommandEncoder): void;
  /** After the submit; throws what was found. */
  check(): Promise<void>;
}

/** Who is told of commands while they are encoded. */
export interface Observers {
  readonly timer?: PassTimer | undefined;
  readonly watch?: Watch | undefined;
}
