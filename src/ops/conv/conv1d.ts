import { ShapeError } from "../../core/errors.ts";
import { count, number } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { alongARow, type LinePadding } from "../../kernels/padding.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { linePadding } from "../kinds.ts";
import { reshape } from "../shape/reshape.ts";
import { conv2d } from "./conv.ts";
import { convTranspose2d } from "./conv_transpose.ts";

/** How a window slides along the last axis, as for two axes in `conv2d`. */
export interface Conv1dOptions {
  /** Step of the window. Default 1. */
  readonly stride?: number;
  /** Zeros on both sides: one number, [before, after], or "same", which makes the result ⌈L / stride⌉ long. Default 0. */
  readonly padding?: LinePadding;
  /** Distance between neighbouring taps of the window. Default 1. */
  readonly dilation?: number;
  /** Number of independent convolutions; must divide both channel counts. Default 1. */
  readonly groups?: number;
  /** [outC]. */
  readonly bias?: Tensor | undefined;
}

/** Options of `convTranspose1d`, as of `convTranspose2d`. */
export interface ConvTranspose1dOptions extends Omit<Conv1dOptions, "padding"> {
  /** Elements cut off at both ends of the output. Default 0. */
  readonly padding?: number;
  /** Elements added at the end of the output, less than stride or dilation. Default 0. */
  readonly outputPadding?: number;
}

/** Runs `convolve` on images of one row. */
function asImages(
  who: string,
  x: Tensor,
  weight: Tensor,
  channels: number | undefined,
  convolve: (x: Tensor, weight: Tensor) => Tensor,
): Tensor {
  const [n = 0, c = 0, length = 0] = x.shape;
  const [a = 0, b = 0, taps = 0] = weight.shape;
  if (x.shape.length !== 3 || weight.shape.length !== 3) {
    throw new ShapeError(
      `${who}: expected x [N, inC, L] and a weight of three axes, got ${show(x.shape, "x")} and ` +
        `${show(weight.shape, "weight")}; reshape them`,
    );
  }
  if (c !== channels) {
    const advice = length === channels ? "permute(x, [0, 2, 1])" : "change x, the weight or groups";
    throw new ShapeError(
      `${who}: expected x [N, ${channels}, L] for ${show(weight.shape, "weight")}, got ${show(x.shape, "x")}; ${advice}`,
    );
  }
  using image = reshape(x, [n, c, 1, length]);
  using window = reshape(weight, [a, b, 1, taps]);
  using y = convolve(image, window);
  return reshape(y, [n, y.shape[1] ?? 0, y.shape[3] ?? 0]);
}

/** Convolution of x [N, inC, L] with weight [outC, inC/groups, k]. Errors are those of `conv2d`. */
export const conv1d = /* @__PURE__ */ checked(
  "conv1d",
  {
    x: tensorKind,
    weight: tensorKind,
    options: /* @__PURE__ */ options<Conv1dOptions>({
      ...{ stride: number, padding: linePadding, dilation: number, groups: count },
      bias: tensorKind,
    }),
  },
  (
    x: Tensor,
    weight: Tensor,
    { stride = 1, padding = 0, dilation = 1, groups = 1, bias }: Conv1dOptions = {},
  ): Tensor =>
    asImages("conv1d", x, weight, (weight.shape[1] ?? 0) * groups, (image, window) =>
      conv2d(image, window, {
        ...{ stride: [1, stride], padding: alongARow(padding), dilation: [1, dilation] },
        ...{ groups, bias },
      }),
    ),
);

/** Transposed convolution of x [N, inC, L] with weight [inC, outC/groups, k]. Errors are those of `convTranspose2d`. */
export const convTranspose1d = /* @__PURE__ */ checked(
  "convTranspose1d",
  {
    x: tensorKind,
    weight: tensorKind,
    options: /* @__PURE__ */ options<ConvTranspose1dOptions>({
      ...{ stride: number, padding: number, outputPadding: number, dilation: number },
      ...{ groups: count, bias: tensorKind },
    }),
  },
  (x: Tensor, weight: Tensor, options: ConvTranspose1dOptions = {}): Tensor => {
    const { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, bias } = options;
    return asImages("convTranspose1d", x, weight, weight.shape[0], (image, window) =>
      convTranspose2d(image, window, {
        ...{ stride: [1, stride], padding: [0, padding], outputPadding: [0, outputPadding] },
        ...{ dilation: [1, dilation], groups, bias },
      }),
    );
  },
);
