import {
  normalize,
  normGradAffine,
  normGradInput,
  normGradSums,
  normMerge,
  normStats,
} from "wgrad/kernels";
import { type OnGpu, read, run, upload } from "./gpu.ts";

const norm = { kind: "batch" } as const;

type Running = { readonly [Name in "running_mean" | "running_var"]?: OnGpu };

/** Statistics of every channel of x [n, c, h, w], whatever the size: [c, 4]. Updates the running ones, if they are given. */
async function statistics(x: OnGpu, running: Running = {}): Promise<OnGpu> {
  // long rows are cut into pieces [pieces, c, 4], which one more kernel merges; what finishes the rows moves `running`
  const whole = normStats.plan({ x: x.shape }, { norm }).outputs.stats.length === 2;
  const { stats } = await run(normStats, { x, ...(whole ? running : {}) }, { norm });
  return whole ? stats : (await run(normMerge, { pieces: stats, ...running }, {})).stats;
}

/** Gradients of x, gamma and beta from dy, the gradient of the normalised x · gamma + beta. */
async function gradients(x: OnGpu, stats: OnGpu, gamma: OnGpu, dy: OnGpu) {
  const { sums } = await run(normGradSums, { x, dy, stats }, { norm }); // by pieces where rows are long
  const affine = await run(normGradAffine, { sums }, { norm, shape: x.shape });
  const { dx } = await run(normGradInput, { x, dy, stats, sums, gamma }, { norm });
  return { dx, ...affine };
}

for (const side of [4, 256]) {
  const shape = [2, 3, side, side];
  const filled = (f: (i: number) => number) =>
    upload(
      Float32Array.from({ length: 6 * side * side }, (_, i) => f(i)),
      shape,
    );
  const x = filled((i) => Math.sin(i) + (i % 7));
  const [gamma, beta] = [upload([1, 1, 1], [3]), upload([0, 0, 5], [3])];
  const running = { running_mean: upload([0, 0, 0], [3]), running_var: upload([1, 1, 1], [3]) };
  const stats = await statistics(x, running);
  const { y } = await run(normalize, { x, stats, gamma, beta }, { norm });
  const dy = filled(() => 0.5);
  const { dx, dbeta } = await gradients(x, stats, gamma, dy);

  const last = (all: Float32Array) =>
    [0, 1].flatMap((n) => [...all.subarray((3 * n + 2) * side * side, (3 * n + 3) * side * side)]);
  const values = last(await read(y));
  console.log(values.reduce((sum, v) => sum + v, 0) / values.length); // 5, the channel's beta
  const same = last(await read(dx)); // near 0: adding a constant to x does not change y
  const most = same.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  console.log((await read(dbeta))[2], most); // half the channel's elements, near 0
  const [pivot = 0, offset = 0] = (await read(stats)).subarray(8); // of the last channel, whose mean is their sum
  const [, , moved = 0] = await read(running.running_mean);
  console.log(moved / (pivot + offset)); // 0.1, the momentum
}
