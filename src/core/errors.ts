import { currentCaller } from "./caller.ts";

/**
 * Every error the engine throws on purpose. A message says who refuses, what was expected, what it got and what to do
 * about it, and it is thrown before anything is submitted to the GPU.
 */
export class WgradError extends Error {
  // written out in every class: minifiers rename classes
  override name = "WgradError";

  /** `message` starts with who refuses and a colon; inside of a public function that is the function's name. */
  constructor(message: string, options?: ErrorOptions) {
    const caller = currentCaller();
    super(caller ? message.replace(/^[\w./ ]+: /, `${caller}: `) : message, options);
  }
}

/** Shapes that do not fit together, or a shape that is not one. */
export class ShapeError extends WgradError {
  override name = "ShapeError";
}

/** An option, a label or a number outside its domain. */
export class ValueError extends WgradError {
  override name = "ValueError";
}

/** A tensor was used after `dispose()`, or after the `scope` that owned it ended. */
export class DisposedError extends WgradError {
  override name = "DisposedError";
}

/** No WebGPU, or no adapter behind it. */
export class NoAdapterError extends WgradError {
  override name = "NoAdapterError";
}

/** A tensor was made, or something else asked of the engine, before `await init()`. */
export class NotInitializedError extends WgradError {
  override name = "NotInitializedError";
}

/** More than the adapter's limits allow. */
export class LimitError extends WgradError {
  override name = "LimitError";
}

/** More memory than `maxBytes` allows, or a buffer larger than the adapter makes. */
export class MemoryLimitError extends LimitError {
  override name = "MemoryLimitError";
}

/** The GPU could not allocate a buffer. */
export class OutOfMemoryError extends WgradError {
  override name = "OutOfMemoryError";
}

/** The device was lost; nothing on it can be read any more. */
export class DeviceLostError extends WgradError {
  override name = "DeviceLostError";
}

/** WGSL that does not link or compile; the message names the file and the line. */
export class ShaderError extends WgradError {
  override name = "ShaderError";
}

/** A kernel's result is not what its reference gives: what `verifier()` stops at. */
export class VerificationError extends WgradError {
  override name = "VerificationError";
}

/** A kernel made NaN or ±∞ of finite numbers: what `detectAnomaly()` stops at. */
export class AnomalyError extends WgradError {
  override name = "AnomalyError";
}

/** WebGPU refused an operation that the engine believed to be valid: a bug in the engine. */
export class ValidationError extends WgradError {
  override name = "ValidationError";
}
