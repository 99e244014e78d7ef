import { crossEntropy, lossTotal } from "wgrad/kernels";
import { read, run, upload } from "./gpu.ts";

const logits = upload([1, 3, 2, 5, 4, 0], [2, 3]);
const labels = upload(Uint32Array.of(1, 2), [2]);
// each row's loss and the gradient of their mean, in one kernel; in WGSL labels beyond the classes give NaN
const { loss, dlogits } = await run(crossEntropy, { logits, labels }, { labelSmoothing: 0.1 });
let mean = (await run(lossTotal, { x: loss }, { scale: 1 / 2 })).y;
while (mean.shape[0] !== 1) mean = (await run(lossTotal, { x: mean }, {})).y; // beyond 4,096 rows
console.log(await read(mean), await read(dlogits)); // rows of the gradient sum to 0
