import type { FusedOptions } from "../../../../ops/norm/norm_options.ts";
import type { Tensor } from "../../../../tensor/tensor.ts";
import { type Exporters, fromZero, refuse } from "../exporter.ts";
import type { GraphOut } from "../graph.ts";
import { activated } from "./activations.ts";

const epsilon = (eps = 1e-5) => ({ epsilon: { float: eps } });

/** A scale or shift per channel; 1 or 0 if there is none. */
const channelwise = (graph: GraphOut, x: Tensor | undefined, count: number, otherwise: number) =>
  x ? graph.name(x) : graph.constant("float", [count], new Float64Array(count).fill(otherwise));

/** act(y + residual) */
function finished(graph: GraphOut, y: string, { residual, act }: FusedOptions): string {
  return activated(graph, residual ? graph.node("Add", [y, graph.name(residual)]) : y, act);
}

/** y · weight + bias, if they are given, broadcast to this shape. */
function affine(
  graph: GraphOut,
  y: string,
  { weight, bias }: { weight?: Tensor | undefined; bias?: Tensor | undefined },
  shape: readonly number[],
): string {
  const each = (x: Tensor) => graph.reshape(graph.name(x), x.shape, shape);
  const scaled = weight ? graph.node("Mul", [y, each(weight)]) : y;
  return bias ? graph.node("Add", [scaled, each(bias)]) : scaled;
}

/** The mean over the last axes, which are kept with length 1. */
const meanOverLast = (graph: GraphOut, x: string, axes: readonly number[]): string =>
  graph.opset >= 18
    ? graph.node("ReduceMean", [x, graph.integers(axes)], { keepdims: 1 })
    : graph.node("ReduceMean", [x], { axes, keepdims: 1 });

/** x / √(mean(x²) + eps) over the last axes. */
function byMeanSquare(graph: GraphOut, x: string, axes: readonly number[], eps: number): string {
  const spread = meanOverLast(graph, graph.node("Mul", [x, x]), axes);
  const sum = graph.node("Add", [spread, graph.float(eps)]);
  return graph.node("Div", [x, graph.node("Sqrt", [sum])]);
}

const lastAxes = (x: Tensor, count: number): number[] =>
  x.shape.map((_, axis) => axis).slice(x.shape.length - count);

/** Normalisation. */
export const norms: Exporters = {
  batchNorm: (graph, [x, options = {}]) => {
    const { running, training, weight, bias, eps } = options;
    if (training || !running) refuse("batch norm with the statistics of the batch");
    const channels = x.shape[1] ?? 1;
    const inputs = [
      graph.name(x),
      channelwise(graph, weight, channels, 1),
      channelwise(graph, bias, channels, 0),
      ...[graph.name(running.mean), graph.name(running.variance)],
    ];
    return finished(graph, graph.node("BatchNormalization", inputs, epsilon(eps)), options);
  },
  instanceNorm: (graph, [x, options = {}]) => {
    const channels = x.shape[1] ?? 1;
    const factors = [
      channelwise(graph, options.weight, channels, 1),
      channelwise(graph, options.bias, channels, 0),
    ];
    const inputs = [graph.name(x), ...factors];
    return finished(
      graph,
      graph.node("InstanceNormalization", inputs, epsilon(options.eps)),
      options,
    );
  },
  // groups are written as instances: ONNX's own operator needs opset 18, and has had a scale per channel only since opset
  // 21
  groupNorm: (graph, [x, groups, options = {}]) => {
    const [n = 1, channels = 1, ...planes] = x.shape;
    const rows = [n, groups, x.size / n / groups];
    const given = graph.reshape(graph.name(x), x.shape, rows);
    const unit = [
      channelwise(graph, undefined, groups, 1),
      channelwise(graph, undefined, groups, 0),
    ];
    const y = graph.node("InstanceNormalization", [given, ...unit], epsilon(options.eps));
    const whole = graph.reshape(y, rows, x.shape);
    const shape = [channels, ...planes.map(() => 1)];
    return finished(graph, affine(graph, whole, options, shape), options);
  },
  layerNorm: (graph, [x, normalizedShape, options = {}]) => {
    const { weight, bias, eps = 1e-5 } = options;
    const axes = lastAxes(x, normalizedShape.length);
    const value = graph.name(x);
    if (graph.opset >= 17 && weight) {
      const inputs = [value, graph.name(weight), ...(bias ? [graph.name(bias)] : [])];
      const attributes = { axis: -normalizedShape.length, ...epsilon(eps) };
      return finished(graph, graph.node("LayerNormalization", inputs, attributes), options);
    }
    const centred = graph.node("Sub", [value, meanOverLast(graph, value, axes)]);
    const y = byMeanSquare(graph, centred, axes, eps);
    return finished(graph, affine(graph, y, options, normalizedShape), options);
  },
  rmsNorm: (graph, [x, normalizedShape, options = {}]) => {
    const axes = lastAxes(x, normalizedShape.length);
    const y = byMeanSquare(graph, graph.name(x), axes, options.eps ?? 2 ** -23);
    return finished(graph, affine(graph, y, options, normalizedShape), options);
  },
  localResponseNorm: (graph, [x, size, { alpha = 1e-4, beta = 0.75, k = 1 } = {}]) => {
    if (size % 2 === 0) refuse("local response norm over an even number of channels");
    const attributes = { alpha: { float: alpha }, beta: { float: beta }, bias: { float: k } };
    const [n = 1, channels = 1, ...planes] = x.shape;
    // runtimes expect images
    const image = planes.length === 2 ? x.shape : [n, channels, x.size / n / channels, 1];
    const value = graph.reshape(graph.name(x), x.shape, image);
    return graph.reshape(graph.node("LRN", [value], { size, ...attributes }), image, x.shape);
  },
  softmax: (graph, [x, axis = -1]) =>
    graph.node("Softmax", [graph.floats(x)], { axis: fromZero(x, axis) }),
  logSoftmax: (graph, [x, axis = -1]) =>
    graph.node("LogSoftmax", [graph.floats(x)], { axis: fromZero(x, axis) }),
};
