import type { Shape } from "../../core/shape.ts";
import { matmulCalls } from "../matmul/choose.ts";
import { sumPartials } from "../reduce/sum_partials.ts";
import {
  type Call,
  type Candidates,
  type Chooser,
  call,
  choose,
  type Named,
  type Variant,
} from "../variants.ts";
import { forwardCalls, gradInputCalls, gradWeightCalls } from "../winograd/calls.ts";
import { type ConvPass, canTile, tilesPay } from "../winograd/pays.ts";
import { conv2dColumns as columns } from "./columns.ts";
import { conv2dDepthwise as depthwise } from "./depthwise.ts";
import {
  conv2dDepthwiseGradInput as depthwiseGradInput,
  hasDepthwiseGrad,
} from "./depthwise_grad_input.ts";
import {
  conv2dDepthwiseGradInputStrided as depthwiseGradInputStrided,
  hasStridedDepthwiseGrad,
} from "./depthwise_grad_input_strided.ts";
import { conv2dDepthwiseGradWeight as depthwiseGradWeight } from "./depthwise_grad_weight.ts";
import { isDepthwiseLayer } from "./depthwise_problem.ts";
import { conv2dForward as forward } from "./forward.ts";
import { conv2dGemm as gemm } from "./gemm.ts";
import { convFlops, type Geometry } from "./geometry.ts";
import { conv2dGradInput as gradInput } from "./grad_input.ts";
import { conv2dGradInputGemm as gradInputGemm } from "./grad_input_gemm.ts";
import { conv2dGradWeight as gradWeight } from "./grad_weight.ts";
import { conv2dGradWeightGemm as gradWeightGemm } from "./grad_weight_gemm.ts";
import { layerClass, layerOf } from "./layer.ts";
import type { ForwardKernel, GradInputKernel, GradWeightKernel } from "./signatures.ts";

/** Number of channels, and of terms in the sum, from which tiles of 64 channels are filled and staging pays. */
const WIDE = 32;
const LONG = 64;

const isWide = (channels: number, terms: number) => channels >= WIDE && terms >= LONG;
const taps = ({ kernel: [height, width] }: Geometry) => height * width;

/** A candidate that is a single kernel. */
export interface ByKernel<K> extends Variant<K> {
  readonly name: "depthwise" | "direct" | "gemm";
}

/**
 * Several dispatches around a matrix product: Winograd's, of `winograd/calls.ts`, or the product of the weights with the
 * windows as columns.
 */
export interface AroundProduct<Name extends string> extends Named {
  readonly name: Name;
  readonly kernel?: undefined;
}

/** A way to compute a convolution or one of its gradients; identified by `name`. */
export type ConvCandidate<K, Name extends string = "winograd"> =
  | ByKernel<K>
  | (Name extends string ? AroundProduct<Name> : never);

/** A way to compute the forward convolution. */
export type ForwardCandidate = ConvCandidate<ForwardKernel, "winograd" | "columns">;

const winograd = { name: "winograd" } as const;
const byColumns = { name: "columns" } as const;

/**
 * Minimum number of operations for which columns are used (only with constant weights), and the maximum per output channel:
 * 128 MiB of columns.
 */
const WORTH_COLUMNS = 2 ** 23;
const MOST_COLUMNS = 2 ** 26;

type Device = Pick<Chooser, "software" | "constantWeights">;

/** The kernels of one pass; `depthwise` is false if it does not fit the layer. */
interface Kernels<K> {
  readonly depthwise: K | false;
  readonly gemm: K;
  readonly direct: K;
}

/** Candidates for a layer, likely fastest first. On a card, a `wide` layer starts with the kernel that stages tiles. */
function candidates<K>(
  g: Geometry,
  pass: ConvPass,
  { depthwise, gemm, direct }: Kernels<K>,
  wide: boolean,
  device: Device,
): Candidates<ConvCandidate<K>> {
  const staged = { name: "gemm", kernel: gemm } as const;
  const plain = { name: "direct", kernel: direct } as const;
  if (depthwise) return [{ name: "depthwise", kernel: depthwise }, plain];
  const kernels =
    wide && !device.software ? ([staged, plain] as const) : ([plain, staged] as const);
  if (!canTile(g, pass)) return kernels;
  return tilesPay(g, pass, device) ? [winograd, ...kernels] : [...kernels, winograd];
}

/**
 * Whether a product with columns is faster than the direct kernel: on a software adapter it performs 1.3 to 1.9 times as
 * many multiply-adds per second. Only with constant weights, as in inference: its pipelines take long to compile.
 */
