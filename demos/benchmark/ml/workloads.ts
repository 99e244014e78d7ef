import * as tf from "@tensorflow/tfjs-core";
import * as words from "../../words/en/benchmark/ml.ts";
import "@tensorflow/tfjs-backend-webgpu";
import SVM from "libsvm-js/asm";
import { kmeans } from "ml-kmeans";
import { KMeans, KNeighborsClassifier, SVC, SVR } from "wgrad/ml";
import { normal, uniform } from "../../shared/random.ts";

/** One task of classical learning at one size, solved by this library and by others. */
export interface Workload {
  readonly name: string;
  /** The size that grows. */
  readonly n: number;
  /** Functions by library, wgrad first. Each does the whole work and waits for its end. */
  readonly runs: Readonly<Record<string, () => Promise<void> | void>>;
}

interface Made {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly [number, number];
  readonly rows: number[][];
  readonly labels: number[];
}

/** Overlapping clouds of points; classes alternate. */
function clouds(n: number, d: number, k: number, apart: number): Made {
  const random = uniform(n + d);
  const gauss = normal(random);
  const places = Array.from({ length: k * d }, () => apart * gauss());
  const labels = Array.from({ length: n }, (_, i) => i % k);
  const data = Float32Array.from(
    { length: n * d },
    (_, at) => gauss() + Number(places[(Math.floor(at / d) % k) * d + (at % d)]),
  );
  const rows = labels.map((_, i) => [...data.subarray(i * d, (i + 1) * d)]);
  return { data, shape: [n, d], rows, labels };
}

/** A classifier with a Gaussian kernel for two clouds of 20 features. */
function svc(n: number): Workload {
  const { data, shape, rows, labels } = clouds(n, 20, 2, 0.35);
  const gamma = 1 / 20;
  return {
    name: words.svcD20,
    n,
    runs: {
      wgrad: async () => {
        await new SVC({ gamma }).fit({ data, shape }, labels);
      },
      "libsvm-js": () => {
        const machine = new SVM({ kernel: 2, gamma, cost: 1, quiet: true });
        machine.train(rows, labels);
        machine.free();
      },
    },
  };
}

/** A regression with a Gaussian kernel on 20 features; the target depends on the first ones, with noise. */
function svr(n: number): Workload {
  const { data, shape, rows } = clouds(n, 20, 2, 0.35);
  const gauss = normal(uniform(n));
  const targets = rows.map(([a = 0, b = 0]) => a - 2 * b + 0.3 * gauss());
  const gamma = 1 / 20;
  return {
    name: words.svrD20,
    n,
    runs: {
      wgrad: async () => {
        await new SVR({ gamma }).fit({ data, shape }, targets);
      },
      "libsvm-js": () => {
        const machine = new SVM({ type: 3, kernel: 2, gamma, cost: 1, epsilon: 0.1, quiet: true });
        machine.train(rows, targets);
        machine.free();
      },
    },
  };
}

/** Rounds of Lloyd's algorithm, the same number for every library. */
const ROUNDS = 10;

function lloyd(n: number): Workload {
  const [d, k] = [16, 16];
  const { data, shape, rows } = clouds(n, d, k, 1);
  const first = rows.slice(0, k);
  const init = { data: data.slice(0, k * d), shape: [k, d] as const };
  const x = tf.tensor2d(data, [n, d]);
  return {
    name: words.kMeansRoundsD16(ROUNDS),
    n,
    runs: {
      wgrad: async () => {
        await new KMeans({ nClusters: k, init, maxIter: ROUNDS, tol: 0 }).fit({ data, shape });
      },
      "ml-kmeans": () => {
        kmeans(rows, k, { initialization: first, maxIterations: ROUNDS, tolerance: 0 });
      },
      tfjs: async () => {
        const last = tf.tidy(() => {
          let centres: tf.Tensor2D = tf.tensor2d(init.data, [k, d]);
          for (let round = 0; round < ROUNDS; round++) centres = step(x, centres, k);
          return centres;
        });
        await last.data();
        last.dispose();
      },
    },
  };
}

/** A step of Lloyd's algorithm as one would write it with a tensor library. */
function step(x: tf.Tensor2D, centres: tf.Tensor2D, k: number): tf.Tensor2D {
  const norms = tf.sum(tf.square(centres), 1);
  const scores = tf.sub(norms, tf.mul(tf.matMul(x, centres, false, true), 2));
  const member = tf.cast(tf.oneHot(tf.argMin(scores, 1), k), "float32") as tf.Tensor2D;
  const counts = tf.reshape(tf.sum(member, 0), [k, 1]);
  return tf.div(tf.matMul(member, x, true), counts);
}

/** The five nearest of n points for 500 queries. */
function neighbors(n: number): Workload {
  const [d, k, queries] = [16, 5, 500];
  const { data, shape, labels } = clouds(n, d, 4, 1);
  const asked = clouds(queries, d, 4, 1).data;
  const X = { data: asked, shape: [queries, d] as const };
  return {
    name: words.knnQueriesD16K(queries),
    n,
    runs: {
      wgrad: async () => {
        const model = await new KNeighborsClassifier({ nNeighbors: k }).fit(
          { data, shape },
          labels,
        );
        await model.kneighbors(X);
      },
      "typed arrays": () => {
        plainNeighbors(data, asked, d, k);
      },
    },
  };
}

/** Indices of the k nearest points of every query, by a plain loop. */
function plainNeighbors(
  data: Float32Array,
  queries: Float32Array,
  d: number,
  k: number,
): Uint32Array {
  const count = queries.length / d;
  const found = new Uint32Array(count * k);
  const far = new Float32Array(k);
  for (let q = 0; q < count; q++) {
    far.fill(Number.POSITIVE_INFINITY);
    for (let p = 0; p < data.length / d; p++) {
      let sum = 0;
      for (let c = 0; c < d; c++) {
        const away = (queries[q * d + c] as number) - (data[p * d + c] as number);
        sum += away * away;
      }
      if (!(sum < (far[k - 1] as number))) continue;
      let at = k - 1;
      for (; at > 0 && sum < (far[at - 1] as number); at--) {
        far[at] = far[at - 1] as number;
        found[q * k + at] = found[q * k + at - 1] as number;
      }
      far[at] = sum;
      found[q * k + at] = p;
    }
  }
  return found;
}

/** All workloads, by name and size. */
export const workloads: readonly (() => Workload)[] = [
  ...[500, 2000, 5000].map((n) => () => svc(n)),
  ...[500, 2000].map((n) => () => svr(n)),
  ...[10_000, 100_000].map((n) => () => lloyd(n)),
  ...[2000, 10_000, 40_000].map((n) => () => neighbors(n)),
];
