import type { Kernel } from "../kernel.ts";
import type { depthwiseGradInput } from "./depthwise_grad_input.ts";
import type { depthwiseGradWeight } from "./depthwise_grad_weight.ts";
import type { gemm } from "./gemm.ts";
import type { ForwardOptions } from "./geometry.ts";
import type { gradInput } from "./grad_input.ts";
import type { GradInputOptions } from "./grad_input_cases.ts";
import type { gradWeight } from "./grad_weight.ts";
import type { GradWeightOptions } from "./grad_weight_cases.ts";

type Slots<K> = K extends { plan(...args: never): { readonly slots: infer S } } ? S : never;

/** What every forward kernel binds: they differ in speed only. */
export interface ForwardSignature {
  readonly reads: { x: "f32"; weight: "f32" };
  readonly optional: { bias: "f32"; z: "f32" };
  readonly writes: { y: "f32" };
  readonly inouts: Record<never, never>;
  readonly params: object;
  readonly overrides: string;
  readonly slots: Slots<typeof gemm>;
}

/** Any of the forward kernels: same inputs, options, output and reference. */
export type ForwardKernel = Kernel<ForwardSignature, ForwardOptions>;

/** What every input gradient kernel binds. */
export interface GradInputSignature {
  readonly reads: { dy: "f32"; weight: "f32" };
  readonly optional: Record<never, never>;
  readonly writes: { dx: "f32" };
  readonly inouts: Record<never, never>;
  readonly params: object;
  readonly overrides: string;
  readonly slots: Partial<Slots<typeof gradInput> & Slots<typeof depthwiseGradInput>>;
}

/** Any of the input gradient kernels: same inputs, options, output and reference. */
export type GradInputKernel = Kernel<GradInputSignature, GradInputOptions>;

/** What every weight gradient kernel binds. */
export interface GradWeightSignature {
  readonly reads: { x: "f32"; dy: "f32" };
  readonly optional: Record<never, never>;
  readonly writes: { partials: "f32" };
  readonly inouts: Record<never, never>;
  readonly params: object;
  readonly overrides: string;
  readonly slots: Partial<Slots<typeof gradWeight> & Slots<typeof depthwiseGradWeight>>;
}

/** Any of the weight gradient kernels: same inputs, options, output and reference. */
export type GradWeightKernel = Kernel<GradWeightSignature, GradWeightOptions>;
