import type { Shape } from "../../core/shape.ts";
import type { Kernel } from "../kernel.ts";
import {
  bestFirst,
  type Candidates,
  type Chooser,
  call,
  choose,
  type Variant,
} from "../variants.ts";
import { forward } from "./forward.ts";
import { gemm } from "./gemm.ts";
import type { ForwardOptions, Geometry } from "./geometry.ts";
import { gradWeight } from "./grad_weight.ts";
import type { GradWeightOptions } from "./grad_weight_cases.ts";
import { gradWeightGemm } from "./grad_weight_gemm.ts";
import { layerClass, layerOf } from "./layer.ts";
import { sumPartials } from "./sum_partials.ts";

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

/** Channels and terms of the sum from which tiles of 64 channels are filled and staging pays. */
const WIDE = 32;
const LONG = 64;

const terms = ({ inC, kernel }: Geometry) => inC * kernel[0] * kernel[1];
const isWide = (g: Geometry) => g.outC >= WIDE && terms(g) >= LONG;

const forwards = { direct: forward, gemm } satisfies Record<string, ForwardKernel>;
const gradWeights = { direct: gradWeight, gemm: gradWeightGemm } satisfies Record<
  string,
  GradWeightKernel
>;

/** The forward kernels, best first: tiles of a matrix product where it is wide, else direct (depthwise included). */
export function forwardCandidates(
  g: Geometry,
  { software }: Pick<Chooser, "software">,
): Candidates<Variant<ForwardKernel>> {
  return bestFirst(forwards, !software && isWide(g) ? "gemm" : "direct");
}

/** The weight gradient kernels, likewise. */
export function gradWeightCandidates(
  g: Geometry,
  { software }: Pick<Chooser, "software">,
): Candidates<Variant<GradWeightKernel>> {
  return bestFirst(gradWeights, !software && isWide(g) ? "gemm" : "direct");
}

/** The forward kernel for a layer. */
export function chooseForward(g: Geometry, chooser: Chooser): ForwardKernel {
  const key = `conv2d/forward/${layerClass(g)}`;
  const calls = ({ kernel }: Variant<ForwardKernel>) => {
    const { x, weight, window } = layerOf(g);
    return [call(kernel, { x, weight }, window)];
  };
  return choose({ key, candidates: forwardCandidates(g, chooser), calls }, chooser).kernel;
}

/** The weight gradient kernel for a layer. */
export function chooseGradWeight(g: Geometry, chooser: Chooser): GradWeightKernel {
  const key = `conv2d/grad_weight/${layerClass(g)}`;
  const calls = ({ kernel }: Variant<GradWeightKernel>) => {
    const { x, dy, window } = layerOf(g);
    const first = call(kernel, { x, dy }, { ...window, kernelSize: g.kernel });
    const { partials = [] } = first.plan().outputs as Readonly<Record<string, Shape>>;
    return [first, call(sumPartials, { partials }, {})];
  };
  return choose({ key, candidates: gradWeightCandidates(g, chooser), calls }, chooser).kernel;
}
