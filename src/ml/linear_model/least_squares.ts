import { tensor } from "../../tensor/create.ts";
import { powerOfTwo, scalingOf } from "../columns.ts";
import { gram } from "../gram.ts";
import { type FitWeights, readRegression } from "../sample_weight.ts";
import { type HostMatrix, onGpu, type Samples, type Scaling, type Targets } from "../samples.ts";

/**
 * Σ weight·(y − x·w − intercept)² as matrices whose size does not depend on the number of samples, as a function of v with
 * w = v·factor / yFactor: features and targets are scaled by powers of two, and centred if there is an intercept.
 */
export interface LeastSquares {
  readonly features: number;
  /** Sum of the weights: the number of samples, if all are 1. */
  readonly weight: number;
  readonly gram: Float64Array; // [features, features]: Σ weight·z·zᵀ
  readonly product: Float64Array; // [features]: Σ weight·z·y
  readonly square: number; // Σ weight·y²
  readonly shift: Float64Array; // [features]
  readonly mean: Float64Array; // [features], of x; 0 without an intercept
  readonly factor: Float64Array; // [features]
  readonly yMean: number;
  readonly yFactor: number;
  /** The samples themselves, for precision beyond the products' ten digits. */
  readonly exact: () => ExactSamples;
}

/** Samples in float64, in the form that the products use: √weight·(x − mean)·factor. */
export interface ExactSamples {
  readonly z: Float64Array; // [samples, features]
  readonly y: Float64Array; // [samples]
  /** Possible effect of the samples' own rounding to float64 on each column's norm. */
  readonly rounding: Float64Array; // [features]
}

/** Checks the data and computes their products on the GPU. */
export async function leastSquares(
  who: string,
  X: Samples,
  y: Targets,
  { fitIntercept, sampleWeight, signal }: FitWeights & { readonly fitIntercept: boolean },
): Promise<LeastSquares> {
  signal?.throwIfAborted();
  const { matrix, targets, weights } = await readRegression(who, X, y, sampleWeight);
  return await moments(matrix, targets, weights, fitIntercept, signal);
}

async function moments(
  matrix: HostMatrix,
  y: Float64Array,
  weights: Float64Array,
  fitIntercept: boolean,
  signal?: AbortSignal,
): Promise<LeastSquares> {
  const { samples, features: d } = matrix;
  const scaling = scalingOf(matrix, fitIntercept, weights);
  const target = scaledTarget(y, weights, fitIntercept);
  const most = weights.reduce((a, b) => Math.max(a, b), 0);
  const rows = tensor(Float32Array.from(weights, (w) => Math.sqrt(w / most)));
  const beside = new Float32Array(2 * samples); // columns y and 1
  target.scaled.forEach((value, i) => {
    beside[2 * i] = value;
    beside[2 * i + 1] = 1;
  });
  const x = onGpu(matrix, scaling);
  const besideX = tensor(beside, { shape: [samples, 2] });
  try {
    const all = await gram([x.x, besideX], rows, signal);
    const sums = all.map((value) => value * most);
    const centred = fitIntercept ? centre(sums, d + 2) : sums;
    const exact = () => exactSamples(matrix, target.scaled, weights, scaling, fitIntercept);
    return { ...pick(centred, sums, scaling, target, d, fitIntercept), exact };
  } finally {
    for (const each of [x, rows, besideX]) each.dispose();
  }
}

/** (y − pivot)·factor, with mean near 0 and deviation near 1 over samples with weight. */
function scaledTarget(y: Float64Array, weights: Float64Array, centred: boolean) {
  const counted = y.filter((_, i) => weights[i] !== 0);
  const meanOf = (values: Float64Array) => values.reduce((sum, v) => sum + v / counted.length, 0);
  const pivot = centred ? meanOf(counted) : 0;
  const square = meanOf(counted.map((value) => (value - pivot) ** 2));
  const factor = powerOfTwo(Math.sqrt(square));
  return { pivot, factor, scaled: y.map((value) => (value - pivot) * factor) };
}

function exactSamples(
  { host, samples: n, features: d }: HostMatrix,
  target: Float64Array,
  weights: Float64Array,
  { shift, factor }: Required<Scaling>,
  centred: boolean,
): ExactSamples {
  const total = weights.reduce((a, b) => a + b, 0);
  const rounding = new Float64Array(d);
  const weighed = (value: (i: number) => number) => {
    let mean = 0;
    if (centred) for (let i = 0; i < n; i++) mean += (value(i) * (weights[i] as number)) / total;
    return (i: number) => Math.sqrt(weights[i] as number) * (value(i) - mean);
  };
  const z = new Float64Array(n * d);
  for (let c = 0; c < d; c++) {
    const [from, by] = [shift[c] as number, factor[c] as number];
    const column = weighed((i) => ((host[i * d + c] as number) - from) * by);
    let most = 0;
    for (let i = 0; i < n; i++) {
      z[i * d + c] = column(i);
      most = Math.max(most, Math.abs(host[i * d + c] as number));
    }
    rounding[c] = 2 ** -51 * most * by * Math.sqrt(total);
  }
  return {
    z,
    y: Float64Array.from(
      target.keys(),
      weighed((i) => target[i] as number),
    ),
    rounding,
  };
}

/** Converts Σ w·a·b to Σ w·(a − ā)·(b − b̄); the last column is 1. */
function centre(sums: Float64Array, n: number): Float64Array {
  const weight = sums[n * n - 1] as number;
  return sums.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return value - ((sums[i * n + n - 1] as number) * (sums[j * n + n - 1] as number)) / weight;
  });
}

function pick(
  centred: Float64Array,
  sums: Float64Array,
  { shift, factor }: Required<Scaling>,
  target: { readonly pivot: number; readonly factor: number },
  d: number,
  fitIntercept: boolean,
): Omit<LeastSquares, "exact"> {
  const n = d + 2;
  const weight = sums[n * n - 1] as number;
  const meanOf = (c: number) => (fitIntercept ? (sums[c * n + n - 1] as number) / weight : 0);
  return {
    features: d,
    weight,
    gram: Float64Array.from(
      { length: d * d },
      (_, at) => centred[Math.floor(at / d) * n + (at % d)] as number,
    ),
    product: Float64Array.from({ length: d }, (_, c) => centred[c * n + d] as number),
    square: Math.max(0, centred[d * n + d] as number),
    shift,
    factor,
    mean: Float64Array.from(
      { length: d },
      (_, c) => (shift[c] as number) + meanOf(c) / (factor[c] as number),
    ),
    yMean: target.pivot + meanOf(d) / target.factor,
    yFactor: target.factor,
  };
}

/** Coefficients in the original units, and the intercept, from v. */
export function inUnits(problem: LeastSquares, v: Float64Array) {
  const { factor, yFactor, mean, yMean } = problem;
  const coef = v.map((value, c) => (value * (factor[c] as number)) / yFactor);
  const intercept = coef.reduce((sum, w, c) => sum - w * (mean[c] as number), yMean);
  return { coef: Float64Array.from(coef), intercept };
}
