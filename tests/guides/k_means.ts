import { clusterAssign, clusterMove, clusterSumTiles } from "wgrad/kernels";
import { read, run, upload } from "./gpu.ts";

const data = Array.from({ length: 2000 }, (_, i) => [
  10 * (i % 3) + Math.sin(i),
  5 * (i % 2) + Math.cos(i),
]);
const [points, features, clusters] = [data.length, 2, 6];
const up = (n: number) => 4 * Math.ceil(n / 4);
const [d, n, k] = [up(features), up(points), up(clusters)];

// points are columns, so that four of them are a vector; zeros pad the features and the points
const xt = new Float32Array(d * n);
for (const [i, row] of data.entries()) for (const [j, v] of row.entries()) xt[j * n + i] = v;
// a row for each centre: its features, its squared norm, its mass, two zeros; a norm of 3e38 marks a row without a centre
const start = new Float32Array(k * (d + 4));
for (let c = 0; c < k; c++) {
  const row = c < clusters ? (data[c] as number[]) : [];
  start.set(row, c * (d + 4));
  start[c * (d + 4) + d] = c < clusters ? row.reduce((sum, v) => sum + v * v, 0) : 3e38;
}

const [x, centres] = [upload(xt, [d, n]), upload(start, [k, d + 4])];
const parts = 16; // sums beside each other: a multiple of 8 for up to 28 features
const partials = upload(new Float32Array(parts * k * (d + 4)), [parts, k, d + 4]);
const rounds = 20;
const state = upload(new Float32Array(2 + 2 * rounds), [2 + 2 * rounds]); // [0]: nothing is left to do
for (let round = 0; round < rounds; round++) {
  await run(clusterSumTiles, { xt: x, centres, state, partials }, { points, parts });
  const how = { clusters, keep: 0, tol: 1e-6, wait: false };
  await run(clusterMove, { partials, centres, state }, how); // Lloyd's step
}
const { labels } = await run(clusterAssign, { xt: x, centres }, { points });
const found = new Uint32Array((await read(labels)).buffer).subarray(0, points);
const [done, made] = await read(state);
const right = found.every((label, i) => label === i % 6);
console.log(done, made, right); // 1, the rounds it took, true
