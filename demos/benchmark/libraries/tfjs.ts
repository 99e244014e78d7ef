import * as tf from "@tensorflow/tfjs-core";
import type { Library, Running } from "../library.ts";
import { NORM_EPS } from "../nets.ts";
import { labels, oneHot } from "../values.ts";
import type { ConvSpec } from "../workloads.ts";
import { channelsLast, filter, type Images, of, type T, tidied } from "./tfjs_tensors.ts";
import { adam, train } from "./tfjs_train.ts";

function withGradients(f: (...x: T[]) => T, inputs: readonly T[], dy: T): Running {
  const both = tf.valueAndGrads(f);
  return tidied(() => {
    const { value, grads } = both([...inputs], dy);
    return [value, ...grads];
  });
}

/** The two kernels of the library's own convolution gradient, without the forward pass. */
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
  // for depthwise convolutions the layout is [h, w, channels, 1]
  const w = depthwise ? (tf.transpose(oihw, [2, 3, 0, 1]) as Images) : filter(oihw);
  if (kind === "convGradients") {
    const dy = channelsLast<Images>(of("dy", [n, o, size, size]));
    return convGradients(x, w, dy, depthwise);
  }
  const f = depthwise ? tf.depthwiseConv2d : tf.conv2d;
  return tidied(() => [f(x, w, 1, "same")]);
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
