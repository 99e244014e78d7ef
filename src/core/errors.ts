/**
 * Every error the engine throws on purpose. A message says who refuses, what was expected, what it got and what to do
 * about it, and it is thrown before anything is submitted to the GPU.
 */
export class WgradError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Shapes that do not fit together, or a shape that is not one. */
export class ShapeError extends WgradError {}

/** An option, a label or a number outside its domain. */
export class ValueError extends WgradError {}

/** A tensor was used after `dispose()`, or after the `scope` that owned it ended. */
export class DisposedError extends WgradError {}

/** No WebGPU, or no adapter behind it. */
export class NoAdapterError extends WgradError {}

/** More than the adapter's limits allow. */
export class LimitError extends WgradError {}

/** More memory than `maxBytes` allows, or a buffer larger than the adapter makes. */
export class MemoryLimitError extends LimitError {}

/** The GPU could not allocate a buffer. */
export class OutOfMemoryError extends WgradError {}

/** The device was lost; nothing on it can be read any more. */
export class DeviceLostError extends WgradError {}

/** WGSL that does not link or compile; the message names the file and the line. */
export class ShaderError extends WgradError {}

/** A kernel's result is not what its reference gives: what `verifier()` stops at. */
export class VerificationError extends WgradError {}

/** A kernel made NaN or ±∞ of finite numbers: what `detectAnomaly()` stops at. */
export class AnomalyError extends WgradError {}

/** WebGPU refused an operation that the engine believed to be valid: a bug in the engine. */
export class ValidationError extends WgradError {}
