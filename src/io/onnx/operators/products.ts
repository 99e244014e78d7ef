import { conv2d } from "../../../ops/conv/conv.ts";
import { convTranspose2d } from "../../../ops/conv/conv_transpose.ts";
import { add, mul } from "../../../ops/elementwise/elementwise.ts";
import { einsum } from "../../../ops/matmul/einsum.ts";
import { matmul } from "../../../ops/matmul/matmul.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import { pad, slice } from "../../../ops/shape/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import {
  floatOf,
  floatsOnly,
  intOf,
  intsOf,
  type NodeCall,
  type Operator,
  only,
  ranks,
  refusals,
  textOf,
} from "../operator.ts";
import { asPlane, lineShape, padsAt, planeShape, windowsOf } from "./windows.ts";

const autoPads = only("auto_pad", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID");

const conv: Operator = {
  refuse: refusals(ranks(0, 3, 4), ranks(1, 3, 4), autoPads),
  run: (call) => {
    const [x, weight] = [call.tensor(0), call.tensor(1)];
    const windows = windowsOf(call, x.shape, weight.shape.slice(2));
    const { stride, dilation, padding } = asPlane(windows);
    const groups = intOf(call, "group", 1);
    const bias = call.has(2) ? call.tensor(2) : undefined;
    const y = conv2d(reshape(x, planeShape(x.shape)), reshape(weight, planeShape(weight.shape)), {
      ...{ stride, dilation, padding, groups, bias },
    });
    return reshape(y, lineShape(y.shape, x.shape));
  },
};

/** Cells to cut off before and after an axis of the transposed convolution without padding, and the remaining length. */
function outputAlong(call: NodeCall, axis: number, axes: number, whole: number, length: number) {
  const more = intsOf(call, "output_padding")?.[axis] ?? 0;
  const auto = textOf(call, "auto_pad", "NOTSET");
  const stride = intsOf(call, "strides")?.[axis] ?? 1;
  const same = auto === "SAME_UPPER" || auto === "SAME_LOWER";
  const wanted = intsOf(call, "output_shape")?.[axis] ?? (same ? length * stride : undefined);
  if (wanted === undefined) {
    const [before, after] = auto === "VALID" ? [0, 0] : padsAt(call, axis, axes);
    return { start: before, length: whole - before - after + more };
  }
  const total = Math.max(whole + more - wanted, 0);
  const half = Math.floor(total / 2);
  return { start: auto === "SAME_UPPER" ? half : total - half, length: wanted };
}

/** Computes the transposed convolution without padding, then cuts off or appends zeros as the node requires. */
const convTranspose: Operator = {
  refuse: refusals(ranks(0, 3, 4), ranks(1, 3, 4), autoPads),
  run: (call) => {
    const [x, weight] = [call.tensor(0), call.tensor(1)];
    const kernel = weight.shape.slice(2);
    const { stride, dilation } = asPlane(windowsOf(call, x.shape, kernel));
    const plane = convTranspose2d(
      reshape(x, planeShape(x.shape)),
      reshape(weight, planeShape(weight.shape)),
      { stride, dilation, groups: intOf(call, "group", 1) },
    );
    const whole = reshape(plane, lineShape(plane.shape, x.shape));
    const axes = kernel.map((_, axis) => {
      const length = whole.shape[axis + 2] as number;
      return {
        whole: length,
        ...outputAlong(call, axis, kernel.length, length, x.shape[axis + 2] as number),
      };
    });
    const y = cut(whole, axes);
    return call.has(2) ? add(y, reshape(call.tensor(2), [-1, ...kernel.map(() => 1)])) : y;
  },
};

function cut(x: Tensor, axes: readonly { whole: number; start: number; length: number }[]): Tensor {
  const ends = axes.map(({ whole, start, length }) => Math.max(start + length - whole, 0));
  const long = ends.some((n) => n > 0)
    ? pad(x, [[0, 0], [0, 0], ...ends.map((n): [number, number] => [0, n])])
    : x;
  if (axes.every(({ start, length }, axis) => start === 0 && length === long.shape[axis + 2]))
    return long;
  return slice(long, [
    {},
    {},
    ...axes.map(({ start, length }) => ({ start, end: start + length })),
  ]);
}

/** alpha · a · b + beta · c */
const gemm: Operator = {
  refuse: floatsOnly,
  run: (call) => {
    const [alpha, beta] = [floatOf(call, "alpha", 1), floatOf(call, "beta", 1)];
    const options = {
      transposeA: intOf(call, "transA", 0) === 1,
      transposeB: intOf(call, "transB", 0) === 1,
    };
    const [a, b] = [call.tensor(0), call.tensor(1)];
    const c = call.has(2) && beta !== 0 ? call.tensor(2) : undefined;
    const columns = b.shape[options.transposeB ? 0 : 1];
    if (c && alpha === 1 && beta === 1 && c.shape.length === 1 && c.size === columns) {
      return matmul(a, b, { ...options, bias: c });
    }
    const product = matmul(a, b, options);
    const scaled = alpha === 1 ? product : mul(product, alpha);
    return c ? add(scaled, beta === 1 ? c : mul(c, beta)) : scaled;
  },
};

/** Products and convolutions, by ONNX's names. */
export const products: Readonly<Record<string, Operator>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  Gemm: gemm,
  MatMul: { refuse: floatsOnly, run: (call) => matmul(call.tensor(0), call.tensor(1)) },
  Einsum: {
    refuse: floatsOnly,
    run: (call) => {
      const inputs = Array.from({ length: call.count }, (_, i) => call.tensor(i));
      return einsum(textOf(call, "equation", ""), ...inputs);
    },
  },
};
