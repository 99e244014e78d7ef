import type { ActivationOptions } from "../kernels/elementwise/activations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { NormOptions, RunningStats } from "./norm/norm_options.ts";

/** Operations on a kernel's sums before they are stored; see `EpilogueBuffers`. */
export interface Epilogue {
  readonly bias?: Tensor | undefined;
  readonly affine?: Tensor | undefined;
  readonly residual?: Tensor | undefined;
  readonly act: ActivationOptions;
}

/** A kernel whose epilogue can include following operations. */
export interface Mergeable {
  /** Inputs of the kernel; `compute` is called with these, or with others of the same content. */
  readonly inputs: readonly Tensor[];
  /** The epilogue that the kernel has already. */
  readonly epilogue: Epilogue;
  /** The axis of the result that bias and affine extend along; undefined if it takes neither. */
  readonly channels?: number;
  /** `constant` says, for each input, whether it is the same in every run. */
  compute(inputs: readonly Tensor[], epilogue: Epilogue, constant: readonly boolean[]): Tensor;
}

/** Called by operations that may be merged into the preceding kernel; see `inference` of wgrad/nn. */
export interface MergeHook {
  /** Computes a kernel whose epilogue may be extended. */
  base(kernel: Mergeable): Tensor;
  /** act(norm(x) + residual) with running statistics; `kernel` computes it without merging. */
  norm(x: Tensor, options: NormOptions, running: RunningStats, kernel: Mergeable): Tensor;
  activation(x: Tensor, act: ActivationOptions, plain: () => Tensor): Tensor;
  add(a: Tensor, b: Tensor, plain: () => Tensor): Tensor;
}

let active: MergeHook | undefined;

/** The active hook, if any. */
export const mergeHook = (): MergeHook | undefined => active;

/** Runs `work` with `hook` active; undefined for none. */
export function withMergeHook<R>(hook: MergeHook | undefined, work: () => R): R {
  const before = active;
  active = hook;
  try {
    return work();
  } finally {
    active = before;
  }
}
