import { ShapeError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import type { AdaptiveLength } from "../kernels/pool/adaptive.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { adaptiveAvgPool2d, adaptiveMaxPool2d, lpPool2d } from "./adaptive_pool.ts";
import { avgPool2d, maxPool2d } from "./pool.ts";
import { reshape } from "./reshape.ts";

/** How windows lie along the last axis; as in two dimensions. */
export interface Pool1dOptions {
  readonly kernelSize: number;
  /** Default: the kernel size. */
  readonly stride?: number;
  readonly padding?: number;
  readonly ceilMode?: boolean;
}

const row = (n: number) => [1, n] as const;

/** The same options for images of one row. */
function inARow({ kernelSize, stride = kernelSize, padding = 0, ceilMode = false }: Pool1dOptions) {
  return {
    kernelSize: row(kernelSize),
    stride: row(stride),
    padding: [0, padding] as const,
    ceilMode,
  };
}

/** Pools x [N, C, L] as images of one row. */
function asImages(who: string, x: Tensor, pool: (image: Tensor) => Tensor): Tensor {
  const [n = 0, c = 0, length = 0] = x.shape;
  if (x.shape.length !== 3) {
    throw new ShapeError(`${who}: expected x [N, C, L], got ${show(x.shape, "x")}; reshape it`);
  }
  const y = pool(reshape(x, [n, c, 1, length]));
  return reshape(y, [n, c, y.shape[3] ?? 0]);
}

/** Largest of every window of x [N, C, L]; the first of equals takes the gradient. */
export const maxPool1d = (
  x: Tensor,
  { dilation = 1, ...options }: Pool1dOptions & { readonly dilation?: number },
): Tensor =>
  asImages("maxPool1d", x, (image) =>
    maxPool2d(image, { ...inARow(options), dilation: row(dilation) }),
  );

/** Mean of every window of x [N, C, L]. `countIncludePad` (default true) as in `avgPool2d`. */
export const avgPool1d = (
  x: Tensor,
  { countIncludePad = true, ...options }: Pool1dOptions & { readonly countIncludePad?: boolean },
): Tensor =>
  asImages("avgPool1d", x, (image) => avgPool2d(image, { ...inARow(options), countIncludePad }));

/** (Σ xᵖ)^(1/p) over every window of x [N, C, L], p = normType (default 2). */
export const lpPool1d = (
  x: Tensor,
  { normType = 2, ...options }: Omit<Pool1dOptions, "padding"> & { readonly normType?: number },
): Tensor => {
  const { kernelSize, stride, ceilMode } = inARow(options);
  return asImages("lpPool1d", x, (image) =>
    lpPool2d(image, { normType, kernelSize, stride, ceilMode }),
  );
};

/** Mean of x [N, C, L] over outputSize windows that share the axis out; null keeps it. */
export const adaptiveAvgPool1d = (x: Tensor, outputSize: AdaptiveLength): Tensor =>
  asImages("adaptiveAvgPool1d", x, (image) => adaptiveAvgPool2d(image, [1, outputSize]));

/** Largest of each of outputSize windows that share the last axis of x [N, C, L] out; null keeps it. */
export const adaptiveMaxPool1d = (x: Tensor, outputSize: AdaptiveLength): Tensor =>
  asImages("adaptiveMaxPool1d", x, (image) => adaptiveMaxPool2d(image, [1, outputSize]));
