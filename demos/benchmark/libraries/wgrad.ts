import {
  add,
  batchNorm,
  capture,
  conv2d,
  currentEngine,
  flatten,
  gelu,
  globalAvgPool2d,
  init,
  layerNorm,
  matmul,
  maxPool2d,
  mul,
  sum,
  type Tensor,
  tensor,
} from "wgrad";
import { crossEntropy } from "wgrad/loss";
import { parameter } from "wgrad/nn";
import { Adam, SGD } from "wgrad/optim";
import type { Library, Running } from "../library.ts";
import { batchFor, type NetName, NORM_EPS, NORM_MOMENTUM, netOf, residualBlocks } from "../nets.ts";
import { labels, values, valuesOf } from "../values.ts";
import type { ConvSpec } from "../workloads.ts";

type Weights = Readonly<Record<string, Tensor>>;
type Norm = (h: Tensor, name: string, more?: { act?: "relu"; residual?: Tensor }) => Tensor;

const of = (name: string, shape: readonly number[], scale = 1) =>
  tensor(valuesOf(name, shape, scale), { shape });

const leaf = (t: Tensor): Tensor => {
  const own = t.detach();
  own.requiresGrad = true;
  return own;
};

/** Every workload is one captured step. */
function captured(f: () => readonly Tensor[]): Running {
  const step = capture(f, { copy: false });
  return {
    step() {
      step();
      void currentEngine().flush();
    },
    submitted: () => currentEngine().flush(),
    results: () => Promise.all(step().map(read)),
  };
}

const read = async (t: Tensor) => (await t.read()) as Float32Array;

/** f and its gradients for an upstream gradient. */
function withGradients(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  upstream: Tensor,
  keepResult: boolean,
): Running {
  return captured(() => {
    const leaves = inputs.map(leaf);
    const y = f(...leaves);
    y.backward(upstream);
    const gradients = leaves.flatMap(({ grad }) => grad ?? []);
    return keepResult ? [y, ...gradients] : gradients;
  });
}

function conv({ kind, n, c, size, o, k, depthwise }: ConvSpec): Running {
  const x = of("x", [n, c, size, size]);
  const w = of("w", [o, depthwise ? 1 : c, k, k], 0.2);
  const options = { padding: (k - 1) / 2, groups: depthwise ? c : 1 };
  if (kind === "conv") return captured(() => [conv2d(x, w, options)]);
  const dy = of("dy", [n, o, size, size]);
  return withGradients((a, b) => conv2d(a, b, options), [x, w], dy, false);
}

const dense = (w: Weights, x: Tensor, i: number, act?: "relu") =>
  matmul(x, w[`w${i}`] as Tensor, { bias: w[`b${i}`] as Tensor, ...(act && { act }) });

const three = (w: Weights, x: Tensor) => dense(w, dense(w, dense(w, x, 1, "relu"), 2, "relu"), 3);

function residual(w: Weights, x: Tensor, norm: Norm): Tensor {
  const at = (name: string) => w[name] as Tensor;
  let h = norm(conv2d(x, at("stem"), { padding: 1 }), "stem", { act: "relu" });
  for (const [b, , , stride] of residualBlocks) {
    const first = conv2d(h, at(`${b}1`), { stride, padding: 1 });
    const inner = norm(first, `${b}1`, { act: "relu" });
    const shortcut = stride === 1 ? h : norm(conv2d(h, at(`${b}p`), { stride }), `${b}p`);
    const second = conv2d(inner, at(`${b}2`), { padding: 1 });
    h = norm(second, `${b}2`, { act: "relu", residual: shortcut });
  }
  return dense(w, flatten(globalAvgPool2d(h)), 3);
}

/** Batch norm that keeps running statistics. */
function trainingNorm(w: Weights): Norm {
  const running = new Map<string, { mean: Tensor; variance: Tensor; momentum: number }>();
  for (const name of Object.keys(w).filter((each) => each.endsWith("Gamma"))) {
    const channels = (w[name] as Tensor).shape[0] ?? 1;
    const [mean, variance] = [new Float32Array(channels), new Float32Array(channels).fill(1)];
    const stats = { mean: tensor(mean), variance: tensor(variance), momentum: NORM_MOMENTUM };
    running.set(name.replace("Gamma", ""), stats);
  }
  return (h, name, more = {}) =>
    batchNorm(h, {
      ...{ weight: w[`${name}Gamma`] as Tensor, bias: w[`${name}Beta`] as Tensor },
      ...{ eps: NORM_EPS, training: true, ...more },
      ...(running.get(name) && { running: running.get(name) }),
    });
}

