import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Two } from "../../core/shape.ts";
import { type Shape, sameShape, show } from "../../core/shape.ts";
import { natural, type Pair } from "./geometry.ts";

/** How a transposed convolution spreads its input; PyTorch's names, meaning and defaults. */
export interface TransposedOptions {
  /** Distance between the outputs of neighbouring input pixels. Default 1. */
  readonly stride?: Pair;
  /** Rows and columns cut off on every side of the output. Default 0. */
  readonly padding?: Pair;
  /** Rows and columns added at the bottom and the right of the output, less than stride or dilation. Default 0. */
  readonly outputPadding?: Pair;
  /** Distance between neighbouring taps in output pixels. Default 1. */
  readonly dilation?: Pair;
  /** Number of independent convolutions; must divide both channel counts. Default 1. */
  readonly groups?: number;
}

/** A transposed convolution as the input gradient of an ordinary one. */
export interface Transposed {
  /** Options of the ordinary convolution, which reads `output` and writes the input. */
  readonly window: { stride: Two; padding: Two; dilation: Two; groups: number };
  /** [H, W] of the output. */
  readonly output: Two;
  /**
   * Rows and columns of zeros that are first appended to the input: an output padding of at least the stride, possible only
   * with a larger dilation, corresponds to more input.
   */
  readonly extra: Two;
  /** Output channels. */
  readonly channels: number;
}

/**
 * Sizes of the transposed convolution of x [N, inC, H, W] with weight [inC, outC/groups, kH, kW] and bias [outC]. The
 * output is (H − 1)·stride − 2·padding + dilation·(kH − 1) + outputPadding + 1 high; its width is computed in the same way.
 *
 * Throws `ShapeError` for shapes that do not fit (an empty batch or output included) and `ValueError` for options outside
 * their domain.
 */
export function transposed(
  who: string,
  x: Shape,
  weight: Shape,
  bias: Shape | undefined,
  options: TransposedOptions,
): Transposed {
  const groups = natural(who, "groups", options.groups ?? 1, 1);
  checkChannels(who, x, weight, groups);
  const two = (name: "stride" | "padding" | "outputPadding" | "dilation", least: 0 | 1): Two => {
    const value = options[name] ?? least;
    const [h, w] = typeof value === "number" ? [value, value] : value;
    return [natural(who, name, h, least), natural(who, name, w, least)];
  };
  const [stride, dilation] = [two("stride", 1), two("dilation", 1)];
  const [padding, added] = [two("padding", 0), two("outputPadding", 0)];
  const along = (axis: 0 | 1) => {
    const [s, d, more] = [stride[axis], dilation[axis], added[axis]];
    if (more >= Math.max(s, d)) {
      throw new ValueError(
        `${who}: expected outputPadding less than the stride ${s} or the dilation ${d}, got ${more}; ` +
          "choose it below one of them",
      );
    }
    const [n, k] = [x[axis + 2] ?? 1, weight[axis + 2] ?? 1];
    return (n - 1) * s - 2 * padding[axis] + d * (k - 1) + more + 1;
  };
  const output = [along(0), along(1)] as const;
  const channels = (weight[1] ?? 0) * groups;
  if (output[0] < 1 || output[1] < 1) {
    throw new ShapeError(
      `${who}: expected an output of a pixel or more, got ${show(output)} for ${show(x, "x")} and ` +
        `${show(weight, "weight")}; use less padding`,
    );
  }
  if (bias && !sameShape(bias, [channels])) {
    throw new ShapeError(
      `${who}: expected bias [${channels}], one per output channel, got ${show(bias, "bias")}; ` +
        "reshape it or leave it out",
    );
  }
  return {
    window: { stride, padding, dilation, groups },
    ...{ output, channels },
    extra: [Math.floor(added[0] / stride[0]), Math.floor(added[1] / stride[1])],
  };
}

function checkChannels(who: string, x: Shape, weight: Shape, groups: number): void {
  const fits =
    x.length === 4 && weight.length === 4 && x[1] === weight[0] && (x[1] ?? 0) % groups === 0;
  if (fits && !x.includes(0) && !weight.includes(0)) return;
  throw new ShapeError(
    `${who}: expected x [N, inC, H, W] and weight [inC, outC/groups, kH, kW] without empty axes, inC a multiple of ` +
      `${groups}, got ${show(x, "x")} and ${show(weight, "weight")}; change the weight or groups`,
  );
}
