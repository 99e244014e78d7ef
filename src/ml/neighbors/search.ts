import { BLOCK, blocks, FAR } from "../../kernels/neighbors/blocks.ts";
import { LEAST, least, NOBODY } from "../../kernels/neighbors/least.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { columnsOf, upTo4 } from "../points.ts";
import type { HostMatrix } from "../samples.ts";
import { type Measure, type Metric, measures } from "./measures.ts";

/** The nearest points of queries, nearest first, of equals the first. */
export interface Neighbors {
  /** [queries, k] */
  readonly distances: Float64Array<ArrayBuffer>;
  /** [queries, k]: rows of the samples of fit. */
  readonly indices: Uint32Array<ArrayBuffer>;
  readonly k: number;
}

/** Queries, and distances of blocks, that are on the GPU at once. */
const [AT_ONCE, DISTANCES] = [2 ** 16, 2 ** 24];
/** Looks at 16 more blocks, besides those that k neighbours take, before the host compares a query with all points. */
const MORE = 3;

/**
 * The k nearest of `points` for every query, as float64 distances say. The GPU finds the blocks of 16 points that are nearest in
 * f32; the host looks at them in that order, in float64, until no point of the others can be as near as the k-th, by a bound
 * on the errors of f32. Queries that this does not settle are compared with all points in float64.
 */
export async function kNearest(
  points: HostMatrix,
  queries: HostMatrix,
  k: number,
  metric: Metric,
): Promise<Neighbors> {
  const measure = measures[metric](points, queries);
  const lists = new Lists(measure, k);
  const all = Math.ceil(points.samples / BLOCK);
  const most = Math.min(AT_ONCE, Math.max(4, 4 * Math.floor(DISTANCES / all / 4)));
  using rows = rowsOf(measure);
  for (let start = 0; start < queries.samples; start += most) {
    const count = Math.min(most, queries.samples - start);
    using near = scope(() => nearOf(measure, rows, start, count));
    await settle(lists, near, [start, count], Math.ceil(k / LEAST) + MORE);
  }
  const distances = lists.far.map(measure.distance);
  return { distances, indices: lists.who, k };
}

/** Points on the GPU, [multiple of 16, multiple of 4], the last one again behind it. */
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

/** How far every block is from some queries: [blocks, upTo4(queries)]. */
function nearOf({ queries, frame, metric }: Measure, rows: Tensor, start: number, count: number) {
  const d = queries.features;
  const some = { ...queries, host: queries.host.subarray(start * d, (start + count) * d) };
  const { xt } = columnsOf({ ...some, samples: count }, frame);
  return run(blocks, { x: xt, points: rows }, { metric }).near;
}

/** Finds the neighbours of `count` queries from `start` on. */
async function settle(
  lists: Lists,
  near: Tensor,
  [start, count]: readonly [number, number],
  passes: number,
): Promise<void> {
  const [all = 0, columns = 0] = near.shape;
  let open = Array.from({ length: count }, (_, i) => i);
  let [after, behind] = [new Float32Array(columns).fill(-1), new Uint32Array(columns)];
  for (let pass = 0; pass < passes && pass * LEAST < all && open.length > 0; pass++) {
    const inputs = () => ({ near, after: tensor(after), behind: tensor(behind) });
    const got = scope(() => run(least, inputs(), {}));
    try {
      const [far, index] = await Promise.all([got.distances.read(), got.index.read()]);
      const found = { far: far as Float32Array, index: index as Uint32Array };
      open = open.filter((i) => !lists.offerBlocks(start + i, i * LEAST, found));
      const last = (i: number) => (i + 1) * LEAST - 1;
      after = Float32Array.from({ length: columns }, (_, i) => far[last(i)] ?? FAR);
      behind = Uint32Array.from({ length: columns }, (_, i) => index[last(i)] ?? NOBODY);
    } finally {
      got.distances.dispose();
      got.index.dispose();
    }
  }
  for (const i of open) lists.offerAll(start + i);
}

/** The nearest points so far of every query, in the order of (distance, index). */
class Lists {
  /** [queries, k]: as `Measure.between`. */
  readonly far: Float64Array<ArrayBuffer>;
  readonly who: Uint32Array<ArrayBuffer>;
  readonly #measure: Measure;
  readonly #k: number;
  /** [queries]: blocks looked at. */
  readonly #seen: Uint32Array;

  constructor(measure: Measure, k: number) {
    const n = measure.queries.samples;
    this.#measure = measure;
    this.#k = k;
    this.far = new Float64Array(n * k).fill(Number.POSITIVE_INFINITY);
    this.who = new Uint32Array(n * k).fill(NOBODY);
    this.#seen = new Uint32Array(n);
  }

  /** Looks at 16 blocks from `at` on, nearest first; whether the neighbours of query i are settled. */
  offerBlocks(
    i: number,
    at: number,
    { far, index }: { readonly far: Float32Array; readonly index: Uint32Array },
  ): boolean {
    const { samples } = this.#measure.points;
    for (let rank = at; rank < at + LEAST; rank++) {
      const block = index[rank] as number;
      if (block === NOBODY) break;
      if (this.#isBeyond(i, far[rank] as number, block)) return true;
      const end = Math.min(samples, (block + 1) * BLOCK);
      for (let p = block * BLOCK; p < end; p++) this.#offer(i, p);
      this.#seen[i] = (this.#seen[i] as number) + 1;
    }
    return (
      (this.#seen[i] as number) * BLOCK >= samples ||
      this.#isBeyond(i, far[at + LEAST - 1] as number, -1)
    );
  }

  /** Compares query i with all points. */
  offerAll(i: number): void {
    const k = this.#k;
    this.far.fill(Number.POSITIVE_INFINITY, i * k, (i + 1) * k);
    this.who.fill(NOBODY, i * k, (i + 1) * k);
    for (let p = 0; p < this.#measure.points.samples; p++) this.#offer(i, p);
  }

  /** Whether no point of a block so near, or of a later one, is among the k nearest. */
  #isBeyond(i: number, near: number, block: number): boolean {
    const last = (i + 1) * this.#k - 1;
    const [least, most] = [this.#measure.atLeast(near, i), this.far[last] as number];
    if (least !== most) return least > most;
    return this.#measure.exact && block * BLOCK > (this.who[last] as number);
  }

  #offer(i: number, p: number): void {
    const { far, who } = this;
    const first = i * this.#k;
    const own = this.#measure.between(p, i);
    let at = first + this.#k - 1;
    const isBefore = (other: number) =>
      own < (far[other] as number) || (own === far[other] && p < (who[other] as number));
    if (!isBefore(at)) return;
    for (; at > first && isBefore(at - 1); at--) {
      far[at] = far[at - 1] as number;
      who[at] = who[at - 1] as number;
    }
    far[at] = own;
    who[at] = p;
  }
}
