import { BLOCK, neighborsBlocks as blocks, FAR } from "../../kernels/neighbors/blocks.ts";
import { LEAST, neighborsLeast as least, NO_POINT } from "../../kernels/neighbors/least.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { columnsOf, upTo4 } from "../points.ts";
import type { Lists } from "./lists.ts";
import type { Measure } from "./measures.ts";

/** Maximum number of queries, and of distances of blocks, on the GPU at once. */
const [AT_ONCE, DISTANCES] = [2 ** 16, 2 ** 24];
/**
 * Number of additional passes of 16 blocks, beyond those that k neighbours need, before the host compares a query with all
 * points.
 */
const MORE = 3;
/** Number of groups of four points in a block. */
const QUADS = BLOCK / 4;

/**
 * The GPU finds the blocks of 16 points that are nearest in f32; the host examines them in that order, in float64, until no
 * point of the remaining blocks can be as near as the k-th, by a bound on the errors of f32. Queries for which this does
 * not succeed are compared with all points in float64.
 */
export async function nearestOnGpu(measure: Measure, lists: Lists, k: number): Promise<void> {
  const { points, queries } = measure;
  const all = Math.ceil(points.samples / BLOCK);
  const most = Math.min(AT_ONCE, Math.max(4, 4 * Math.floor(DISTANCES / all / 4)));
  using rows = rowsOf(measure);
  for (let start = 0; start < queries.samples; start += most) {
    const count = Math.min(most, queries.samples - start);
    using near = scope(() => nearOf(measure, rows, start, count));
    const open = await settle(lists, near, [start, count], Math.ceil(k / LEAST) + MORE);
    for (const i of open) {
      lists.clear(start + i);
      lists.offer(start + i, 0, Math.ceil(points.samples / 4));
    }
  }
}
/** Points on the GPU, [multiple of 16, multiple of 4], padded by repeating the last one. */
function rowsOf({ points, frame }: Measure): Tensor {
  const { host, samples, features: d } = points;
  const [count, width] = [BLOCK * Math.ceil(samples / BLOCK), upTo4(d)];
  const data = new Float32Array(count * width);
  for (let p = 0; p < count; p++) {
    const from = Math.min(p, samples - 1) * d;
    for (let c = 0; c < d; c++) {
      data[p * width + c] = ((host[from + c] as number) - (frame.shift[c] as number)) * frame.scale;
    }
  }
  return tensor(data, { shape: [count, width], name: "points" });
}
/** Distance of every block from some queries: [blocks, upTo4(queries)]. */
function nearOf({ queries, frame, metric }: Measure, rows: Tensor, start: number, count: number) {
  const d = queries.features;
  const some = { ...queries, host: queries.host.subarray(start * d, (start + count) * d) };
  const { xt } = columnsOf({ ...some, samples: count }, frame);
  return run(blocks, { x: xt, points: rows }, { metric }).near;
}

/** Finds the neighbours of `count` queries from `start` on; returns those without a certain result. */
async function settle(
  lists: Lists,
  near: Tensor,
  [start, count]: readonly [number, number],
  passes: number,
): Promise<number[]> {
  const [all = 0, columns = 0] = near.shape;
  let open = Array.from({ length: count }, (_, i) => i);
  let [after, behind] = [new Float32Array(columns).fill(-1), new Uint32Array(columns)];
  for (let pass = 0; pass < passes && pass * LEAST < all && open.length > 0; pass++) {
    const inputs = () => ({ near, after: tensor(after), behind: tensor(behind) });
    const got = scope(() => run(least, inputs(), {}));
    try {
      const [far, index] = await Promise.all([got.distances.read(), got.index.read()]);
      const left = all - pass * LEAST;
      open = open.filter((i) => {
        const [from, to] = [i * LEAST, (i + 1) * LEAST];
        const found = { far: far.subarray(from, to), index: index.subarray(from, to) };
        return !offerBlocks(lists, start + i, found as FoundBlocks, left);
      });
      const last = (i: number) => (i + 1) * LEAST - 1;
      after = Float32Array.from({ length: columns }, (_, i) => far[last(i)] ?? FAR);
      behind = Uint32Array.from({ length: columns }, (_, i) => index[last(i)] ?? NO_POINT);
    } finally {
      got.distances.dispose();
      got.index.dispose();
    }
  }
  return open;
}

/** The next 16 blocks, nearest first. */
interface FoundBlocks {
  readonly far: Float32Array;
  readonly index: Uint32Array;
}

/** Examines the next blocks; returns whether the neighbours of query i are certain. */
function offerBlocks(lists: Lists, i: number, { far, index }: FoundBlocks, left: number): boolean {
  let rank = 0;
  for (; rank < LEAST; rank++) {
    const block = index[rank] as number;
    if (block === NO_POINT) break;
    if (lists.isBeyond(i, far[rank] as number, block * BLOCK)) return true;
    lists.offer(i, block * QUADS, (block + 1) * QUADS);
  }
  return rank >= left || lists.isBeyond(i, far[LEAST - 1] as number, -1);
}
