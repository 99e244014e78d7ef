import type { DType, Shape } from "../core/shape.ts";
import type { Fill, HostTensor, Tolerance } from "../kernels/kernel.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** An input of an operation's case. */
export interface OpInput {
  /** Shape of the tensor. */
  readonly shape: Shape;
  /** Makes element i; default: distinct numbers in [−2, 2), in a seeded order, none of them 0. */
  readonly fill?: Fill;
  /** Element type of the tensor. Default "f32". */
  readonly dtype?: DType;
  /** Whether its gradient is proved; default true for f32. */
  readonly grad?: boolean;
}

/**
 * A named use of a public operation. `wgrad/testing` proves it: the result against `reference`, and every gradient, for a
 * non-uniform upstream gradient, against central differences of `reference` in float64.
 */
export interface OpCase {
  /** What the case is about, in reports. */
  readonly name: string;
  /** Its tensors, in the order of `run`. */
  readonly inputs: readonly OpInput[];
  /** The operation on tensors of `inputs`. */
  readonly run: (...inputs: Tensor[]) => Tensor | readonly Tensor[];
  /** Plain loops in float64, not rounded; one array for every tensor that `run` returns. */
  readonly reference: (...inputs: HostTensor[]) => ArrayLike<number> | readonly ArrayLike<number>[];
  /** Shape of the result, where it should be checked: that of the first, if there are several. */
  readonly shape?: Shape;
  /** Element type of the result, where it should be checked: that of the first, if there are several. */
  readonly dtype?: DType;
  /** Of the result; default the one of kernels. */
  readonly tolerance?: Tolerance | "exact";
  /** Of the central differences, times max(1, |x|). Default 1e-5. */
  readonly step?: number;
  /** Of the gradients; default `tolerance`, or twice the one of kernels. */
  readonly gradTolerance?: Tolerance;
}

/** What a file `*_cases.ts` beside the operations exports as `cases`: the cases of each operation, by its public name. */
export type OpCases = Readonly<Record<string, readonly OpCase[]>>;
