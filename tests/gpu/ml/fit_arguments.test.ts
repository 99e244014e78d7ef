import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import {
  ElasticNet,
  Lasso,
  LinearRegression,
  LinearSVC,
  LinearSVR,
  LogisticRegression,
  Perceptron,
  Ridge,
  SVC,
  SVR,
} from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const estimators = {
  SVC,
  SVR,
  LinearSVC,
  LinearSVR,
  ElasticNet,
  Lasso,
  LinearRegression,
  LogisticRegression,
  Perceptron,
  Ridge,
};
const X = [[0], [1], [2], [3]];
const y = [0, 0, 1, 1];

describe("fit refuses what it cannot use, and takes what it can:", () => {
  for (const [name, Estimator] of Object.entries(estimators)) {
    test(name, async () => {
      const fitWith = (...args: unknown[]): Promise<unknown> => {
        const estimator = new Estimator();
        return Reflect.apply(estimator.fit, estimator, args);
      };
      const wrong: readonly (readonly [args: readonly unknown[], message: RegExp])[] = [
        [[null, y], /expected rows of numbers.* as X, got null/],
        [[X, "text"], /expected .* as y, got "text"/],
        [[X, y, null], /expected an object of options as options, got null/],
        [[X, y, { sampleWeights: y }], /got 'sampleWeights'; did you mean 'sampleWeight'/],
        [[X, y, {}, 1], /at most 3 arguments/],
      ];
      for (const [args, message] of wrong) {
        const error = await fitWith(...args).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(WgradError);
        expect(`${error}`).toMatch(message);
        expect(`${error}`).toContain(`${name}.fit: `);
      }
      const { signal } = new AbortController();
      await fitWith(X, y, { sampleWeight: [1, 2, 1, 2], signal, onProgress: () => undefined });
    });
  }
});