function columnsPay(g: Geometry, device: Device): boolean {
  if (!device.software || !device.constantWeights || g.groups > 1) return false;
  const flops = convFlops(g);
  return g.outC >= WIDE && flops >= WORTH_COLUMNS && flops <= MOST_COLUMNS * g.outC;
}

/**
 * Candidates for the forward convolution, likely fastest first: depthwise, a tiled matrix product for wide layers,
 * direct, or Winograd.
 */
export function forwardCandidates(g: Geometry, device: Device): Candidates<ForwardCandidate> {
  const kernels = { depthwise: isDepthwiseLayer(g) && depthwise, gemm, direct: forward };
  const wide = isWide(g.outC, g.inC * taps(g));
  const ways = candidates<ForwardKernel>(g, "forward", kernels, wide, device);
  return ways[0]?.name !== "winograd" && columnsPay(g, device) ? [byColumns, ...ways] : ways;
}

/** Candidates for the input gradient, likely fastest first. */
export function gradInputCandidates(
  g: Geometry,
  device: Device,
): Candidates<ConvCandidate<GradInputKernel>> {
  const kernels = {
    depthwise:
      (hasDepthwiseGrad(g) && depthwiseGradInput) ||
      (hasStridedDepthwiseGrad(g) && depthwiseGradInputStrided),
    gemm: gradInputGemm,
    direct: gradInput,
  };
  const wide = isWide(g.inC, g.outC * taps(g));
  return candidates<GradInputKernel>(g, "gradInput", kernels, wide, device);
}

/** Candidates for the weight gradient, likely fastest first. */
export function gradWeightCandidates(
  g: Geometry,
  device: Device,
): Candidates<ConvCandidate<GradWeightKernel>> {
  const kernels = {
    depthwise: isDepthwiseLayer(g) && depthwiseGradWeight,
    gemm: gradWeightGemm,
    direct: gradWeight,
  };
  const wide = isWide(g.outC, g.inC * taps(g));
  return candidates<GradWeightKernel>(g, "gradWeight", kernels, wide, device);
}

/** The best way to compute the forward convolution: the fastest one measured, or the first candidate. */
export function chooseForward(g: Geometry, chooser: Chooser): ForwardCandidate {
  const constant = chooser.constantWeights && (canTile(g, "forward") || columnsPay(g, chooser));
  const key = `conv2d/forward/${layerClass(g)}${constant ? "/constant" : ""}`;
  const calls = ({ name, kernel }: ForwardCandidate) => {
    if (name === "winograd") return forwardCalls(g, chooser);
    if (name === "columns") return columnCalls(g, chooser);
    const { x, weight, window } = layerOf(g);
    return [call(kernel, { x, weight }, window)];
  };
  return choose({ key, candidates: forwardCandidates(g, chooser), calls }, chooser);
}

/** The dispatches of a product with columns: what src/ops/conv/conv_forward.ts runs. */
function columnCalls(g: Geometry, chooser: Chooser): Call[] {
  const { x, window } = layerOf(g);
  const first = call(columns, { x }, { ...window, kernelSize: g.kernel });
  const { columns: b = [] } = first.plan().outputs as Readonly<Record<string, Shape>>;
  return [first, ...matmulCalls({ a: [g.outC, b[1] ?? 0], b }, { channel: "row" }, chooser)];
}

/** The best way to compute the input gradient. */
export function chooseGradInput(g: Geometry, chooser: Chooser): ConvCandidate<GradInputKernel> {
  const key = `conv2d/grad_input/${layerClass(g)}`;
  const calls = ({ name, kernel }: ConvCandidate<GradInputKernel>) => {
    if (name === "winograd") return gradInputCalls(g, chooser);
    const { dy, weight, window } = layerOf(g);
    return [call(kernel, { dy, weight }, { ...window, inputSize: g.input })];
  };
  return choose({ key, candidates: gradInputCandidates(g, chooser), calls }, chooser);
}

/** The best way to compute the weight gradient. */
export function chooseGradWeight(g: Geometry, chooser: Chooser): ConvCandidate<GradWeightKernel> {
  const key = `conv2d/grad_weight/${layerClass(g)}`;
  const calls = ({ name, kernel }: ConvCandidate<GradWeightKernel>) => {
    if (name === "winograd") return gradWeightCalls(g, chooser);
    const { x, dy, window } = layerOf(g);
    const first = call(kernel, { x, dy }, { ...window, kernelSize: g.kernel });
    const { partials = [] } = first.plan().outputs as Readonly<Record<string, Shape>>;
    return partials[0] === 1 ? [first] : [first, call(sumPartials, { partials }, {})];
  };
  return choose({ key, candidates: gradWeightCandidates(g, chooser), calls }, chooser);
}
