import type { Shape, Two } from "../../../core/shape.ts";
import type { Padding } from "../../../kernels/padding.ts";
import { pad } from "../../../ops/shape/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { intsOf, type NodeCall, textOf } from "../operator.ts";

/** How windows slide over the spatial axes; one entry per axis. */
export interface Windows {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Cells before and after each axis. */
  readonly pads: readonly Two[];
}

/** The windows over the spatial axes of an input [N, C, ...] from a node's attributes. */
export function windowsOf(call: NodeCall, shape: Shape, kernel: readonly number[]): Windows {
  const ones = kernel.map(() => 1);
  const strides = intsOf(call, "strides") ?? ones;
  const dilations = intsOf(call, "dilations") ?? ones;
  const auto = textOf(call, "auto_pad", "NOTSET");
  const pads = kernel.map((n, axis): Two => {
    if (auto === "VALID") return [0, 0];
    if (auto !== "SAME_UPPER" && auto !== "SAME_LOWER") return padsAt(call, axis, kernel.length);
    const [length = 0, step = 1, apart = 1] = [shape[axis + 2], strides[axis], dilations[axis]];
    const total = Math.max((Math.ceil(length / step) - 1) * step + apart * (n - 1) + 1 - length, 0);
    const half = Math.floor(total / 2);
    return auto === "SAME_UPPER" ? [half, total - half] : [total - half, half];
  });
  return { kernel, strides, dilations, pads };
}

/** ONNX lists the padding before all axes, then the padding after them. */
export function padsAt(call: NodeCall, axis: number, axes: number): Two {
  const given = intsOf(call, "pads") ?? [];
  return [given[axis] ?? 0, given[axis + axes] ?? 0];
}

/** Windows for an image; windows of a line become windows of an image of one row. */
export function asPlane({ kernel, strides, dilations, pads }: Windows) {
  const two = (values: readonly number[]): Two =>
    values.length === 1 ? [1, values[0] as number] : [values[0] as number, values[1] as number];
  const sides: Two[] = pads.length === 1 ? [[0, 0], pads[0] as Two] : [...pads];
  const padding: Padding = [sides[0] as Two, sides[1] as Two];
  return { kernelSize: two(kernel), stride: two(strides), dilation: two(dilations), padding };
}

/** x [N, C, L] as images of one row; other shapes unchanged. */
export const planeShape = (shape: Shape): Shape =>
  shape.length === 3 ? [shape[0] as number, shape[1] as number, 1, shape[2] as number] : shape;

/** A result for images of one row as one for lines, if `like` has three axes. */
export const lineShape = (shape: Shape, like: Shape): Shape =>
  like.length === 3 ? shape.toSpliced(2, 1) : shape;

/** x with a border of a value around its spatial axes; borders of width 0 are omitted. */
export function padded(x: Tensor, pads: readonly Two[], value: number): Tensor {
  if (pads.every(([before, after]) => before === 0 && after === 0)) return x;
  return pad(x, [[0, 0], [0, 0], ...pads], value);
}
