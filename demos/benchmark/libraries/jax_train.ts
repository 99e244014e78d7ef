import { jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import type { Running } from "../library.ts";
import {
  batchFor,
  type Net,
  type NetName,
  NORM_EPS,
  NORM_MOMENTUM,
  netOf,
  residualBlocks,
} from "../nets.ts";
import { oneHot, values } from "../values.ts";
import {
  type Arr,
  type Arrays,
  array,
  channels,
  convolve,
  crossEntropy,
  force,
  normalize,
  read,
} from "./jax_arrays.ts";

type Forward = (p: Arrays, x: Arr, stats: Arrays, out: Arrays) => Arr;

const dense = (p: Arrays, x: Arr, i: number) =>
  np.matmul(x, p[`w${i}`] as Arr).add(p[`b${i}`] as Arr);
const three = (p: Arrays, x: Arr) => dense(p, nn.relu(dense(p, nn.relu(dense(p, x, 1)), 2)), 3);

const residual: Forward = (p, x, stats, out) => {
  const at = (name: string) => p[name] as Arr;
  const bn = (h: Arr, name: string) => {
    const { y, mean, variance } = normalize(h, [0, 2, 3], NORM_EPS);
    const keep = (kind: string, value: Arr) => {
      const old = (stats[name + kind] as Arr).mul(1 - NORM_MOMENTUM);
      out[name + kind] = old.add(value.reshape([-1]).mul(NORM_MOMENTUM));
    };
    keep("Mean", mean);
    keep("Variance", variance);
    return y.mul(at(`${name}Gamma`).reshape(channels)).add(at(`${name}Beta`).reshape(channels));
  };
  let h = nn.relu(bn(convolve(x, at("stem"), 1, 1), "stem"));
  for (const [b, , , stride] of residualBlocks) {
    const inner = nn.relu(bn(convolve(h.ref, at(`${b}1`), stride, 1), `${b}1`));
    const second = bn(convolve(inner, at(`${b}2`), 1, 1), `${b}2`);
    const shortcut = stride === 1 ? h : bn(convolve(h, at(`${b}p`), stride, 0), `${b}p`);
    h = nn.relu(second.add(shortcut));
  }
  return dense(p, h.mean([2, 3]), 3);
};

const forwards: Readonly<Record<NetName, Forward>> = {
  mlp: three,
  lenet(p, x) {
    const pool = (h: Arr) => lax.reduceWindow(h, (w) => np.max(w), [2, 2], [2, 2]);
    const biased = (h: Arr, name: string) => h.add((p[name] as Arr).reshape(channels));
    const h = pool(nn.relu(biased(convolve(x, p.c1 as Arr, 1, 2), "cb1")));
    return three(
      p,
      pool(nn.relu(biased(convolve(h, p.c2 as Arr, 1, 0), "cb2"))).reshape([-1, 400]),
    );
  },
  resnet8: residual,
};

// a type, because an interface would not fit the library's index signatures
type AdamState = { params: Arrays; m: Arrays; v: Arrays; t: Arr };
type TrainState = { state: AdamState; stats: Arrays; loss: Arr };

function adam(lr: number, { params, m, v, t }: AdamState, grads: Arrays): AdamState {
  const next = t.add(1);
  const correction = (beta: number) =>
    np.reciprocal(
      np
        .exp(next.ref.mul(Math.log(beta)))
        .neg()
        .add(1),
    );
  const [c1, c2] = [correction(0.9), correction(0.999)];
  const made: { params: Arrays; m: Arrays; v: Arrays } = { params: {}, m: {}, v: {} };
  for (const name of Object.keys(params)) {
    const g = grads[name] as Arr;
    const mean = (m[name] as Arr).mul(0.9).add(g.ref.mul(0.1));
    const power = (v[name] as Arr).mul(0.999).add(np.square(g).mul(0.001));
    const by = mean.ref.mul(c1.ref).mul(lr);
    const root = np.sqrt(power.ref.mul(c2.ref)).add(1e-7);
    made.params[name] = (params[name] as Arr).sub(by.div(root));
    made.m[name] = mean;
    made.v[name] = power;
  }
  c1.dispose();
  c2.dispose();
  return { ...made, t: next };
}

const zerosLike = (arrays: Arrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name, np.zeros(x.shape)]));

