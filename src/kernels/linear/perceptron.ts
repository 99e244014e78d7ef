import shader from "#shaders/linear/perceptron.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import type { OnSoftware } from "../on_software.ts";

export interface PerceptronPassOptions extends OnSoftware {
  /** What a mistake moves the weights by. */
  readonly rate: number;
  /** The class of output 0; output k has the k-th behind it. */
  readonly positive: number;
}

/**
 * One pass of Rosenblatt's rule over the samples in an order, for each class against all others at once: w [outputs, features]
 * is changed by every sample it is wrong about. x [samples, features], labels u32, weights and order u32 [samples], going
 * u32 [outputs]: 0 leaves an output as it is. `loss` [outputs] is what the mistakes were worth before they were learned
 * from. Throws `ShapeError` for shapes that do not belong together.
 */
export const perceptronPass = kernel(
  shader,
  (
    { x, labels, weights, order, going, w },
    { rate, positive, software = false }: PerceptronPassOptions,
  ) => {
    const [samples = 0, features = 0] = x;
    const outputs = size(going);
    const fits = [labels, weights, order].every((shape) => size(shape) === samples);
    if (x.length !== 2 || !fits || w.length !== 2 || w[0] !== outputs || w[1] !== features) {
      throw new ShapeError(
        `linear/perceptron: expected x [samples, features], labels, weights and order [samples], going [outputs] and w ` +
          `[outputs, features], got ${show(x, "x")}, ${show(labels, "labels")}, ${show(going, "going")}, ${show(w, "w")}; ` +
          "check the shapes",
      );
    }
    return {
      outputs: { loss: [outputs] },
      params: { samples, features, positive, rate },
      grid: [outputs],
      overrides: { WG: software ? 1 : 64 },
      flops: 4 * outputs * samples * features,
    };
  },
);

export const reference: Reference<typeof perceptronPass> = (
  { x, labels, weights, order, going, w },
  { rate, positive },
) => {
  const d = x.shape[1] as number;
  const next = Float64Array.from(w.data);
  const loss = Array.from(going.data, (goes, k) => {
    let total = 0;
    for (const row of goes ? Array.from(order.data) : []) {
      const own = Array.from({ length: d }, (_, c) => x.data[row * d + c] as number);
      const score = own.reduce((sum, value, c) => sum + value * (next[k * d + c] as number), 0);
      const y = labels.data[row] === k + positive ? 1 : -1;
      if (y * score > 0) continue;
      const weight = weights.data[row] as number;
      total -= weight * y * score;
      own.forEach((value, c) => {
        next[k * d + c] = (next[k * d + c] as number) + rate * weight * y * value;
      });
    }
    return total;
  });
  return { w: next, loss };
};

/** Whole numbers: scores are exact, and some are 0. */
const example = (
  name: string,
  [samples, features, outputs]: readonly [number, number, number],
  options: PerceptronPassOptions,
  going: (k: number) => number = () => 1,
): Case<typeof perceptronPass> => ({
  name,
  inputs: {
    x: { shape: [samples, features], fill: (i) => ((i * 7) % 5) - 2 },
    labels: { shape: [samples], fill: (i) => (i * i) % 3 },
    weights: { shape: [samples], fill: (i) => 1 + (i % 2) },
    order: { shape: [samples], fill: (i) => (i * 5 + 2) % samples },
    going: { shape: [outputs], fill: going },
    w: { shape: [outputs, features], fill: (i) => (i % 3) - 1 },
  },
  options,
  tolerance: "exact",
});

export const cases: Case<typeof perceptronPass>[] = [
  example("one number", [1, 1, 1], { rate: 1, positive: 1 }),
  example("three classes", [11, 4, 3], { rate: 0.5, positive: 0 }),
  example("two classes are one output", [12, 3, 1], { rate: 2, positive: 1 }),
  example("one has ended", [7, 5, 3], { rate: 1, positive: 0 }, (k) => k % 2),
  example("more features than lanes", [9, 131, 2], { rate: 1, positive: 0 }),
  {
    ...example("from zero", [6, 3, 2], { rate: 1, positive: 0 }),
    inputs: {
      ...example("", [6, 3, 2], { rate: 1, positive: 0 }).inputs,
      w: { shape: [2, 3], fill: () => 0 },
    },
  },
  example("on software", [13, 6, 3], { rate: 1, positive: 0, software: true }),
];

export const benches: Case<typeof perceptronPass>[] = [
  example("1,797 × 64, ten classes", [1797, 64, 10], { rate: 1, positive: 0 }),
];
