import { ShapeError, ValueError } from "../../core/errors.ts";
import { checkShape, type Shape, sameShape, show } from "../../core/shape.ts";
import type { Act } from "../elementwise/activations.ts";
import { type Padding, type Pair, paddingAlong } from "../padding.ts";

export type { Padding, Pair } from "../padding.ts";

/** How a window slides over the input; PyTorch's names, meaning and defaults (`torch.nn.functional.conv2d`). */
export interface Conv2dKernelOptions {
  /** Step of the window in input pixels. Default 1. */
  readonly stride?: Pair;
  /**
   * Zeros around the input in pixels: a number, [height, width], [[top, bottom], [left, right]], or "same", which makes the
   * output size ⌈size / stride⌉ with an odd row or column at the bottom or right. Default 0.
   */
  readonly padding?: Padding;
  /** Distance between neighbouring taps in input pixels. Default 1. */
  readonly dilation?: Pair;
  /** Number of independent convolutions; must divide both channel counts. Default 1. */
  readonly groups?: number;
}

/** Options of the forward kernels. */
export interface ForwardOptions extends Conv2dKernelOptions {
  /** Applied to the sum after the bias. Default "identity". */
  readonly act?: Act | undefined;
}

/** A convolution's sizes, parsed and checked. Pairs are [height, width]. */
export interface Geometry {
  readonly batch: number;
  readonly groups: number;
  /** Input channels of one group. */
  readonly inC: number;
  /** Output channels of one group. */
  readonly outC: number;
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Zeros above and to the left; those below and to the right affect only `output`. */
  readonly padding: readonly [number, number];
}

/**
 * Geometry of x [N, inC, H, W] * weight [outC, inC/groups, kH, kW]. The output is ⌊(H + top + bottom − dilation·(kH − 1) −
 * 1) / stride⌋ + 1 high; its width is computed in the same way.
 *
 * Throws `ShapeError` for shapes that do not fit (an empty batch included) and `ValueError` for options outside their
 * domain.
 */
export function geometry(
  who: string,
  x: Shape,
  weight: Shape,
  options: Conv2dKernelOptions = {},
): Geometry {
  checkRank(who, "x [N, inC, H, W]", x);
  checkRank(who, "weight [outC, inC/groups, kH, kW]", weight);
  const [batch, , h, w] = x as [number, number, number, number];
  const [outputs, inC, kh, kw] = weight as [number, number, number, number];
  const groups = natural(who, "groups", options.groups ?? 1, 1);
  checkChannels(who, x, weight, groups);
  const stride = pair(who, "stride", options.stride ?? 1, 1);
  const dilation = pair(who, "dilation", options.dilation ?? 1, 1);
  const reach = [dilation[0] * (kh - 1) + 1, dilation[1] * (kw - 1) + 1] as const;
  const along = (axis: 0 | 1) => {
    const window = { size: [h, w][axis] as number, stride: stride[axis], reach: reach[axis] };
    return paddingAlong(who, options.padding ?? 0, axis, window);
  };
  const [rows, columns] = [along(0), along(1)];
  const padded = [h + rows[0] + rows[1], w + columns[0] + columns[1]] as const;
  if (padded[0] < reach[0] || padded[1] < reach[1]) {
    throw new ShapeError(
      `${who}: expected a window no larger than the padded input ${show(padded)}, got ${show(reach)} from kernel ` +
        `${show([kh, kw])} with dilation ${show(dilation)}; pad more, or use a smaller kernel`,
    );
  }
  const output = [
    Math.floor((padded[0] - reach[0]) / stride[0]) + 1,
    Math.floor((padded[1] - reach[1]) / stride[1]) + 1,
  ] as const;
  return {
    ...{ batch, groups, inC, outC: outputs / groups },
    ...{ input: [h, w], output, kernel: [kh, kw], stride, dilation },
    padding: [rows[0], columns[0]],
  };
}

/** Shape of y and dy: [N, outC, oH, oW]. */
export function outputShape({ batch, groups, outC, output }: Geometry): Shape {
  return [batch, groups * outC, ...output];
}

/** A multiply-add counts as two; taps on padding are counted, too. */
export function convFlops({ batch, groups, inC, outC, kernel, output }: Geometry): number {
  return 2 * batch * groups * outC * output[0] * output[1] * inC * kernel[0] * kernel[1];
}

