import type { Act } from "../../kernels/elementwise/activations.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Epilogue of a norm, in its kernels: act(norm(x) + residual). */
export interface FusedOptions {
  /** Applied last: a name, or options like `{ act: "leaky_relu", slope: 0.2 }`. Default "identity". */
  readonly act?: Act | undefined;
  /** Added before the activation; of x's shape. */
  readonly residual?: Tensor | undefined;
}

/** y = act((x − mean) / √(var + eps) · γ + β + residual); everything but the norm itself is optional. */
export interface NormOptions extends FusedOptions {
  /** γ: one per channel; for layer norm, of the normalised shape. */
  readonly weight?: Tensor | undefined;
  /** β, of γ's shape. */
  readonly bias?: Tensor | undefined;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number | undefined;
}

/** Mean and variance over the training so far, [C] each; training updates them in place. */
export interface RunningStats {
  readonly mean: Tensor;
  readonly variance: Tensor;
  /**
   * Weight of the new batch. A function is called whenever the step runs, in a captured step at every replay, so `() => 1 /
   * batches` gives a cumulative average. Default 0.1.
   */
  readonly momentum?: number | (() => number) | undefined;
}
