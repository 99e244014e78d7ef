import { ValueError } from "../../core/errors.ts";
import { FAR, NEAREST, NOBODY, nearest } from "../../kernels/neighbors/nearest.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import { framed, frameOf, unframed } from "../points.ts";
import type { HostMatrix } from "../samples.ts";

/** "euclidean" ‖x − t‖, "manhattan" Σ |x − t|, "cosine" 1 − x·t / (‖x‖·‖t‖), 1 where one of them is 0. */
export type Metric = "euclidean" | "manhattan" | "cosine";

/** The nearest points of queries, nearest first, of equals the first. */
export interface Neighbors {
  /** [queries, k] */
  readonly distances: Float64Array<ArrayBuffer>;
  /** [queries, k]: rows of the samples of fit. */
  readonly indices: Uint32Array<ArrayBuffer>;
  readonly k: number;
}

/** Queries that are on the GPU at once. */
const AT_ONCE = 2 ** 16;
/** More candidates than neighbours: distances of f32 may put near ones into the wrong order, which float64 then corrects. */
const SPARE = 4;

/**
 * The k nearest of `points` for every query. The GPU finds candidates, 16 a pass over the points; their distances are then
 * computed in float64.
 */
export async function kNearest(
  points: HostMatrix,
  queries: HostMatrix,
  k: number,
  metric: Metric,
): Promise<Neighbors> {
  const frame = metric === "cosine" ? unframed(points.features) : frameOf(points);
  const [from, to] = [
    spaceOf(framed(points, frame), metric, 0),
    spaceOf(framed(queries, frame), metric, 1),
  ];
  const passes = Math.ceil(Math.min(points.samples, k + SPARE) / NEAREST);
  const distances = new Float64Array(queries.samples * k);
  const indices = new Uint32Array(queries.samples * k);
  for (let start = 0; start < queries.samples; start += AT_ONCE) {
    const count = Math.min(AT_ONCE, queries.samples - start);
    const found = await candidates(from, to, [start, count], passes, metric);
    for (let i = 0; i < count; i++) {
      const best = found
        .flatMap((pass) => [...pass.subarray(i * NEAREST, (i + 1) * NEAREST)])
        .filter((p) => p !== NOBODY)
        .map((p) => ({ p, far: distanceOf(points, p, queries, start + i, metric) }))
        .sort((a, b) => a.far - b.far || a.p - b.p);
      if (best.length < k) {
        throw new ValueError(
          `neighbours: expected squared distances below 3.4e38, got greater ones from row ${start + i}; scale the features`,
        );
      }
      best.slice(0, k).forEach(({ p, far }, rank) => {
        distances[(start + i) * k + rank] = far;
        indices[(start + i) * k + rank] = p;
      });
    }
  }
  return { distances, indices, k };
}

/** Samples in the space that the kernel measures in, filled up to a multiple of four features. */
interface Space {
  readonly data: Float32Array<ArrayBuffer>;
  readonly width: number;
}

/**
 * Cosine distance is half the squared distance of unit vectors, which loses no digit for near ones. A vector of zeros gets a
 * direction of its own, another for queries, so that it is as far from all.
 */
function spaceOf({ host, samples, features }: HostMatrix, metric: Metric, side: 0 | 1): Space {
  const width = 4 * Math.ceil((features + (metric === "cosine" ? 2 : 0)) / 4);
  const data = new Float32Array(samples * width);
  for (let i = 0; i < samples; i++) {
    const row = host.subarray(i * features, (i + 1) * features);
    const norm = metric === "cosine" ? normOf(row) : 1;
    if (norm === 0) data[i * width + features + side] = 1;
    else for (let c = 0; c < features; c++) data[i * width + c] = (row[c] as number) / norm;
  }
  return { data, width };
}

async function candidates(
  points: Space,
  queries: Space,
  [start, count]: readonly [number, number],
  passes: number,
  metric: Metric,
): Promise<Uint32Array[]> {
  const { width } = points;
  const packed = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < width; c++) {
      packed[((c >> 2) * count + i) * 4 + (c & 3)] = queries.data[
        (start + i) * width + c
      ] as number;
    }
  }
  const measured = metric === "manhattan" ? "manhattan" : "euclidean";
  const [x, rows] = scope(() => [
    tensor(packed, { shape: [width / 4, count, 4] }),
    tensor(points.data, { shape: [points.data.length / width, width] }),
  ]);
  const found: Uint32Array[] = [];
  let [after, behind] = [new Float32Array(count).fill(-1), new Uint32Array(count)];
  try {
    for (let pass = 0; pass < passes; pass++) {
      const inputs = () => ({ x, points: rows, after: tensor(after), behind: tensor(behind) });
      const got = scope(() => run(nearest, inputs(), { metric: measured }));
      try {
        const [far, index] = await Promise.all([got.distances.read(), got.index.read()]);
        found.push(Uint32Array.from(index));
        const last = (i: number) => (i + 1) * NEAREST - 1;
        after = Float32Array.from({ length: count }, (_, i) => far[last(i)] ?? FAR);
        behind = Uint32Array.from({ length: count }, (_, i) => index[last(i)] ?? NOBODY);
      } finally {
        got.distances.dispose();
        got.index.dispose();
      }
    }
  } finally {
    x.dispose();
    rows.dispose();
  }
  return found;
}

/** ‖row‖, by its largest number first: no square overflows or vanishes. */
function normOf(row: Float64Array): number {
  const most = row.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
  return most === 0 ? 0 : most * Math.sqrt(row.reduce((sum, v) => sum + (v / most) ** 2, 0));
}

function distanceOf(
  points: HostMatrix,
  p: number,
  queries: HostMatrix,
  i: number,
  metric: Metric,
): number {
  const d = points.features;
  let [sum, a, b] = [0, 0, 0];
  for (let c = 0; c < d; c++) {
    const [x, t] = [queries.host[i * d + c] as number, points.host[p * d + c] as number];
    if (metric === "manhattan") sum += Math.abs(x - t);
    else if (metric === "euclidean") sum += (x - t) ** 2;
    else {
      sum += x * t;
      a += x * x;
      b += t * t;
    }
  }
  if (metric === "manhattan") return sum;
  if (metric === "euclidean") return Math.sqrt(sum);
  return a === 0 || b === 0 ? 1 : Math.max(0, 1 - sum / Math.sqrt(a * b));
}
