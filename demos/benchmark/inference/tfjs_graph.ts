import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { filter, type Images, type T } from "../libraries/tfjs_tensors.ts";
import { type Fused, fused, type Graph, type Node, type Numbers } from "./graph.ts";

/** A network in TensorFlow.js, for images [N, H, W, C]. */
export interface TfjsNetwork {
  predict(x: T): T;
  dispose(): void;
}

type Run = (inputs: readonly T[]) => T;
type Sides = [number, number][];

/** Tensors that a step needs before its first run, kept until the network is disposed of. */
type Keep = <X extends T>(x: X) => X;

const pair = ({ attributes }: Node, name: string): [number, number] => {
  const [a = 1, b = 1] = attributes.get(name)?.ints ?? [];
  return [a, b];
};

/** ONNX's pads [top, left, bottom, right] in TensorFlow.js's form. */
function sidesOf({ attributes }: Node): Sides {
  const [top = 0, left = 0, bottom = 0, right = 0] = attributes.get("pads")?.ints ?? [];
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** Padding in the simplest form that TensorFlow.js has for it, as faster kernels are chosen for "valid" and a number. */
function padOf(node: Node): "valid" | number | tf.backend_util.ExplicitPadding {
  const sides = sidesOf(node);
  const [[top], [left]] = sides.slice(1) as [[number, number], [number, number]];
  if (!sides.slice(1, 3).every(([a, b]) => a === top && b === top && left === top)) {
    return sides as tf.backend_util.ExplicitPadding;
  }
  return top === 0 ? "valid" : top;
}

const tensorOf = ({ data, shape }: Numbers) => tf.tensor(Float32Array.from(data), [...shape]);

function convolution({ node, weight, bias, activation }: Fused, keep: Keep): Run {
  const group = node.attributes.get("group")?.int ?? 1;
  const [out = 0, perGroup = 0] = weight.shape;
  const [strides, pad] = [pair(node, "strides"), padOf(node)];
  if (pair(node, "dilations").some((step) => step !== 1)) throw unknown(node, "with dilation");
  const more = { strides, activation, ...biasOf(bias, keep) };
  if (group === 1) {
    const w = keep(filter(tensorOf(weight)));
    return ([x]) => tf.fused.conv2d({ ...more, pad, x: x as Images, filter: w });
  }
  if (perGroup !== 1 || out !== group || typeof pad === "object") throw unknown(node, "in groups");
  const w = keep(tf.transpose(tensorOf(weight), [2, 3, 0, 1]) as Images); // [h, w, C, 1]
  return ([x]) => tf.fused.depthwiseConv2d({ ...more, pad, x: x as Images, filter: w });
}

const biasOf = (bias: Float64Array | undefined, keep: Keep) =>
  bias && { bias: keep(tf.tensor1d(Float32Array.from(bias))) };

function product({ node, weight, bias, activation }: Fused, keep: Keep): Run {
  const w = tensorOf(weight) as tf.Tensor2D;
  const b = keep(node.attributes.get("transB")?.int ? tf.transpose(w) : w);
  const more = { activation, ...biasOf(bias, keep) };
  return ([a]) => tf.fused.matMul({ ...more, a: a as tf.Tensor2D, b });
}

/** Flattens images in ONNX's order (channels first), for any size. */
const flat: Run = ([given]) => {
  const x = given as T;
  const [n = 1, h = 1, w = 1] = x.shape;
  const ordered = x.rank === 4 && h * w > 1 ? tf.transpose(x, [0, 3, 1, 2]) : x;
  return tf.reshape(ordered, [n, -1]);
};

function pooling(node: Node) {
  const [size, strides, pad] = [pair(node, "kernel_shape"), pair(node, "strides"), padOf(node)];
  return { size, strides, pad };
}

const operators: Readonly<Record<string, (node: Node) => Run>> = {
  Relu: () => (inputs) => tf.relu(inputs[0] as T),
  Add: () => (inputs) => tf.add(inputs[0] as T, inputs[1] as T),
  Concat: () => (inputs) => tf.concat([...inputs], 3),
  MaxPool(node) {
    const { size, strides, pad } = pooling(node);
    return ([x]) => tf.maxPool(x as Images, size, strides, pad);
  },
  AveragePool(node) {
    const { size, strides, pad } = pooling(node);
    const counted = pad !== "valid" && node.attributes.get("count_include_pad")?.int === 1;
    if (!counted) return ([x]) => tf.avgPool(x as Images, size, strides, pad);
    return ([x]) => tf.avgPool(tf.pad(x as Images, sidesOf(node)), size, strides, "valid");
  },
  GlobalAveragePool: () => (inputs) => tf.mean(inputs[0] as T, [1, 2], true),
  Flatten: () => flat,
  Reshape: () => flat, // these networks have no other operations
  Identity: () => (inputs) => inputs[0] as T,
};

const unknown = ({ op, name }: Node, what: string) =>
  new Error(`TensorFlow.js: expected an operator of these networks, got ${op} ${what} (${name})`);

function runOf(step: Fused | Node, keep: Keep): Run {
  if ("node" in step)
    return step.node.op === "Gemm" ? product(step, keep) : convolution(step, keep);
  const make = operators[step.op];
  if (!make) throw unknown(step, "");
  return make(step);
}

/** The graph with the library's operations; norms and activations are folded, as its converter does. */
export function tfjsNetwork(graph: Graph): TfjsNetwork {
  const kept: T[] = [];
  const keep: Keep = (x) => {
    kept.push(x);
    return tf.keep(x);
  };
  const steps: { run: Run; inputs: string[]; output: string }[] = [];
  tf.tidy(() => {
    for (const step of fused(graph)) {
      const inputs = step.inputs.filter((name) => !graph.initializers.has(name));
      steps.push({ run: runOf(step, keep), inputs, output: step.outputs[0] as string });
    }
  });
  const [input, output] = [graph.inputs[0]?.name as string, graph.outputs[0]?.name as string];
  return {
    predict: (x) =>
      tf.tidy(() => {
        const values = new Map<string, T>([[input, x]]);
        for (const { run, inputs, output: name } of steps) {
          values.set(name, run(inputs.map((each) => values.get(each) as T)));
        }
        return values.get(output) as T;
      }),
    dispose: () => tf.dispose(kept),
  };
}