/** The optimiser's step as a function of (state, gradients), and its initial state. */
function optimizer({ optimizer: { kind, lr } }: Net, params: Arrays) {
  const m = zerosLike(params);
  if (kind === "adam") {
    const state = { params, m, v: zerosLike(params), t: np.zeros([]) };
    return { state, step: (old: AdamState, grads: Arrays) => adam(lr, old, grads) };
  }
  const step = (old: AdamState, grads: Arrays): AdamState => {
    const next: { params: Arrays; m: Arrays } = { params: {}, m: {} };
    for (const [name, p] of Object.entries(old.params)) {
      const velocity = (old.m[name] as Arr).mul(0.9).add(grads[name] as Arr);
      next.params[name] = p.sub(velocity.ref.mul(lr));
      next.m[name] = velocity;
    }
    return { ...next, v: {}, t: old.t };
  };
  return { state: { params, m, v: {}, t: np.zeros([]) }, step };
}

/** Initial running statistics. */
function statistics(params: Arrays): Arrays {
  const stats: Arrays = {};
  for (const [name, { shape }] of Object.entries(params)) {
    if (!name.endsWith("Gamma")) continue;
    stats[name.replace("Gamma", "Mean")] = np.zeros(shape);
    stats[name.replace("Gamma", "Variance")] = np.ones(shape);
  }
  return stats;
}

export function train(name: NetName, batch: number): Running {
  const net = netOf(name);
  const images = batchFor(net, batch);
  const x = array(images.x, [batch, ...net.inputShape]);
  const y = array(oneHot(images.label, net.classes), [batch, net.classes]);
  const params = Object.fromEntries(net.weights.map((w) => [w.name, array(w.data, w.shape)]));
  const loss = (p: Arrays, stats: Arrays, images: Arr, targets: Arr): [Arr, Arrays] => {
    const out: Arrays = {};
    return [crossEntropy(forwards[name](p, images, stats, out), targets), out];
  };
  const begin = optimizer(net, params);
  const step = jit((state: AdamState, stats: Arrays, images: Arr, targets: Arr) => {
    const [[value, kept], grads] = valueAndGrad(loss, { hasAux: true })(
      tree.ref(state.params),
      ...([stats, images, targets] as const),
    );
    return { state: begin.step(state, grads as Arrays), stats: kept, loss: value };
  });
  let last: Omit<TrainState, "loss"> & { loss?: Arr } = {
    ...{ state: begin.state as AdamState, stats: statistics(params) },
  };
  const run = (): Arr => {
    last.loss?.dispose();
    const next = step(last.state, last.stats, x.ref, y.ref) as TrainState;
    last = next;
    return next.loss;
  };
  return {
    step: () => force(run()),
    async results() {
      const losses = [];
      for (let i = 0; i < 3; i++) losses.push((await read(run()))[0] ?? Number.NaN);
      return [Float32Array.from(losses)];
    },
  };
}

export function adamAlone(tensors: number, each: number): Running {
  const [p, g] = [values("p", tensors * each), values("g", tensors * each, 0.1)];
  const cut = (all: Float32Array<ArrayBuffer>) =>
    Object.fromEntries(
      Array.from({ length: tensors }, (_, i) => [
        `p${i}`,
        array(all.slice(i * each, (i + 1) * each), [each]),
      ]),
    );
  const grads = cut(g);
  const params = cut(p);
  const step = jit((old: AdamState, gradients: Arrays) => adam(1e-3, old, gradients));
  let state: AdamState = { params, m: zerosLike(params), v: zerosLike(params), t: np.zeros([]) };
  const run = () => {
    state = step(state, tree.ref(grads)) as AdamState;
  };
  return {
    step() {
      run();
      force(state.params.p0 as Arr);
    },
    async results() {
      run();
      return Promise.all(Object.values(state.params).map(read));
    },
  };
}
