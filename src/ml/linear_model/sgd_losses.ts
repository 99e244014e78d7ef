/** The loss of a prediction p for a target y, and its derivative with respect to p. */
export interface SampleLoss {
  readonly loss: (p: number, y: number) => number;
  readonly slope: (p: number, y: number) => number;
}

/** Losses of `SGDRegressor`; `SGDClassifier` has them and its own. */
export type RegressionLoss =
  | "squaredError"
  | "huber"
  | "epsilonInsensitive"
  | "squaredEpsilonInsensitive";

/** Losses of `SGDClassifier`. */
export type ClassificationLoss =
  | "hinge"
  | "logLoss"
  | "modifiedHuber"
  | "squaredHinge"
  | "perceptron"
  | RegressionLoss;

/** max(0, threshold − y·p); y is ±1. */
const hinge = (threshold: number): SampleLoss => ({
  loss: (p, y) => Math.max(0, threshold - y * p),
  slope: (p, y) => (y * p <= threshold ? -y : 0),
});

const beyond = (p: number, y: number, epsilon: number): number =>
  Math.max(0, Math.abs(p - y) - epsilon);

/**
 * Losses of classification have y = ±1, those of regression any y; `epsilon` is the width of the interval without loss or
 * with a quadratic one.
 */
export const sampleLosses: Readonly<Record<ClassificationLoss, (epsilon: number) => SampleLoss>> = {
  hinge: () => hinge(1),
  perceptron: () => hinge(0),
  squaredHinge: () => ({
    loss: (p, y) => Math.max(0, 1 - y * p) ** 2,
    slope: (p, y) => -2 * y * Math.max(0, 1 - y * p),
  }),
  logLoss: () => ({
    loss: (p, y) => Math.max(0, -y * p) + Math.log1p(Math.exp(-Math.abs(p))),
    slope: (p, y) => -y / (1 + Math.exp(y * p)),
  }),
  modifiedHuber: () => ({
    loss: (p, y) => (y * p >= -1 ? Math.max(0, 1 - y * p) ** 2 : -4 * y * p),
    slope: (p, y) => (y * p >= -1 ? -2 * y * Math.max(0, 1 - y * p) : -4 * y),
  }),
  squaredError: () => ({ loss: (p, y) => (p - y) ** 2 / 2, slope: (p, y) => p - y }),
  huber: (epsilon) => ({
    loss: (p, y) => {
      const size = Math.abs(p - y);
      return size <= epsilon ? size ** 2 / 2 : epsilon * size - epsilon ** 2 / 2;
    },
    slope: (p, y) => Math.max(-epsilon, Math.min(epsilon, p - y)),
  }),
  epsilonInsensitive: (epsilon) => ({
    loss: (p, y) => beyond(p, y, epsilon),
    slope: (p, y) => (beyond(p, y, epsilon) > 0 ? Math.sign(p - y) : 0),
  }),
  squaredEpsilonInsensitive: (epsilon) => ({
    loss: (p, y) => beyond(p, y, epsilon) ** 2,
    slope: (p, y) => 2 * Math.sign(p - y) * beyond(p, y, epsilon),
  }),
};
