import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import type { Library, Running } from "../library.ts";
import {
  batchFor,
  type NetName,
  NORM_EPS,
  NORM_MOMENTUM,
  netOf,
  residualBlocks,
  type Weight,
} from "../nets.ts";
import { labels, oneHot, values } from "../values.ts";
import type { ConvSpec } from "../workloads.ts";

type T = tf.Tensor;
type Images = tf.Tensor4D;

/** Images as the library has them: channels last. */
const channelsLast = <X extends T>(nchw: T) => tf.transpose(nchw, [0, 2, 3, 1]) as X;
/** Weights [o, i, h, w] as it has them: [h, w, i, o]. */
const filter = (oihw: T) => tf.transpose(oihw, [2, 3, 1, 0]) as Images;

const of = (name: string, shape: readonly number[], scale = 1) =>
  tf.tensor(
    values(
      name,
      shape.reduce((a, b) => a * b, 1),
      scale,
    ),
    [...shape],
  );

/** Submits what is queued; the library does it by itself only when something is read. */
function flush(): void {
  const backend = tf.backend() as object as {
    commandEncoder?: object;
    endComputePassEncoder(): void;
    submitQueue(): void;
  };
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

const read = async (t: T) => Float32Array.from(await t.data());

/** Runs f in a tidy and keeps its results until the next step. */
function tidied(f: () => T[]): Running {
  let last: T[] = [];
  const run = () => {
    tf.dispose(last);
    last = tf.tidy(f);
  };
  return {
    step() {
      run();
      flush();
    },
    async results() {
      run();
      return Promise.all(last.map(read));
    },
  };
}

function withGradients(f: (...x: T[]) => T, inputs: readonly T[], dy: T): Running {
  const both = tf.valueAndGrads(f);
  return tidied(() => {
    const { value, grads } = both([...inputs], dy);
    return [value, ...grads];
  });
}

/** The two kernels that its own gradient of a convolution runs, without the forward pass. */
function convGradients(x: Images, w: Images, dy: Images, depthwise: boolean): Running {
  const at = depthwise
    ? { strides: 1, pad: "same", dilations: [1, 1] }
    : { strides: 1, pad: "same", dataFormat: "NHWC" };
  const names = depthwise
    ? (["DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter"] as const)
    : (["Conv2DBackpropInput", "Conv2DBackpropFilter"] as const);
  const kernel = (name: string, inputs: Record<string, T>, attributes: object) =>
    tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as T;
  return tidied(() => [
    kernel(names[0], { dy, filter: w }, { ...at, inputShape: x.shape }),
    kernel(names[1], { x, dy }, { ...at, filterShape: w.shape }),
  ]);
}

function conv({ kind, n, c, size, o, k, depthwise = false }: ConvSpec): Running {
  const x = channelsLast<Images>(of("x", [n, c, size, size]));
  const oihw = of("w", [o, depthwise ? 1 : c, k, k], 0.2);
  // of a depthwise convolution it wants [h, w, channels, 1]
  const w = depthwise ? (tf.transpose(oihw, [2, 3, 0, 1]) as Images) : filter(oihw);
  if (kind === "convGradients") {
    const dy = channelsLast<Images>(of("dy", [n, o, size, size]));
    return convGradients(x, w, dy, depthwise);
  }
  const f = depthwise ? tf.depthwiseConv2d : tf.conv2d;
  return tidied(() => [f(x, w, 1, "same")]);
}

type Weights = Readonly<Record<string, tf.Variable>>;

const dense = (v: Weights, x: T, i: number, activation?: "relu") =>
  tf.fused.matMul({
    ...{ a: x as tf.Tensor2D, b: v[`w${i}`] as tf.Variable },
    ...{ bias: v[`b${i}`] as tf.Variable, ...(activation && { activation }) },
  } as Parameters<typeof tf.fused.matMul>[0]);
const three = (v: Weights, x: T) => dense(v, dense(v, dense(v, x, 1, "relu"), 2, "relu"), 3);

function convolve(x: T, w: T, pad: number, strides = 1, bias?: T): Images {
  const images = x as Images;
  if (!bias) return tf.conv2d(images, w as Images, strides, pad);
  return tf.fused.conv2d({
    ...{ x: images, filter: w as Images, strides, pad, bias, activation: "relu" },
  });
}

function residual(v: Weights, x: T): T {
  const at = (name: string) => v[name] as tf.Variable;
  const bn = (h: T, name: string) => {
    const { mean, variance } = tf.moments(h, [0, 1, 2]);
    const keep = (kind: string, value: T) => {
      const old = tf.mul(at(name + kind), 1 - NORM_MOMENTUM);
      at(name + kind).assign(tf.add(old, tf.mul(value, NORM_MOMENTUM)));
    };
    keep("Mean", mean);
    keep("Variance", variance);
    const [beta, gamma] = [at(`${name}Beta`) as tf.Tensor1D, at(`${name}Gamma`) as tf.Tensor1D];
    return tf.batchNorm(
      ...([h as Images, mean as tf.Tensor1D, variance as tf.Tensor1D, beta] as const),
      ...([gamma, NORM_EPS] as const),
    );
  };
  let h: T = tf.relu(bn(convolve(x, at("stem"), 1), "stem"));
  for (const [b, , , stride] of residualBlocks) {
    const inner = tf.relu(bn(convolve(h, at(`${b}1`), 1, stride), `${b}1`));
    const second = bn(convolve(inner, at(`${b}2`), 1), `${b}2`);
    const shortcut = stride === 1 ? h : bn(convolve(h, at(`${b}p`), 0, stride), `${b}p`);
    h = tf.relu(tf.add(second, shortcut));
  }
  return dense(v, tf.mean(h, [1, 2]), 3);
}

const forwards: Readonly<Record<NetName, (v: Weights, x: T) => T>> = {
  mlp: three,
  lenet(v, x) {
    const pool = (h: T) => tf.maxPool(h as Images, 2, 2, "valid");
    const h = pool(convolve(x, v.c1 as T, 2, 1, v.cb1));
    const last = pool(convolve(h, v.c2 as T, 0, 1, v.cb2));
    return three(v, tf.reshape(last, [-1, 400]));
  },
  resnet8: residual,
};

/** A weight in the library's layout: rows after a flattened image are in its order of channels. */
function variable(net: NetName, { name, shape, data }: Weight): tf.Variable {
  const given = tf.tensor(data, [...shape]);
  if (shape.length === 4) return tf.variable(filter(given), true);
  if (net !== "lenet" || name !== "w1") return tf.variable(given, true);
  const rows = tf.transpose(tf.reshape(given, [16, 5, 5, 120]), [1, 2, 0, 3]);
  return tf.variable(tf.reshape(rows, [400, 120]), true);
}

function train(name: NetName, batch: number): Running {
  const net = netOf(name);
  const { x: images, label } = batchFor(net, batch);
  const nchw = tf.tensor(images, [batch, ...net.inputShape]);
  const x = net.inputShape.length === 3 ? channelsLast(nchw) : nchw;
  const y = tf.tensor(oneHot(label, net.classes), [batch, net.classes]);
  const learned = net.weights.map((w) => [w.name, variable(name, w)] as const);
  const kept = net.weights
    .filter((w) => w.name.endsWith("Gamma"))
    .flatMap(({ name: gamma, shape }) => [
      [gamma.replace("Gamma", "Mean"), tf.variable(tf.zeros([...shape]), false)] as const,
      [gamma.replace("Gamma", "Variance"), tf.variable(tf.ones([...shape]), false)] as const,
    ]);
  const v: Weights = Object.fromEntries([...learned, ...kept]);
  const { kind, lr } = net.optimizer;
  const optimizer =
    kind === "adam" ? tf.train.adam(lr, 0.9, 0.999, 1e-7) : tf.train.momentum(lr, 0.9);
  const variables = learned.map(([, each]) => each);
  let last: tf.Scalar | null = null;
  const run = () => {
    last?.dispose();
    const loss = () => tf.losses.softmaxCrossEntropy(y, forwards[name](v, x)) as tf.Scalar;
    last = optimizer.minimize(loss, true, variables);
  };
  return {
    step() {
      run();
      flush();
    },
    async results() {
      const losses: number[] = [];
      for (let i = 0; i < 3; i++) {
        run();
        losses.push((await (last as tf.Scalar | null)?.data())?.[0] ?? Number.NaN);
      }
      return [Float32Array.from(losses)];
    },
  };
}

function adam(tensors: number, each: number): Running {
  const [p, g] = [values("p", tensors * each), values("g", tensors * each, 0.1)];
  const slice = (all: Float32Array, i: number) => tf.tensor1d(all.slice(i * each, (i + 1) * each));
  const variables = Array.from({ length: tensors }, (_, i) => tf.variable(slice(p, i), true));
  const grads = Object.fromEntries(variables.map(({ name }, i) => [name, slice(g, i)]));
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
  const run = () => optimizer.applyGradients(grads as object as Record<string, tf.Variable>);
  return {
    step() {
      run();
      flush();
    },
    async results() {
      run();
      return Promise.all(variables.map(read));
    },
  };
}

function layerNorm(x: T, gamma: T, beta: T): T {
  const { mean, variance } = tf.moments(x, -1, true);
  const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(normal, gamma), beta);
}

