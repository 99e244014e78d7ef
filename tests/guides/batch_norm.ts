import { normalize, normMerge, normStats } from "wgrad/kernels";
import { type OnGpu, read, run, upload } from "./gpu.ts";

/** Batch norm of x [n, c, h, w] in training: statistics of every channel, whatever the size. */
async function batchNorm(x: OnGpu, gamma: OnGpu, beta: OnGpu): Promise<OnGpu> {
  const norm = { kind: "batch" } as const;
  const found = (await run(normStats, { x }, { norm })).stats;
  // long rows are cut into pieces [pieces, rows, 4], which one more kernel merges
  const stats =
    found.shape.length === 2 ? found : (await run(normMerge, { pieces: found }, {})).stats;
  return (await run(normalize, { x, stats, gamma, beta }, { norm })).y;
}

for (const side of [4, 256]) {
  const count = 2 * 3 * side * side;
  const x = upload(
    Float32Array.from({ length: count }, (_, i) => Math.sin(i) + (i % 7)),
    [2, 3, side, side],
  );
  const y = await read(await batchNorm(x, upload([1, 1, 1], [3]), upload([0, 0, 5], [3])));
  const last = [0, 1].flatMap((n) => [
    ...y.subarray((3 * n + 2) * side * side, (3 * n + 3) * side * side),
  ]);
  console.log(last.reduce((sum, v) => sum + v, 0) / last.length); // 5, the channel's beta
}
