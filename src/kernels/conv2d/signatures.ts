import type { EpilogueBuffers } from "../epilogue.ts";
import type { Kernel } from "../kernel.ts";
import type { conv2dDepthwiseGradInput as depthwiseGradInput } from "./depthwise_grad_input.ts";
import type { conv2dDepthwiseGradWeight as depthwiseGradWeight } from "./depthwise_grad_weight.ts";
import type { conv2dGemm as gemm } from "./gemm.ts";
import type { ForwardOptions } from "./geometry.ts";
import type { conv2dGradInput as gradInput } from "./grad_input.ts";
import type { GradInputOptions } from "./grad_input_cases.ts";
import type { conv2dGradWeight as gradWeight } from "./grad_weight.ts";
import type { GradWeightOptions } from "./grad_weight_cases.ts";

type SlotsOf<K> = K extends { plan(...args: never): { readonly slots: infer S } } ? S : never;

/** Bindings shared by kernels that differ only in speed. */
interface Binds<Reads, Optional, Writes, AllSlots> {
  readonly reads: Reads;
  readonly optional: Optional;
  readonly writes: Writes;
  readonly inouts: Record<never, never>;
  readonly params: object;
  readonly overrides: string;
  readonly slots: AllSlots;
}

type Nothing = Record<never, never>;

/** Bindings of every forward kernel. */
export type ForwardSignature = Binds<
  { x: "f32"; weight: "f32" },
  Record<keyof EpilogueBuffers, "f32">,
  { y: "f32" },
  SlotsOf<typeof gemm>
>;

/** Any of the forward kernels: same inputs, options, output and reference. */
export type ForwardKernel = Kernel<ForwardSignature, ForwardOptions>;

/** Bindings of every input gradient kernel. */
export type GradInputSignature = Binds<
  { dy: "f32"; weight: "f32" },
  Nothing,
  { dx: "f32" },
  Partial<SlotsOf<typeof gradInput> & SlotsOf<typeof depthwiseGradInput>>
>;

/** Any of the input gradient kernels: same inputs, options, output and reference. */
export type GradInputKernel = Kernel<GradInputSignature, GradInputOptions>;

/** Bindings of every weight gradient kernel. */
export type GradWeightSignature = Binds<
  { x: "f32"; dy: "f32" },
  Nothing,
  { partials: "f32" },
  Partial<SlotsOf<typeof gradWeight> & SlotsOf<typeof depthwiseGradWeight>>
>;

/** Any of the weight gradient kernels: same inputs, options, output and reference. */
export type GradWeightKernel = Kernel<GradWeightSignature, GradWeightOptions>;