/** Values of `struct Params` in shaders/conv2d/geometry.wgsl. */
export function geometryParams(g: Geometry, slices = 1) {
  return {
    ...{ batch: g.batch, groups: g.groups, in_c: g.inC, out_c: g.outC },
    ...{ in_h: g.input[0], in_w: g.input[1], out_h: g.output[0], out_w: g.output[1] },
    ...{ pad_h: g.padding[0], pad_w: g.padding[1], slices },
  };
}

/**
 * Values of the overrides in shaders/conv2d/geometry.wgsl: constants, so that the compiler knows the bounds of loops over
 * taps.
 */
export function geometryOverrides({ kernel, stride, dilation }: Geometry) {
  return {
    ...{ KH: kernel[0], KW: kernel[1], SH: stride[0], SW: stride[1] },
    ...{ DH: dilation[0], DW: dilation[1] },
  };
}

/** Throws unless dy has the shape of the convolution's output. */
export function checkUpstream(who: string, dy: Shape, g: Geometry): void {
  if (!sameShape(dy, outputShape(g))) {
    throw new ShapeError(
      `${who}: expected ${show(outputShape(g), "dy")}, the shape of the output, got ${show(dy, "dy")}; ` +
        "pass the options and sizes of the forward call",
    );
  }
}

function checkRank(who: string, what: string, shape: Shape): void {
  checkShape(who, shape);
  if (shape.length !== 4 || shape.includes(0)) {
    const advice = shape.length === 4 ? "skip empty batches" : "reshape it to four axes";
    throw new ShapeError(
      `${who}: expected ${what} without empty axes, got ${show(shape)}; ${advice}`,
    );
  }
}

/** Says in an error whether x (perhaps with channels last) or the weight has a wrong number of channels. */
function checkChannels(who: string, x: Shape, weight: Shape, groups: number): void {
  const [outC = 0, perGroup = 0] = weight;
  const inC = perGroup * groups;
  if (x[1] !== inC) {
    const nhwc = x[3] === inC ? "NHWC? permute(x, [0, 3, 1, 2])" : "change x, the weight or groups";
    throw new ShapeError(
      `${who}: expected x [N, C, H, W] with C = ${inC} for ${show(weight, "weight")} and ${groups} groups, ` +
        `got ${show(x, "x")}; ${nhwc}`,
    );
  }
  if (outC % groups !== 0) {
    throw new ShapeError(
      `${who}: expected weight [outC, inC/groups, kH, kW] with outC a multiple of ${groups}, ` +
        `got ${show(weight, "weight")}; change the weight or groups`,
    );
  }
}

/** Returns `value`; throws unless it is an integer ≥ `least`. */
export function natural(who: string, name: string, value: number, least: number): number {
  if (!Number.isInteger(value) || value < least) {
    throw new ValueError(
      `${who}: expected ${name} to be an integer ≥ ${least}, got ${value}; pass one number or [height, width]`,
    );
  }
  return value;
}

function pair(who: string, name: string, value: Pair, least: number): [number, number] {
  const [h, w] = typeof value === "number" ? [value, value] : value;
  return [natural(who, name, h, least), natural(who, name, w, least)];
}

/** The block that one thread of the direct kernels computes: channels and columns of a row, and the slot that selects it. */
export interface Block {
  readonly slot: "one" | "eight" | "eight_wide";
  readonly length: number;
  readonly columns: number;
}

/**
 * One channel for depthwise and similar convolutions, where a block of eight channels would be nearly empty; seven columns,
 * or eight if fewer blocks' columns then lie beyond the row.
 */
export function directBlock(channels: number, width: number): Block {
  if (channels <= 2) return { slot: "one", length: 1, columns: 7 };
  const columns = columnsOf(width);
  return { slot: columns === 8 ? "eight_wide" : "eight", length: 8, columns };
}

/** Columns per block: eight if that leaves fewer unused columns at the end of a row than seven. */
export const columnsOf = (width: number): number =>
  8 * blocksOf(width, 8) < 7 * blocksOf(width, 7) ? 8 : 7;

/** Number of blocks of `length` that cover `count`. */
export const blocksOf = (count: number, length: number) => Math.ceil(count / length);
