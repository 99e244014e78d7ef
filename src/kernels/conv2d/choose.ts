import type { Shape } from "../../core/shape.ts";
import { type Candidates, type Chooser, call, choose, type Variant } from "../variants.ts";
import { depthwise } from "./depthwise.ts";
import { depthwiseGradInput, hasDepthwiseGrad } from "./depthwise_grad_input.ts";
import { depthwiseGradWeight } from "./depthwise_grad_weight.ts";
import { isDepthwise } from "./depthwise_problem.ts";
import { forward } from "./forward.ts";
import { gemm } from "./gemm.ts";
import type { Geometry } from "./geometry.ts";
import { gradInput } from "./grad_input.ts";
import { gradInputGemm } from "./grad_input_gemm.ts";
import { gradWeight } from "./grad_weight.ts";
import { gradWeightGemm } from "./grad_weight_gemm.ts";
import { layerClass, layerOf } from "./layer.ts";
import type { ForwardKernel, GradInputKernel, GradWeightKernel } from "./signatures.ts";
import { sumPartials } from "./sum_partials.ts";

/** Channels and terms of the sum from which tiles of 64 channels are filled and staging pays. */
const WIDE = 32;
const LONG = 64;

const isWide = (channels: number, terms: number) => channels >= WIDE && terms >= LONG;
const taps = ({ kernel: [height, width] }: Geometry) => height * width;

/** Kernels for a layer: the depthwise one where it fits, then the staged and the direct one, the better first. */
function candidates<K>(
  depthwise: K | false,
  staged: { readonly kernel: K; readonly better: boolean },
  direct: K,
): Candidates<Variant<K>> {
  const [gemm, plain] = [
    { name: "gemm", kernel: staged.kernel },
    { name: "direct", kernel: direct },
  ];
  if (depthwise) return [{ name: "depthwise", kernel: depthwise }, plain];
  return staged.better ? [gemm, plain] : [plain, gemm];
}

type Device = Pick<Chooser, "software">;

/** The forward kernels, best first: depthwise, tiles of a matrix product where it is wide, or direct. */
export function forwardCandidates(
  g: Geometry,
  { software }: Device,
): Candidates<Variant<ForwardKernel>> {
  const better = !software && isWide(g.outC, g.inC * taps(g));
  return candidates<ForwardKernel>(isDepthwise(g) && depthwise, { kernel: gemm, better }, forward);
}

/** The input gradient kernels, likewise. */
export function gradInputCandidates(
  g: Geometry,
  { software }: Device,
): Candidates<Variant<GradInputKernel>> {
  const better = !software && isWide(g.inC, g.outC * taps(g));
  return candidates<GradInputKernel>(
    hasDepthwiseGrad(g) && depthwiseGradInput,
    { kernel: gradInputGemm, better },
    gradInput,
  );
}

/** The weight gradient kernels, likewise. */
export function gradWeightCandidates(
  g: Geometry,
  { software }: Device,
): Candidates<Variant<GradWeightKernel>> {
  const better = !software && isWide(g.outC, g.inC * taps(g));
  return candidates<GradWeightKernel>(
    isDepthwise(g) && depthwiseGradWeight,
    { kernel: gradWeightGemm, better },
    gradWeight,
  );
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

/** The input gradient kernel for a layer. */
export function chooseGradInput(g: Geometry, chooser: Chooser): GradInputKernel {
  const key = `conv2d/grad_input/${layerClass(g)}`;
  const calls = ({ kernel }: Variant<GradInputKernel>) => {
    const { dy, weight, window } = layerOf(g);
    return [call(kernel, { dy, weight }, { ...window, inputSize: g.input })];
  };
  return choose({ key, candidates: gradInputCandidates(g, chooser), calls }, chooser).kernel;
}

/** The weight gradient kernel for a layer. */
export function chooseGradWeight(g: Geometry, chooser: Chooser): GradWeightKernel {
  const key = `conv2d/grad_weight/${layerClass(g)}`;
  const calls = ({ kernel }: Variant<GradWeightKernel>) => {
    const { x, dy, window } = layerOf(g);
    const first = call(kernel, { x, dy }, { ...window, kernelSize: g.kernel });
    const { partials = [] } = first.plan().outputs as Readonly<Record<string, Shape>>;
    return partials[0] === 1 ? [first] : [first, call(sumPartials, { partials }, {})];
  };
  return choose({ key, candidates: gradWeightCandidates(g, chooser), calls }, chooser).kernel;
}
