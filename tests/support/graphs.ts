import * as ops from "../../src/ops/index.ts";
import { clearGrad, type Tensor } from "../../src/tensor/tensor.ts";
import { values } from "./fusion.ts";

const SHAPE = [4, 6];
const LEAVES = 3;

/** Operations on matrices of one shape: results have the same shape and stay below some thousands. */
const operations: Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor>> = {
  add: (x, y) => ops.add(x, y),
  sub: (x, y) => ops.sub(x, y),
  mul: (x, y) => ops.mul(ops.tanh(x), y),
  div: (x, y) => ops.div(x, ops.add(ops.abs(y), 1)),
  maximum: (x, y) => ops.maximum(x, y),
  where: (x, y) => ops.where(ops.greater(x, y), x, ops.neg(y)),
  relu: (x) => ops.relu(x),
  gelu: (x) => ops.gelu(x),
  sigmoid: (x) => ops.sigmoid(x),
  exp: (x) => ops.exp(ops.tanh(x)),
  log: (x) => ops.log(ops.add(ops.square(x), 1)),
  sin: (x) => ops.sin(x),
  sqrt: (x) => ops.sqrt(ops.add(ops.abs(x), 0.5)),
  affine: (x) => ops.add(ops.mul(x, 0.7), -0.3),
  softmax: (x) => ops.softmax(x),
  centred: (x, y) => ops.sub(x, ops.mean(y, { axes: [1], keepDims: true })),
  columns: (x, y) => ops.add(x, ops.sum(y, { axes: [0], keepDims: true })),
  products: (x, y) => ops.mul(ops.matmul(ops.matmul(x, ops.transpose(y)), y), 0.02),
  turned: (x) => ops.transpose(ops.reshape(ops.transpose(x), [...SHAPE].reverse())),
  halves: (x, y) => ops.concat([ops.slice(x, [{ end: 2 }]), ops.slice(y, [{ start: 2 }])]),
};
const names = Object.keys(operations);

/** An operation takes two of the leaves and earlier results. */
export type Graph = readonly (readonly [operation: string, x: number, y: number])[];

/** A graph of 3 to 14 operations; `below(n)` draws an integer below n. */
export const drawnGraph = (below: (n: number) => number): Graph =>
  Array.from({ length: 3 + below(12) }, (_, i) => [
    names[below(names.length)] as string,
    ...([below(LEAVES + i), Math.max(0, LEAVES + i - 1 - below(3))] as const),
  ]);

/** Whether two runs gave the same bits. */
export const sameBits = (a: readonly Float32Array[], b: readonly Float32Array[]): boolean =>
  a.length === b.length &&
  a.every(
    (x, i) => x.length === b[i]?.length && x.every((value, k) => Object.is(value, b[i]?.[k])),
  );

/** The largest difference of two runs, as a share of the largest number in them. */
export function difference(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const pairs = a.flatMap((x, i) => [...x].map((value, k) => [value, b[i]?.[k] ?? NaN] as const));
  const apart = pairs.map(([x, y]) => (Object.is(x, y) ? 0 : Math.abs(x - y)));
  return Math.max(...apart) / Math.max(...pairs.flat().map(Math.abs));
}

/** A training step without an optimiser: the graph's last result, a loss of it, and the gradients of the leaves. */
export function stepOf(graph: Graph) {
  const leaves = Array.from({ length: LEAVES }, (_, seed) =>
    Object.assign(values(seed, ...SHAPE), { requiresGrad: true }),
  );
  const weights = values(7, ...SHAPE);
  const step = (): readonly [Tensor, Tensor] => {
    for (const each of leaves) clearGrad(each);
    const results = [...leaves];
    for (const [name, x, y] of graph) {
      const operation = operations[name];
      if (operation) results.push(operation(results[x] as Tensor, results[y] as Tensor));
    }
    const last = results.at(-1) as Tensor;
    const loss = ops.sum(ops.mul(last, weights));
    loss.backward();
    return [last, loss];
  };
  /** Values after a run of the step: the last result, the loss and the gradients. */
  const numbersOf = async ([last, loss]: readonly [Tensor, Tensor]): Promise<Float32Array[]> => {
    const grads = leaves.flatMap(({ grad }) => (grad ? [grad] : []));
    const all = await Promise.all([last, loss, ...grads].map((each) => each.read()));
    for (const each of [last, loss]) each.dispose();
    return all.map((data) => Float32Array.from(data));
  };
  const dispose = () => {
    for (const { grad } of leaves) grad?.dispose();
    for (const each of [...leaves, weights]) each.dispose();
  };
  return { step, numbersOf, dispose };
}
