import type { ActivationOptions } from "../kernels/elementwise/activations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { NormOptions, RunningStats } from "./norm/norm_options.ts";

/** What a kernel does to its sums before it stores them, as `EpilogueBuffers`. */
export interface Epilogue {
  readonly bias?: Tensor | undefined;
  readonly affine?: Tensor | undefined;
  readonly residual?: Tensor | undefined;
  readonly act: ActivationOptions;
}

/** A kernel that can end with what follows it. */
export interface Mergeable {
  /** What it reads; `compute` is given them, or others that hold the same. */
  readonly inputs: readonly Tensor[];
  /** What it ends with so far. */
  readonly epilogue: Epilogue;
  /** The axis of the result that bias and affine go along; undefined where it takes neither. */
  readonly channels?: number;
  /** `constant` says of each input whether it is the same in every run. */
  compute(inputs: readonly Tensor[], epilogue: Epilogue, constant: readonly boolean[]): Tensor;
}

/** Asked by operations whose work may become part of the kernel before it; see `inference` of wgrad/nn. */
export interface MergeHook {
  /** A result of a kernel that can end with more. */
  base(kernel: Mergeable): Tensor;
  /** act(norm(x) + residual) by running statistics, which `kernel` computes by itself. */
  norm(x: Tensor, options: NormOptions, running: RunningStats, kernel: Mergeable): Tensor;
  activation(x: Tensor, act: ActivationOptions, plain: () => Tensor): Tensor;
  add(a: Tensor, b: Tensor, plain: () => Tensor): Tensor;
}

let active: MergeHook | undefined;

/** The hook in force, if any. */
export const mergeHook = (): MergeHook | undefined => active;

/** Runs `work` with `hook` in force; undefined for none. */
export function withMergeHook<R>(hook: MergeHook | undefined, work: () => R): R {
  const before = active;
  active = hook;
  try {
    return work();
  } finally {
    active = before;
  }
}
