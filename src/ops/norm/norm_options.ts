import type { Act } from "../../kernels/elementwise/activations.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What follows a norm in the same kernels: act(norm(x) + residual). */
export interface FusedOptions {
  /** Applied last: a name, or options like `{ act: "leaky_relu", slope: 0.2 }`. Default "identity". */
  readonly act?: Act | undefined;
  /** Added before the activation; of x's shape. */
  readonly residual?: Tensor | undefined;
}

/** y = act((x − mean) / √(var + eps) · γ + β + residual); all but the norm itself may be left out. */
export interface NormOptions extends FusedOptions {
  /** γ: one a channel; for layer norm the shape it normalises over. */
  readonly weight?: Tensor | undefined;
  /** β, of γ's shape. */
  readonly bias?: Tensor | undefined;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number | undefined;
}

/** Mean and variance over the training so far, [C] each; updated in place in training. */
export interface RunningStats {
  readonly mean: Tensor;
  readonly variance: Tensor;
  /**
   * Weight of the new batch; a function is asked whenever the step runs, in a captured one at every replay, so that a
   * cumulative average is `() => 1 / batches`. Default 0.1.
   */
  readonly momentum?: number | (() => number) | undefined;
}
