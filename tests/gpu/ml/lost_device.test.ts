import { expect, test } from "vitest";
import { DeviceLostError } from "../../../src/core/errors.ts";
import { KMeans, LogisticRegression, PCA, SVC } from "../../../src/ml/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { recoverDevice } from "../../../src/tensor/recover_device.ts";

/*
 * Estimators keep their arguments and what they learned on the host: once there is another device they can fit again,
 * and fitted models still predict.
 */

const X = Array.from({ length: 60 }, (_, i) => [
  Math.sin(1.3 * i) + (i % 3) * 2,
  Math.cos(0.7 * i) - (i % 3),
]);
const y = X.map((_, i) => i % 3);
const engine = await init();

test.each([
  ["KMeans", async () => (await new KMeans({ nClusters: 3, randomState: 1 }).fit(X)).predict(X)],
  ["SVC", async () => (await new SVC({ C: 1 }).fit(X, y)).predict(X)],
  ["LogisticRegression", async () => (await new LogisticRegression().fit(X, y)).predict(X)],
  ["PCA", async () => (await new PCA({ nComponents: 2 }).fit(X)).transform(X)],
] as const)("%s fits as before once the device was lost during a fit", async (_, run) => {
  const numbers = async () => JSON.stringify(await run());
  const before = await numbers();
  const hit = numbers();
  engine.gpu.device.destroy();
  await engine.gpu.device.lost;
  for (const end of await Promise.allSettled([hit, numbers()])) {
    // some need no device, for example a small SVC
    if (end.status === "fulfilled") expect(end.value).toBe(before);
    else expect(end.reason).toBeInstanceOf(DeviceLostError);
  }
  await recoverDevice(engine);
  expect(await numbers()).toBe(before);
});

test("a fitted estimator predicts on another device", async () => {
  const fitted = await new KMeans({ nClusters: 3, randomState: 1 }).fit(X);
  const before = JSON.stringify(await fitted.predict(X));
  engine.gpu.device.destroy();
  await engine.gpu.device.lost;
  await recoverDevice(engine);
  expect(JSON.stringify(await fitted.predict(X))).toBe(before);
});
