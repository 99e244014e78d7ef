import shader from "#shaders/pool/lp.wgsl";
import { ValueError } from "../../core/errors.ts";
import { boolean, number, pair, required } from "../../core/kinds.ts";
import { type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import {
  forEachWindow,
  type Pair,
  type PoolGeometry,
  poolGeometry,
  windowParams,
} from "./geometry.ts";

/** How the windows of an Lp pooling slide, and p; PyTorch's names. */
export interface LpPoolOptions {
  /** p, an integer ≥ 1; default 2. */
  readonly normType?: number;
  /** Cells under a window, [height, width] or one number for both, ≥ 1. */
  readonly kernelSize: Pair;
  /** Step of the window. Default: the kernel size. */
  readonly stride?: Pair;
  /** Whether the number of windows is rounded up. Default false. */
  readonly ceilMode?: boolean;
}

/** Geometry of Lp pooling. Throws the errors of `poolGeometry`, and `ValueError` unless p is an integer ≥ 1. */
export function lpGeometry(who: string, x: Shape, options: LpPoolOptions) {
  const { normType = 2, ...rest } = options;
  if (!Number.isInteger(normType) || normType < 1) {
    throw new ValueError(
      `${who}: expected normType an integer ≥ 1, got ${normType}; use maxPool2d for ∞`,
    );
  }
  return { g: poolGeometry(who, x, rest), normType };
}

/**
 * (Σ xᵖ)^(1/p) over every window of x[N, C, H, W]. In ceil mode, the sum of a window that reaches beyond the image is
 * scaled to a full window, as in PyTorch. For odd p the terms are signed, and a negative sum gives NaN (for p = 1 the sum).
 * Throws the errors of `lpGeometry`.
 */
export const poolLp = kernel(shader, ({ x }, options: LpPoolOptions) => {
  const { g, normType } = lpGeometry("pool/lp", x, options);
  const count = size(g.output);
  return {
    outputs: { y: g.output },
    params: windowParams(g, count),
    grid: grid1d(Math.ceil(count / 64)),
    overrides: { KH: g.kernel[0], KW: g.kernel[1], POWER: normType },
    flops: 2 * count * g.kernel[0] * g.kernel[1],
  };
});

export const kinds = () => ({
  normType: number,
  kernelSize: required(pair),
  stride: pair,
  ceilMode: boolean,
});

/** kh·kw divided by the number of cells that a window counts. */
export const shareOf = ({ kernel }: PoolGeometry, counted: number): number =>
  (kernel[0] * kernel[1]) / counted;

export const reference: Reference<typeof poolLp> = ({ x }, options) => {
  const { g, normType } = lpGeometry("pool/lp", x.shape, options);
  const y = new Float64Array(size(g.output));
  forEachWindow(g, (window, cells, counted) => {
    let sum = 0;
    for (const cell of cells) sum += (x.data[cell] as number) ** normType;
    sum *= shareOf(g, counted);
    y[window] = normType === 1 ? sum : sum ** (1 / normType);
  });
  return { y };
};

const positive = (...shape: number[]) => ({
  shape,
  fill: (_: number, random: () => number) => 0.1 + 2 * random(),
});

export const cases: Case<typeof poolLp>[] = (
  [
    { name: "one cell", inputs: { x: [1, 1, 1, 1] }, options: { kernelSize: 1 } },
    { name: "L2, 2×2", inputs: { x: [2, 3, 6, 10] }, options: { kernelSize: 2 } },
    {
      name: "L2, overlapping, ceil mode",
      inputs: { x: [1, 2, 8, 7] },
      options: { kernelSize: [3, 2], stride: [2, 3], ceilMode: true },
    },
    {
      name: "L1 is a signed sum",
      inputs: { x: [1, 2, 7, 6] },
      options: { normType: 1, kernelSize: 3, stride: 2 },
    },
    {
      name: "L3 of positive numbers",
      inputs: { x: positive(1, 2, 7, 6) },
      options: { normType: 3, kernelSize: 3, stride: 2 },
    },
    { name: "L4", inputs: { x: [1, 2, 6, 6] }, options: { normType: 4, kernelSize: 2 } },
    {
      name: "L3 of a negative sum is NaN",
      inputs: { x: { shape: [1, 1, 2, 4], fill: (i) => [-2, 1, 3, 1, 0, 1, -1, 0][i] ?? 0 } },
      options: { normType: 3, kernelSize: 2 },
    },
    {
      name: "zeros",
      inputs: { x: { shape: [1, 1, 2, 4], fill: () => 0 } },
      options: { normType: 3, kernelSize: 2 },
    },
    {
      name: "safety: ±1e4, NaN and infinities stay in their windows",
      inputs: {
        x: { shape: [1, 1, 4, 8], fill: (i) => [NaN, Infinity, -1e4, -Infinity][i / 2] ?? 1e4 },
      },
      options: { kernelSize: 2 },
    },
    {
      name: "safety: L4 of large numbers, NaN and infinity",
      inputs: { x: { shape: [1, 1, 2, 6], fill: (i) => [Infinity, 1, NaN][i] ?? 1e9 } },
      options: { normType: 4, kernelSize: 2 },
    },
  ] satisfies Case<typeof poolLp>[]
).map((test) => ({ ...test, tolerance: { length: 9 } }));
