import SVM from "libsvm-js/asm";
import type { KernelFunction } from "../../src/kernels/svm/kernel_function.ts";
import { kernelValue } from "../../src/kernels/svm/kernel_function.ts";

const KINDS = { linear: 0, poly: 1, rbf: 2, sigmoid: 3 } as const;

export interface LibsvmOptions {
  readonly type: "classification" | "regression";
  readonly kernel: KernelFunction;
  readonly C: number;
  readonly tol?: number;
  readonly epsilon?: number;
}

/** libsvm's model, with its dual objectives computed in float64 from the support vectors. */
export function libsvm(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  { type, kernel, C, tol = 1e-3, epsilon = 0.1 }: LibsvmOptions,
) {
  const model = new SVM({
    type: type === "classification" ? 0 : 3,
    kernel: KINDS[kernel.kind],
    gamma: kernel.gamma,
    coef0: kernel.coef0,
    degree: kernel.degree,
    cost: C,
    tolerance: tol,
    epsilon,
    cacheSize: 100,
    quiet: true,
  });
  model.train(rows, y);
  const predicted = model.predict(rows);
  const parsed = parse(model.serializeModel(), rows[0]?.length ?? 0);
  model.free();
  const objectives =
    type === "classification"
      ? pairObjectives(parsed, kernel)
      : [regressionObjective(parsed, kernel, rows, y, epsilon)];
  return { predicted, support: parsed.vectors.length, objectives };
}

interface Parsed {
  readonly nSV: readonly number[];
  readonly labels: readonly number[];
  readonly vectors: readonly { readonly coefs: readonly number[]; readonly x: readonly number[] }[];
}

function parse(text: string, features: number): Parsed {
  const [head = "", body = ""] = text.split(/^SV\s*$/m);
  const numbers = (name: string) =>
    (new RegExp(`^${name} (.*)$`, "m").exec(head)?.[1] ?? "").trim().split(" ").map(Number);
  const vectors = body
    .trim()
    .split("\n")
    .map((line) => {
      const parts = line.trim().split(" ");
      const x = new Array<number>(features).fill(0);
      const coefs: number[] = [];
      for (const part of parts) {
        const [index, value] = part.split(":");
        if (value === undefined) coefs.push(Number(part));
        else x[Number(index) - 1] = Number(value);
      }
      return { coefs, x };
    });
  return { nSV: numbers("nr_sv"), labels: numbers("label"), vectors };
}

const similar = (kernel: KernelFunction, a: readonly number[], b: readonly number[]) =>
  kernelValue(kernel, { data: a, start: 0, stride: 1 }, { data: b, start: 0, stride: 1 }, a.length);

function quadratic(
  kernel: KernelFunction,
  vectors: readonly { readonly coef: number; readonly x: readonly number[] }[],
): number {
  let sum = 0;
  for (const a of vectors)
    for (const b of vectors) sum += a.coef * b.coef * similar(kernel, a.x, b.x);
  return sum / 2;
}

/** The dual objective ½·ΣΣ coef·coef·K − Σ |coef| of every pair of classes, pairs in ascending order of labels. */
function pairObjectives({ nSV, labels, vectors }: Parsed, kernel: KernelFunction): number[] {
  const found: { readonly pair: readonly [number, number]; readonly value: number }[] = [];
  const start = nSV.map((_, c) => nSV.slice(0, c).reduce((a, b) => a + b, 0));
  for (let a = 0; a < labels.length; a++) {
    for (let b = a + 1; b < labels.length; b++) {
      const of = (c: number, column: number) =>
        vectors
          .slice(start[c], (start[c] ?? 0) + (nSV[c] ?? 0))
          .map(({ coefs, x }) => ({ coef: coefs[column] ?? 0, x }))
          .filter(({ coef }) => coef !== 0);
      const own = [...of(a, b - 1), ...of(b, a)];
      const price = own.reduce((sum, { coef }) => sum + Math.abs(coef), 0);
      const [p = 0, q = 0] = [labels[a], labels[b]].sort((x = 0, y = 0) => x - y);
      found.push({ pair: [p, q], value: quadratic(kernel, own) - price });
    }
  }
  return found
    .sort((x, y) => x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1])
    .map(({ value }) => value);
}

/**
 * The dual objective ½·ΣΣ βᵢβⱼK + ε·Σ |β| − Σ y·β; the target of a support vector is looked up in X by its features.
 */
function regressionObjective(
  { vectors }: Parsed,
  kernel: KernelFunction,
  rows: readonly (readonly number[])[],
  y: readonly number[],
  epsilon: number,
): number {
  const own = vectors.map(({ coefs, x }) => ({ coef: coefs[0] ?? 0, x }));
  const targets = own.map(({ x }) => {
    const distances = rows.map((row) => row.reduce((sum, v, c) => sum + (v - (x[c] ?? 0)) ** 2, 0));
    return y[distances.indexOf(Math.min(...distances))] ?? 0;
  });
  return own.reduce(
    (sum, { coef }, i) => sum + epsilon * Math.abs(coef) - (targets[i] ?? 0) * coef,
    quadratic(kernel, own),
  );
}
