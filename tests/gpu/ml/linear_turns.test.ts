import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { LinearSVC, LogisticRegression } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const [n, d] = [1500, 120];
const random = seeded(4);
const X = {
  data: Float64Array.from({ length: n * d }, () => random() - 0.5),
  shape: [n, d] as const,
};
const y = Array.from({ length: n }, (_, i) =>
  Number((X.data[i * d] as number) + (X.data[i * d + 1] as number) + random() > 0.5),
);

describe("a long fit on the host gives the page its turns, and a button stops it:", () => {
  const estimators = {
    "LogisticRegression, l2": new LogisticRegression({ tol: 1e-9 }),
    "LogisticRegression, l1": new LogisticRegression({ penalty: "l1", tol: 1e-9 }),
    "LinearSVC, squared hinge": new LinearSVC({ tol: 1e-12 }),
    "LinearSVC, hinge": new LinearSVC({ loss: "hinge", tol: 1e-7 }),
  };
  for (const [name, estimator] of Object.entries(estimators)) {
    test(name, async () => {
      const stop = new AbortController();
      const reason = new Error("stopped by a button");
      const timer = setTimeout(() => stop.abort(reason), 0);
      const fit = estimator.fit(X, y, { signal: stop.signal });
      await expect(fit).rejects.toBe(reason);
      clearTimeout(timer);
      expect(engine.counters().liveBytes).toBe(0);
    });
  }
});
