import type {
  Act,
  Activation,
  ActivationParameters,
} from "../../../../kernels/elementwise/activation_options.ts";
import type { Exporters } from "../exporter.ts";
import type { GraphOut } from "../graph.ts";

type Written = (graph: GraphOut, x: string, options: ActivationParameters) => string;

const float = (value: number) => ({ float: value });

/** An activation that is one operator without attributes. */
const plain =
  (op: string): Written =>
  (graph, x) =>
    graph.node(op, [x]);

/** x clamped between two numbers. */
export const clip = (graph: GraphOut, x: string, min: number, max: number): string =>
  graph.node("Clip", [
    x,
    min === -Infinity ? "" : graph.float(min),
    ...(max === Infinity ? [] : [graph.float(max)]),
  ]);

/** x / 2 · (1 + of) */
function half(graph: GraphOut, x: string, of: string): string {
  const sum = graph.node("Add", [of, graph.float(1)]);
  return graph.node("Mul", [graph.node("Mul", [x, graph.float(0.5)]), sum]);
}

/** log(1 + e^βx) / β, and x above the threshold. */
const softplus: Written = (graph, x, { beta = 1, threshold = 20 }) => {
  const scaled = beta === 1 ? x : graph.node("Mul", [x, graph.float(beta)]);
  const soft = graph.node("Softplus", [scaled]);
  const y = beta === 1 ? soft : graph.node("Div", [soft, graph.float(beta)]);
  if (threshold >= 20) return y; // above it the difference from x is less than a unit in the last place
  const above = graph.node("Greater", [scaled, graph.float(threshold)]);
  return graph.node("Where", [above, x, y]);
};

/** x · Φ(x); from the error function before opset 20. */
const gelu: Written = (graph, x) => {
  if (graph.opset >= 20) return graph.node("Gelu", [x]);
  const scaled = graph.node("Mul", [x, graph.float(Math.SQRT1_2)]);
  return half(graph, x, graph.node("Erf", [scaled]));
};

/** x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))) */
const geluTanh: Written = (graph, x) => {
  if (graph.opset >= 20) return graph.node("Gelu", [x], { approximate: "tanh" });
  const cube = graph.node("Mul", [graph.node("Mul", [x, x]), x]);
  const inner = graph.node("Add", [x, graph.node("Mul", [cube, graph.float(0.044715)])]);
  const scaled = graph.node("Mul", [inner, graph.float(Math.sqrt(2 / Math.PI))]);
  return half(graph, x, graph.node("Tanh", [scaled]));
};

const hardsigmoid: Written = (graph, x, { alpha = 1 / 6, beta = 0.5 }) =>
  graph.node("HardSigmoid", [x], { alpha: float(alpha), beta: float(beta) });

const shrink =
  (moves: boolean): Written =>
  (graph, x, { lambd = 0.5 }) =>
    graph.node("Shrink", [x], { lambd: float(lambd), bias: float(moves ? lambd : 0) });

/** Activations in ONNX's operators. The type requires an entry for each. */
const written: Readonly<Record<Activation, Written>> = {
  identity: (_graph, x) => x,
  relu: plain("Relu"),
  sigmoid: plain("Sigmoid"),
  tanh: plain("Tanh"),
  softsign: plain("Softsign"),
  leaky_relu: (graph, x, { slope = 0.01 }) => graph.node("LeakyRelu", [x], { alpha: float(slope) }),
  relu6: (graph, x) => clip(graph, x, 0, 6),
  hardtanh: (graph, x, { minVal = -1, maxVal = 1 }) => clip(graph, x, minVal, maxVal),
  elu: (graph, x, { alpha = 1 }) => graph.node("Elu", [x], { alpha: float(alpha) }),
  celu: (graph, x, { alpha = 1 }) => graph.node("Celu", [x], { alpha: float(alpha) }),
  selu: (graph, x, { alpha = 1.6732632423543772, gamma = 1.0507009873554805 }) =>
    graph.node("Selu", [x], { alpha: float(alpha), gamma: float(gamma) }),
  silu: (graph, x) => graph.node("Mul", [x, graph.node("Sigmoid", [x])]),
  mish: (graph, x) => {
    const soft = graph.node("Softplus", [x]);
    return graph.node("Mul", [x, graph.node("Tanh", [soft])]);
  },
  gelu,
  gelu_tanh: geluTanh,
  softplus,
  hardsigmoid,
  hardswish: (graph, x) =>
    graph.opset >= 14
      ? graph.node("HardSwish", [x])
      : graph.node("Mul", [x, hardsigmoid(graph, x, {})]),
  logsigmoid: (graph, x) => {
    const negated = graph.node("Neg", [x]);
    return graph.node("Neg", [graph.node("Softplus", [negated])]);
  },
  tanhshrink: (graph, x) => graph.node("Sub", [x, graph.node("Tanh", [x])]),
  threshold: (graph, x, { threshold = 0, value = 0 }) => {
    const below = graph.node("LessOrEqual", [x, graph.float(threshold)]);
    return graph.node("Where", [below, graph.float(value), x]);
  },
  softshrink: shrink(true),
  hardshrink: shrink(false),
};

/** act(x) */
export function activated(graph: GraphOut, x: string, act: Act = "identity"): string {
  if (typeof act === "string") return written[act](graph, x, {});
  return written[act.act](graph, x, act);
}

export const activations: Exporters = {
  activation: (graph, [x, options]) => activated(graph, graph.name(x), options),
  prelu: (graph, [x, weight]) => {
    const planes = x.shape.length > 2 ? x.shape.slice(2).map(() => 1) : [];
    const each = weight.size === 1 ? [1] : [weight.size, ...planes];
    const slope = graph.reshape(graph.name(weight), weight.shape, each);
    return graph.node("PRelu", [graph.name(x), slope]);
  },
};
