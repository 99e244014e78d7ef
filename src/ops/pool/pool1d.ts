import { ShapeError } from "../../core/errors.ts";
import { boolean, number, required } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { alongARow, type LinePadding } from "../../kernels/padding.ts";
import type { AdaptiveLength } from "../../kernels/pool/adaptive.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { adaptiveLength, linePadding } from "../kinds.ts";
import { reshape } from "../shape/reshape.ts";
import { adaptiveAvgPool2d, adaptiveMaxPool2d, lpPool2d } from "./adaptive_pool.ts";
import { avgPool2d, maxPool2d } from "./pool.ts";

/** How windows slide along the last axis, as for two axes in pool2d. */
export interface Pool1dOptions {
  /** Length of the window, ≥ 1. */
  readonly kernelSize: number;
  /** Step of the windows. Default: the kernel size. */
  readonly stride?: number;
  /** Padding on both sides, [before, after], or "same", which gives ⌈L / stride⌉ windows. Default 0. */
  readonly padding?: LinePadding;
  /** Round the number of windows up; the last one must start inside the row or its left padding. Default false. */
  readonly ceilMode?: boolean;
}

/** Options of `maxPool1d`. */
export interface MaxPool1dOptions extends Pool1dOptions {
  /** Distance between neighbouring cells of a window; default 1. */
  readonly dilation?: number;
}

/** Options of `avgPool1d`. */
export interface AvgPool1dOptions extends Pool1dOptions {
  /** As in `avgPool2d`; default true. */
  readonly countIncludePad?: boolean;
}

/** Options of `lpPool1d`. */
export interface LpPool1dOptions extends Omit<Pool1dOptions, "padding"> {
  /** p, an integer ≥ 1; default 2. */
  readonly normType?: number;
}

const row = (n: number) => [1, n] as const;

/** The same options for images of one row. */
function inARow({ kernelSize, stride = kernelSize, padding = 0, ceilMode = false }: Pool1dOptions) {
  return {
    kernelSize: row(kernelSize),
    stride: row(stride),
    padding: alongARow(padding),
    ceilMode,
  };
}

/** Pools x [N, C, L] as images of one row. */
function asImages(who: string, x: Tensor, pool: (image: Tensor) => Tensor): Tensor {
  const [n = 0, c = 0, length = 0] = x.shape;
  if (x.shape.length !== 3) {
    throw new ShapeError(`${who}: expected x [N, C, L], got ${show(x.shape, "x")}; reshape it`);
  }
  using image = reshape(x, [n, c, 1, length]);
  using y = pool(image);
  return reshape(y, [n, c, y.shape[3] ?? 0]);
}

const kernelSize = /* @__PURE__ */ required(number);
const lpKinds = { kernelSize, stride: number, ceilMode: boolean };
const windowKinds = { kernelSize, stride: number, padding: linePadding, ceilMode: boolean };

/** Maximum of every window of x [N, C, L]; the first of equal maxima gets the gradient. */
export const maxPool1d = /* @__PURE__ */ checked(
  "maxPool1d",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<MaxPool1dOptions>({ ...windowKinds, dilation: number }),
  },
  (x: Tensor, { dilation = 1, ...options }: MaxPool1dOptions): Tensor =>
    asImages("maxPool1d", x, (image) =>
      maxPool2d(image, { ...inARow(options), dilation: row(dilation) }),
    ),
);

/** Mean of every window of x [N, C, L]. `countIncludePad` (default true) as in `avgPool2d`. */
export const avgPool1d = /* @__PURE__ */ checked(
  "avgPool1d",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<AvgPool1dOptions>({
      ...windowKinds,
      countIncludePad: boolean,
    }),
  },
  (x: Tensor, { countIncludePad = true, ...options }: AvgPool1dOptions): Tensor =>
    asImages("avgPool1d", x, (image) => avgPool2d(image, { ...inARow(options), countIncludePad })),
);

/** (Σ xᵖ)^(1/p) over every window of x [N, C, L], p = normType (default 2). */
export const lpPool1d = /* @__PURE__ */ checked(
  "lpPool1d",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<LpPool1dOptions>({ ...lpKinds, normType: number }),
  },
  (x: Tensor, { normType = 2, ...options }: LpPool1dOptions): Tensor => {
    const { kernelSize, stride, ceilMode } = inARow(options);
    return asImages("lpPool1d", x, (image) =>
      lpPool2d(image, { normType, kernelSize, stride, ceilMode }),
    );
  },
);

/** Mean of x [N, C, L] over outputSize windows spread evenly along the last axis; null keeps it. */
export const adaptiveAvgPool1d = /* @__PURE__ */ checked(
  "adaptiveAvgPool1d",
  { x: tensorKind, outputSize: adaptiveLength },
  (x: Tensor, outputSize: AdaptiveLength): Tensor =>
    asImages("adaptiveAvgPool1d", x, (image) => adaptiveAvgPool2d(image, [1, outputSize])),
);

/** Maximum of each of outputSize windows spread evenly along the last axis of x [N, C, L]; null keeps it. */
export const adaptiveMaxPool1d = /* @__PURE__ */ checked(
  "adaptiveMaxPool1d",
  { x: tensorKind, outputSize: adaptiveLength },
  (x: Tensor, outputSize: AdaptiveLength): Tensor =>
    asImages("adaptiveMaxPool1d", x, (image) => adaptiveMaxPool2d(image, [1, outputSize])),
);
