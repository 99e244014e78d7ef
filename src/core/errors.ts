import { currentCaller } from "./caller.ts";

/**
 * Every error the engine throws on purpose. A message says which function refuses, what it expected, what it got and what
 * to do, and the error is thrown before anything is submitted to the GPU.
 */
export class WgradError extends Error {
  // written out in every class: minifiers rename classes
  override name = "WgradError";

  /**
   * `message` begins with the name of the function that refuses and a colon; inside a public function, that function's
   * name.
   */
  constructor(message: string, options?: ErrorOptions) {
    const caller = currentCaller();
    super(caller ? message.replace(/^[\w./ ]+: /, `${caller}: `) : message, options);
  }
}

/** Shapes that do not fit together, or an invalid shape. */
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

/** The engine was used before `await init()`, for example to make a tensor. */
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

/** A kernel's result differs from its reference; thrown by `verifier()`. */
export class VerificationError extends WgradError {
  override name = "VerificationError";
}

/** A kernel made NaN or ±∞ from finite numbers; thrown by `detectAnomaly()`. */
export class AnomalyError extends WgradError {
  override name = "AnomalyError";
}

/** WebGPU refused an operation that the engine believed to be valid: a bug in the engine. */
export class ValidationError extends WgradError {
  override name = "ValidationError";
}
