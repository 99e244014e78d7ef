import { defaultDevice, init, jit, lax, numpy as np, valueAndGrad, vjp } from "@jax-js/jax";
import type { Library, Running } from "../library.ts";
import { NORM_EPS } from "../nets.ts";
import { labels, oneHot } from "../values.ts";
import type { ConvSpec } from "../workloads.ts";
import {
  type Arr,
  array,
  channels,
  convolve,
  crossEntropy,
  force,
  normalize,
  of,
  read,
} from "./jax_arrays.ts";
import { adamAlone, train } from "./jax_train.ts";

/** One jitted function of its arguments, as the library recommends. */
function jitted(f: (...args: Arr[]) => Arr[], args: readonly Arr[]): Running {
  const compiled = jit(f);
  let last: Arr[] = [];
  const run = () => {
    for (const each of last) each.dispose();
    last = compiled(...args.map((x) => x.ref));
  };
  return {
    step() {
      run();
      last.forEach(force);
    },
    async results() {
      run();
      return Promise.all(last.map(read));
    },
  };
}

/** y and the gradients of f for an upstream gradient, which is the last input. */
function withGradients(
  f: (...x: Arr[]) => Arr,
  inputs: readonly Arr[],
  dy: Arr,
  keepResult: boolean,
): Running {
  return jitted(
    (...args) => {
      const upstream = args.pop() as Arr;
      const [y, back] = vjp(f, args);
      const gradients = back(upstream) as Arr[];
      if (keepResult) return [y, ...gradients];
      y.dispose();
      return gradients;
    },
    [...inputs, dy],
  );
}

function conv({ kind, n, c, size, o, k, depthwise }: ConvSpec): Running {
  const inputs = [of("x", [n, c, size, size]), of("w", [o, depthwise ? 1 : c, k, k], 0.2)];
  const f = (x: Arr, w: Arr) => convolve(x, w, 1, (k - 1) / 2, depthwise ? c : 1);
  if (kind === "conv") return jitted((x, w) => [f(x as Arr, w as Arr)], inputs);
  return withGradients(f as (...x: Arr[]) => Arr, inputs, of("dy", [n, o, size, size]), false);
}

function norm(axes: number | number[], per: number[], eps: number) {
  return (x: Arr, gamma: Arr, beta: Arr): Arr => {
    const { y, mean, variance } = normalize(x, axes, eps);
    mean.dispose();
    variance.dispose();
    return y.mul(gamma.reshape(per)).add(beta.reshape(per));
  };
}

export const library: Library = {
  name: "jax-js",
  version: "0.1.25",
  async start() {
    await init("webgpu");
    defaultDevice("webgpu");
  },
  makers: {
    train: ({ net, batch }) => train(net, batch),
    matmul: ({ m, n, k }) =>
      jitted((a, b) => [np.matmul(a as Arr, b as Arr)], [of("a", [m, k]), of("b", [k, n])]),
    conv,
    convGradients: conv,
    batchNorm({ shape }) {
      const inputs = [of("x", shape), of("gamma", [shape[1]]), of("beta", [shape[1]])];
      const f = norm([0, 2, 3], channels, NORM_EPS);
      return withGradients(f as (...x: Arr[]) => Arr, inputs, of("dy", shape), true);
    },
    layerNorm({ rows, columns: c }) {
      const inputs = [of("x", [rows, c]), of("gamma", [c]), of("beta", [c])];
      const f = norm(-1, [1, -1], 1e-5);
      return withGradients(f as (...x: Arr[]) => Arr, inputs, of("dy", [rows, c]), true);
    },
    crossEntropy({ rows, columns }) {
      const y = array(oneHot(labels("y", rows, columns), columns), [rows, columns]);
      return jitted(
        (z, targets) => valueAndGrad(crossEntropy)(z as Arr, targets as Arr) as [Arr, Arr],
        [of("z", [rows, columns], 3), y],
      );
    },
    geluChain({ count }) {
      const gelu = (t: Arr) => t.ref.mul(0.5).mul(lax.erf(t.mul(Math.SQRT1_2)).add(1));
      return jitted(
        (x, a, b) => [gelu((x as Arr).mul(a as Arr).add(b as Arr))],
        [of("x", [count], 2), of("a", [count], 1.5), of("b", [count])],
      );
    },
    sum: ({ count }) => jitted((x) => [np.sum(x as Arr)], [of("x", [count])]),
    adam: ({ tensors, each }) => adamAlone(tensors, each),
  },
};
