import { type AdaptiveSize, adaptiveGeometry } from "../../../../kernels/pool/adaptive.ts";
import {
  type AvgPoolOptions,
  type MaxPoolOptions,
  poolGeometry,
} from "../../../../kernels/pool/geometry.ts";
import type { Tensor } from "../../../../tensor/tensor.ts";
import { type Exporters, refuse } from "../exporter.ts";
import type { GraphOut } from "../graph.ts";

/** Positions at which windows begin and end relative to the image, as pads. */
function windows(x: Tensor, options: MaxPoolOptions & AvgPoolOptions) {
  const { kernel, stride, dilation, padding, borderAfter, output } = poolGeometry(
    "exportOnnx",
    x.shape,
    options,
  );
  const after = ([0, 1] as const).map((axis) => {
    const reach = dilation[axis] * (kernel[axis] - 1) + 1;
    const end = ((output[axis + 2] ?? 1) - 1) * stride[axis] + reach;
    return end - (x.shape[axis + 2] ?? 1) - padding[axis];
  });
  // windows may end before the image does: then no padding is added there
  const pads = [...padding, ...after.map((cells) => Math.max(cells, 0))];
  const beyond = after.some((cells, axis) => cells > (borderAfter[axis] as number));
  return {
    attributes: { kernel_shape: kernel, strides: stride, pads },
    dilations: dilation,
    beyond,
    cells: kernel[0] * kernel[1],
  };
}

function average(graph: GraphOut, x: Tensor, options: AvgPoolOptions): string {
  const { countIncludePad = true, divisorOverride } = options;
  const { attributes, beyond, cells } = windows(x, options);
  const counted = countIncludePad || divisorOverride !== undefined;
  if (countIncludePad && beyond && divisorOverride === undefined) {
    refuse("average pooling with windows that extend beyond the padding in ceil mode");
  }
  const y = graph.node("AveragePool", [graph.name(x)], {
    ...attributes,
    ...(counted && { count_include_pad: 1 }),
  });
  if (divisorOverride === undefined) return y;
  return graph.node("Mul", [y, graph.float(cells / divisorOverride)]);
}

/** `[m, n]`: the weight of each of n cells of an axis in each of m adaptive windows. */
function shares(n: number, m: number): Float64Array {
  const table = new Float64Array(m * n);
  for (let a = 0; a < m; a++) {
    const [start, end] = [Math.floor((a * n) / m), Math.ceil(((a + 1) * n) / m)];
    table.fill(1 / (end - start), a * n + start, a * n + end);
  }
  return table;
}

/** Windows of equal size, if all are: the number of cells of each. */
function even(x: Tensor, outputSize: AdaptiveSize) {
  const { image, windows: counts } = adaptiveGeometry("exportOnnx", x.shape, { outputSize });
  const kernel = image.map((n, axis) => n / (counts[axis] as number));
  const whole = kernel.every(Number.isInteger);
  const attributes = { kernel_shape: kernel, strides: kernel, pads: [0, 0, 0, 0] };
  return { image, counts, attributes: whole ? attributes : undefined };
}

/** Pooling. */
export const pools: Exporters = {
  maxPool2d: (graph, [x, options]) => {
    const { attributes, dilations } = windows(x, options);
    const { pads, kernel_shape: kernel } = attributes;
    if (pads.every((cells, side) => cells < (kernel[side % 2] as number))) {
      return graph.node("MaxPool", [graph.name(x)], { ...attributes, dilations });
    }
    // runtimes refuse padding of at least the kernel's size, which dilation can require
    const sides = graph.integers([0, 0, ...pads.slice(0, 2), 0, 0, ...pads.slice(2)]);
    const padded = graph.node("Pad", [graph.name(x), sides, graph.float(-Infinity)]);
    return graph.node("MaxPool", [padded], { ...attributes, pads: [0, 0, 0, 0], dilations });
  },
  avgPool2d: (graph, [x, options]) => average(graph, x, options),
  globalAvgPool2d: (graph, [x]) => graph.node("GlobalAveragePool", [graph.name(x)]),
  adaptiveAvgPool2d: (graph, [x, outputSize]) => {
    const { image, counts, attributes } = even(x, outputSize);
    const value = graph.name(x);
    if (counts[0] === 1 && counts[1] === 1) return graph.node("GlobalAveragePool", [value]);
    if (attributes) return graph.node("AveragePool", [value], attributes);
    // windows of different sizes: matrix products from both sides
    const [[h, w], [m, k]] = [image, counts];
    const rows = graph.constant("float", [m, h], shares(h, m));
    const columns = graph.constant("float", [k, w], shares(w, k));
    const right = graph.node("Transpose", [columns], { perm: [1, 0] });
    return graph.node("MatMul", [graph.node("MatMul", [rows, value]), right]);
  },
  adaptiveMaxPool2d: (graph, [x, outputSize]) => {
    const { attributes } = even(x, outputSize);
    if (!attributes) refuse("max pooling over windows of different sizes");
    return graph.node("MaxPool", [graph.name(x)], attributes);
  },
  lpPool2d: (graph, [x, { normType = 2, ...options }]) => {
    const { attributes, beyond } = windows(x, options);
    if (beyond) refuse("Lp pooling with windows that extend beyond the image in ceil mode");
    if (normType % 2 !== 0) refuse(`Lp pooling with p = ${normType}, a signed sum`);
    return graph.node("LpPool", [graph.name(x)], { ...attributes, p: normType });
  },
};
