import { reduce, reducePasses, softmax } from "wgrad/kernels";
import { read, run, upload } from "./gpu.ts";

let sum = upload(
  Float32Array.from({ length: 100_000 }, (_, i) => i % 10),
  [100_000],
);
// a few runs, each on the result of the one before, are faster than one
for (const pass of reducePasses("sum", sum.shape)) sum = (await run(reduce, { x: sum }, pass)).y;
console.log(await read(sum)); // 450000

const logits = upload([1, 3, 2, 5, 4, 0], [2, 3]);
const { y } = await run(softmax, { x: logits }, {});
console.log(await read(y)); // rows that sum to 1