function batchNorm(x: T, gamma: T, beta: T): T {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const [b, g] = [beta as tf.Tensor1D, gamma as tf.Tensor1D];
  const stats = [mean as tf.Tensor1D, variance as tf.Tensor1D] as const;
  return tf.batchNorm(x as Images, ...stats, b, g, NORM_EPS);
}

export const library: Library = {
  name: "TensorFlow.js",
  version: tf.version_core,
  async start() {
    await tf.setBackend("webgpu");
    await tf.ready();
  },
  makers: {
    train: ({ net, batch }) => train(net, batch),
    matmul({ m, n, k }) {
      const [a, b] = [of("a", [m, k]), of("b", [k, n])];
      return tidied(() => [tf.matMul(a, b)]);
    },
    conv,
    convGradients: conv,
    batchNorm({ shape }) {
      const inputs = [
        channelsLast(of("x", shape)),
        of("gamma", [shape[1]]),
        of("beta", [shape[1]]),
      ];
      return withGradients(batchNorm as (...x: T[]) => T, inputs, channelsLast(of("dy", shape)));
    },
    layerNorm({ rows, columns: c }) {
      const inputs = [of("x", [rows, c]), of("gamma", [c]), of("beta", [c])];
      return withGradients(layerNorm as (...x: T[]) => T, inputs, of("dy", [rows, c]));
    },
    crossEntropy({ rows, columns }) {
      const z = of("z", [rows, columns], 3);
      const y = tf.tensor(oneHot(labels("y", rows, columns), columns), [rows, columns]);
      const both = tf.valueAndGrad((x: T) => tf.losses.softmaxCrossEntropy(y, x) as tf.Scalar);
      return tidied(() => {
        const { value, grad } = both(z);
        return [value, grad];
      });
    },
    geluChain({ count }) {
      const [x, a, b] = [of("x", [count], 2), of("a", [count], 1.5), of("b", [count])];
      return tidied(() => {
        const t = tf.add(tf.mul(x, a), b);
        return [tf.mul(tf.mul(t, 0.5), tf.add(tf.erf(tf.mul(t, Math.SQRT1_2)), 1))];
      });
    },
    sum({ count }) {
      const x = of("x", [count]);
      return tidied(() => [tf.sum(x)]);
    },
    adam: ({ tensors, each }) => adam(tensors, each),
  },
};
