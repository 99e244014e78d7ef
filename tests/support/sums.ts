import type { Samples } from "../../src/ml/index.ts";

interface Matrix {
  readonly data: ArrayLike<number>;
  readonly shape: readonly [number, number];
}

/** An estimator as a user might write it: predicts the sum of each row, and records its arguments. */
export class Sums {
  readonly seen: unknown[][] = [];
  readonly bias: number;
  disposed = 0;

  constructor({ bias = 0 }: { bias?: number } = {}) {
    this.bias = bias;
  }

  async fit(X: Samples, y: ArrayLike<number>, options?: object) {
    this.seen.push([X, y, options]);
    const sums = async ({ data, shape: [n, d] }: Matrix) =>
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: d }, (_, c) => data[i * d + c] as number).reduce(
          (a, b) => a + b,
          this.bias,
        ),
      );
    return {
      estimator: "Sums",
      predict: (given: Samples) => sums(given as Matrix),
      predictProba: async (given: Samples) => ({ proba: await sums(given as Matrix) }),
      score: async (given: Samples, own: ArrayLike<number>) =>
        -(await sums(given as Matrix)).reduce(
          (sum, value, i) => sum + (value - (own[i] as number)) ** 2,
          0,
        ),
      dispose: () => {
        this.disposed++;
      },
    };
  }
}