const forwards: Readonly<Record<NetName, (w: Weights, x: Tensor, norm: Norm) => Tensor>> = {
  mlp: three,
  lenet(w, x) {
    const [c1, c2] = [w.c1 as Tensor, w.c2 as Tensor];
    const [b1, b2] = [w.cb1 as Tensor, w.cb2 as Tensor];
    const pool = (h: Tensor) => maxPool2d(h, { kernelSize: 2 });
    const h = pool(conv2d(x, c1, { bias: b1, padding: 2, act: "relu" }));
    return three(w, flatten(pool(conv2d(h, c2, { bias: b2, act: "relu" }))));
  },
  resnet8: residual,
};

function train(name: NetName, batch: number): Running {
  const net = netOf(name);
  const { x: images, label } = batchFor(net, batch);
  const x = tensor(images, { shape: [batch, ...net.inputShape] });
  const y = tensor(label);
  const entries = net.weights.map(({ name, shape, data }) => [
    name,
    parameter(tensor(data, { shape })),
  ]);
  const w: Weights = Object.fromEntries(entries);
  const norm = trainingNorm(w);
  const { kind, lr } = net.optimizer;
  const optimizer =
    kind === "adam"
      ? new Adam(Object.values(w), { lr, eps: 1e-7 })
      : new SGD(Object.values(w), { lr, momentum: 0.9 });
  const running = captured(() => {
    optimizer.zeroGrad();
    const loss = crossEntropy(forwards[name](w, x, norm), y);
    loss.backward();
    optimizer.step();
    return [loss];
  });
  const loss = async () => (await running.results())[0]?.[0] ?? Number.NaN;
  return {
    ...running,
    results: async () => [Float32Array.of(await loss(), await loss(), await loss())],
  };
}

function adam(tensors: number, each: number): Running {
  const slice = (all: Float32Array<ArrayBuffer>, i: number) =>
    tensor(all.slice(i * each, (i + 1) * each));
  const [p, g] = [values("p", tensors * each), values("g", tensors * each, 0.1)];
  const parameters = Array.from({ length: tensors }, (_, i) => parameter(slice(p, i)));
  const optimizer = new Adam(parameters, { lr: 1e-3, eps: 1e-7 });
  parameters.forEach((each, i) => {
    each.grad = slice(g, i);
  });
  const running = captured(() => {
    optimizer.step();
    return [];
  });
  return {
    ...running,
    async results() {
      await running.results();
      return Promise.all(parameters.map(read));
    },
  };
}

export const library: Library = {
  name: "wgrad",
  version: "this page",
  async start() {
    await init();
  },
  makers: {
    train: ({ net, batch }) => train(net, batch),
    matmul({ m, n, k }) {
      const [a, b] = [of("a", [m, k]), of("b", [k, n])];
      return captured(() => [matmul(a, b)]);
    },
    conv,
    convGradients: conv,
    batchNorm({ shape }) {
      const c = shape[1];
      const f = (x: Tensor, weight: Tensor, bias: Tensor) =>
        batchNorm(x, { weight, bias, eps: NORM_EPS, training: true });
      const inputs = [of("x", shape), of("gamma", [c]), of("beta", [c])];
      return withGradients(f as (...all: Tensor[]) => Tensor, inputs, of("dy", shape), true);
    },
    layerNorm({ rows, columns: c }) {
      const f = (x: Tensor, weight: Tensor, bias: Tensor) => layerNorm(x, [c], { weight, bias });
      const inputs = [of("x", [rows, c]), of("gamma", [c]), of("beta", [c])];
      return withGradients(f as (...all: Tensor[]) => Tensor, inputs, of("dy", [rows, c]), true);
    },
    crossEntropy({ rows, columns }) {
      const [z, y] = [of("z", [rows, columns], 3), tensor(labels("y", rows, columns))];
      return captured(() => {
        const own = leaf(z);
        const loss = crossEntropy(own, y);
        loss.backward();
        return [loss, own.grad as Tensor];
      });
    },
    geluChain({ count }) {
      const [x, a, b] = [of("x", [count], 2), of("a", [count], 1.5), of("b", [count])];
      return captured(() => [gelu(add(mul(x, a), b))]);
    },
    sum({ count }) {
      const x = of("x", [count]);
      return captured(() => [sum(x)]);
    },
    adam: ({ tensors, each }) => adam(tensors, each),
  },
};
