import { AnomalyError, init, log, scope, sum, tensor } from "wgrad";
import { detectAnomaly, verifier } from "wgrad/testing";

await init({ inspect: detectAnomaly() });
try {
  using total = scope(() => sum(log(tensor([1, 0, 2])))); // ln 0 = −∞
  await total.item();
} catch (error) {
  if (!(error instanceof AnomalyError)) throw error;
  console.log(error.message); // …: expected finite numbers, got -Infinity at [1] of y (log[3]), …
}

await init({ inspect: verifier() }); // every kernel beside its float64 reference
using total = scope(() => sum(log(tensor([1, 2, 4]))));
console.log(await total.item()); // 2.079: had a kernel differed, this would say which
await init(); // tensors that are made from here on run at full speed again
