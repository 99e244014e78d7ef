import type { DType, Shape } from "../core/shape.ts";
import type { Fill, HostTensor, Tolerance } from "../kernels/kernel.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** An input of an operation's case. */
export interface OpInput {
  /** Shape of the tensor. */
  readonly shape: Shape;
  /** Value of element i; default: distinct numbers in [−2, 2) in a seeded order, none of them 0. */
  readonly fill?: Fill;
  /** Element type of the tensor. Default "f32". */
  readonly dtype?: DType;
  /** Whether its gradient is tested; default true for f32. */
  readonly grad?: boolean;
}

/**
 * A named use of a public operation. `wgrad/testing` compares the result with `reference`, and every gradient, for a
 * non-uniform upstream gradient, with central differences of `reference` in float64.
 */
export interface OpCase {
  /** Name of the case in reports. */
  readonly name: string;
  /** Input tensors, in the order of `run`. */
  readonly inputs: readonly OpInput[];
  /** The operation on tensors of `inputs`. */
  readonly run: (...inputs: Tensor[]) => Tensor | readonly Tensor[];
  /** Plain loops in float64, not rounded; one array for every tensor that `run` returns. */
  readonly reference: (...inputs: HostTensor[]) => ArrayLike<number> | readonly ArrayLike<number>[];
  /** Shape of the result, if it should be checked; of the first result, if there are several. */
  readonly shape?: Shape;
  /** dtype of the result, if it should be checked; of the first result, if there are several. */
  readonly dtype?: DType;
  /** Tolerance of the result; default that of kernels. */
  readonly tolerance?: Tolerance | "exact";
  /** Step of the central differences, times max(1, |x|). Default 1e-5. */
  readonly step?: number;
  /** Tolerance of the gradients; default `tolerance`, or twice that of kernels. */
  readonly gradTolerance?: Tolerance;
}

/** Export `cases` of a file `*_cases.ts` beside the operations: the cases of each operation, by its public name. */
export type OpCases = Readonly<Record<string, readonly OpCase[]>>;
