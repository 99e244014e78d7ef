import * as tf from "@tensorflow/tfjs-core";
import type { Running } from "../library.ts";
import {
  batchFor,
  type NetName,
  NORM_EPS,
  NORM_MOMENTUM,
  netOf,
  residualBlocks,
  type Weight,
} from "../nets.ts";
import { oneHot, values } from "../values.ts";
import { channelsLast, filter, flush, type Images, submitting, type T } from "./tfjs_tensors.ts";

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

/** A weight in the library's layout: rows after a flattened image follow its channels-last order. */
function variable(net: NetName, { name, shape, data }: Weight): tf.Variable {
  const given = tf.tensor(data, [...shape]);
  if (shape.length === 4) return tf.variable(filter(given), true);
  if (net !== "lenet" || name !== "w1") return tf.variable(given, true);
  const rows = tf.transpose(tf.reshape(given, [16, 5, 5, 120]), [1, 2, 0, 3]);
  return tf.variable(tf.reshape(rows, [400, 120]), true);
}

export function train(name: NetName, batch: number): Running {
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

export function adam(tensors: number, each: number): Running {
  const [p, g] = [values("p", tensors * each), values("g", tensors * each, 0.1)];
  const slice = (all: Float32Array, i: number) => tf.tensor1d(all.slice(i * each, (i + 1) * each));
  const variables = Array.from({ length: tensors }, (_, i) => tf.variable(slice(p, i), true));
  const grads = Object.fromEntries(variables.map(({ name }, i) => [name, slice(g, i)]));
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
  const run = () => optimizer.applyGradients(grads as object as Record<string, tf.Variable>);
  return submitting(run, () => variables);
}
