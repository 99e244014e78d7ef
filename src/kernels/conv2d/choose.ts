import type { Kernel } from "../kernel.ts";
import { forward } from "./forward.ts";
import { gemm } from "./gemm.ts";
import type { ForwardOptions, Geometry } from "./geometry.ts";
import { gradWeight } from "./grad_weight.ts";
import type { GradWeightOptions } from "./grad_weight_cases.ts";
import { gradWeightGemm } from "./grad_weight_gemm.ts";

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

/** What every weight gradient kernel binds. */
export interface GradWeightSignature {
  readonly reads: { x: "f32"; dy: "f32" };
  readonly optional: Record<never, never>;
  readonly writes: { partials: "f32" };
  readonly inouts: Record<never, never>;
  readonly params: object;
  readonly overrides: string;
  readonly slots: Partial<Slots<typeof gradWeight>>;
}

/** Any of the weight gradient kernels: same inputs, options, output and reference. */
export type GradWeightKernel = Kernel<GradWeightSignature, GradWeightOptions>;

/** What the choice depends on besides the sizes. */
export interface Device {
  /** True when the CPU emulates a GPU: barriers are dear there, and the kernels without them always win. */
  readonly software: boolean;
}

/** Channels and terms of the sum from which tiles of 64 channels are filled and staging pays. */
const WIDE = 32;
const LONG = 64;

const terms = ({ inC, kernel }: Geometry) => inC * kernel[0] * kernel[1];

/** The forward kernel for a layer: tiles of a matrix product where it is wide, else direct (depthwise included). */
export function chooseForward(g: Geometry, { software }: Device): ForwardKernel {
  return !software && g.outC >= WIDE && terms(g) >= LONG ? gemm : forward;
}

/** The weight gradient kernel for a layer, likewise. */
export function chooseGradWeight(g: Geometry, { software }: Device): GradWeightKernel {
  return !software && g.outC >= WIDE && terms(g) >= LONG ? gradWeightGemm : gradWeight;
}
