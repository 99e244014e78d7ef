/** A tensor of an ONNX file. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

interface Attribute {
  readonly int: number;
  readonly float: number;
  readonly ints: readonly number[];
  readonly tensor?: Numbers | string;
}

export interface Node {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** The parts of an ONNX file's graph that are used here. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Numbers | string>;
  readonly inputs: readonly { readonly name: string }[];
  readonly outputs: readonly { readonly name: string }[];
}

/** A convolution or matrix product, with the norm and the activation after it. */
export interface Fused {
  readonly node: Node;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly weight: Numbers;
  readonly bias: Float64Array | undefined;
  readonly activation: "linear" | "relu" | "relu6";
}

/**
 * The nodes in their order, without constants; a batch norm or activation is folded into a node if it is the only one
 * that follows it.
 */
export function fused(graph: Graph): (Fused | Node)[] {
  const { initializers, outputs } = graph;
  const constants = graph.nodes.filter(({ op }) => op === "Constant");
  const nodes = graph.nodes.filter(({ op }) => op !== "Constant");
  const values = new Map([
    ...initializers,
    ...constants.map((node) => [node.outputs[0], node.attributes.get("value")?.tensor] as const),
  ]);
  const numbers = (name: string | undefined) => {
    const found = values.get(name ?? "");
    return typeof found === "object" ? found : undefined;
  };
  const results = new Set(outputs.map(({ name }) => name));
  const only = (name: string): Node | undefined => {
    const readers = nodes.filter(({ inputs }) => inputs.includes(name));
    return readers.length === 1 && !results.has(name) ? readers[0] : undefined;
  };
  const gone = new Set<Node>();
  return nodes.flatMap((node): (Fused | Node)[] => {
    if (gone.has(node)) return [];
    const weight = numbers(node.inputs[1]);
    if (!weight || (node.op !== "Conv" && node.op !== "Gemm")) return [node];
    let last = node;
    let layer = { weight, bias: numbers(node.inputs[2])?.data };
    const follow = (next: Node) => {
      gone.add(next);
      last = next;
    };
    const norm = only(last.outputs[0] as string);
    if (node.op === "Conv" && norm?.op === "BatchNormalization") {
      layer = folded(layer, norm, numbers);
      follow(norm);
    }
    const next = only(last.outputs[0] as string);
    const activation = next ? activationOf(next, numbers) : "linear";
    if (next && activation !== "linear") follow(next);
    return [{ node, inputs: node.inputs.slice(0, 1), outputs: last.outputs, ...layer, activation }];
  });
}

type Find = (name: string | undefined) => Numbers | undefined;

/** w·s and (b − mean)·s + β, with s = γ / √(variance + ε) of the output channel. */
function folded(
  { weight, bias }: Pick<Fused, "weight" | "bias">,
  norm: Node,
  numbers: Find,
): Pick<Fused, "weight" | "bias"> {
  const [gamma, beta, mean, variance] = norm.inputs.slice(1).map((name) => numbers(name)?.data);
  const { shape, data } = weight;
  const eps = norm.attributes.get("epsilon")?.float ?? 1e-5;
  const scale = Float64Array.from(
    { length: shape[0] as number },
    (_, o) => Number(gamma?.[o]) / Math.sqrt(Number(variance?.[o]) + eps),
  );
  const each = data.length / scale.length;
  return {
    weight: { shape, data: data.map((w, i) => w * (scale[Math.floor(i / each)] as number)) },
    bias: scale.map((s, o) => ((bias?.[o] ?? 0) - Number(mean?.[o])) * s + Number(beta?.[o])),
  };
}

function activationOf({ op, inputs }: Node, numbers: Find): Fused["activation"] {
  if (op === "Relu") return "relu";
  const [least, most] = [numbers(inputs[1])?.data[0], numbers(inputs[2])?.data[0]];
  return op === "Clip" && least === 0 && most === 6 ? "relu6" : "linear";
}
