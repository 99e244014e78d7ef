import { paddingAlong } from "../../../../kernels/padding.ts";
import type { Tensor } from "../../../../tensor/tensor.ts";
import { type Exporters, pairOf, refuse } from "../exporter.ts";
import type { GraphOut } from "../graph.ts";
import { activated } from "./activations.ts";

const optional = (graph: GraphOut, x: Tensor | undefined): string[] => (x ? [graph.name(x)] : []);

/** x with its last two axes exchanged. */
function turned(graph: GraphOut, x: Tensor, turn: boolean): string {
  if (!turn) return graph.name(x);
  const perm = x.shape.map((_, axis) => axis);
  return graph.node("Transpose", [graph.name(x)], {
    perm: [...perm.slice(0, -2), perm.length - 1, perm.length - 2],
  });
}

/** Products and convolutions. */
export const products: Exporters = {
  conv2d: (graph, [x, weight, options = {}]) => {
    const { stride = 1, dilation = 1, padding = 0, groups = 1, bias, act } = options;
    const [strides, dilations, kernel] = [
      ...[pairOf(stride), pairOf(dilation), weight.shape.slice(2)],
    ] as const;
    const [rows, columns] = ([0, 1] as const).map((axis) =>
      paddingAlong("exportOnnx", padding, axis, {
        size: x.shape[axis + 2] ?? 1,
        stride: strides?.[axis] as number,
        reach: (dilations?.[axis] as number) * ((kernel?.[axis] ?? 1) - 1) + 1,
      }),
    );
    const pads = [rows?.[0] ?? 0, columns?.[0] ?? 0, rows?.[1] ?? 0, columns?.[1] ?? 0];
    const attributes = { kernel_shape: kernel, strides, dilations, pads, group: groups };
    const inputs = [graph.name(x), graph.name(weight), ...optional(graph, bias)];
    return activated(graph, graph.node("Conv", inputs, attributes), act);
  },
  convTranspose2d: (graph, [x, weight, options = {}]) => {
    const { stride = 1, dilation = 1, padding = 0, outputPadding = 0, groups = 1, bias } = options;
    const pads = [...pairOf(padding), ...pairOf(padding)];
    if (pairOf(outputPadding).some((more, axis) => more >= (pairOf(stride)[axis] as number))) {
      refuse("output padding of a stride or more");
    }
    return graph.node(
      "ConvTranspose",
      [graph.name(x), graph.name(weight), ...optional(graph, bias)],
      {
        ...{ kernel_shape: weight.shape.slice(2), strides: pairOf(stride), pads, group: groups },
        ...{ dilations: pairOf(dilation), output_padding: pairOf(outputPadding) },
      },
    );
  },
  matmul: (graph, [a, b, options = {}]) => {
    const { transposeA = false, transposeB = false, bias, act } = options;
    if (a.shape.length === 2 && b.shape.length === 2) {
      const attributes = {
        ...(transposeA && { transA: 1 }),
        ...(transposeB && { transB: 1 }),
      };
      const inputs = [graph.name(a), graph.name(b), ...optional(graph, bias)];
      return activated(graph, graph.node("Gemm", inputs, attributes), act);
    }
    const left = turned(graph, a, transposeA && a.shape.length > 1);
    const right = turned(graph, b, transposeB && b.shape.length > 1);
    const product = graph.node("MatMul", [left, right]);
    return activated(graph, bias ? graph.node("Add", [product, graph.name(bias)]) : product, act);
  },
  einsum: (graph, [equation, ...inputs]) =>
    graph.node(
      "Einsum",
      inputs.map((x) => graph.name(x)),
      { equation },
    ),
};
