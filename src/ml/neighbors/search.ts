import { currentEngine } from "../../scheduler/engine.ts";
import type { HostMatrix } from "../samples.ts";
import { Lists } from "./lists.ts";
import { type Metric, measures } from "./measures.ts";
import { nearestOnGpu } from "./search_gpu.ts";
import { nearestOnHost } from "./search_host.ts";

/** The nearest points for some queries, nearest first, the first of equally near ones. */
export interface Neighbors {
  /** [queries, k] */
  readonly distances: Float64Array<ArrayBuffer>;
  /** `[queries, k]`: rows of the samples of fit. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** Number of neighbours of each query. */
  readonly k: number;
}

/** Number of differences that the host computes faster than a card answers, about 30 ms; and faster than a software adapter. */
const [MOST_WORK, MOST_WORK_OF_SOFTWARE] = [2 ** 26, 2 ** 30];

/** Whether queries are compared with all points on the host. */
function fitsHost(points: HostMatrix, queries: HostMatrix): boolean {
  const work = points.samples * queries.samples * points.features;
  if (work <= MOST_WORK) return true;
  return work <= MOST_WORK_OF_SOFTWARE && currentEngine().gpu.adapter.software;
}

/**
 * The k nearest of `points` for every query by float64 distances; computed `on` the host or the GPU, by default depending
 * on the amount of work.
 */
export async function kNearest(
  points: HostMatrix,
  queries: HostMatrix,
  k: number,
  metric: Metric,
  on: "host" | "gpu" = fitsHost(points, queries) ? "host" : "gpu",
): Promise<Neighbors> {
  const measure = measures[metric](points, queries);
  const lists = new Lists(measure, k);
  await (on === "host" ? nearestOnHost(measure, lists) : nearestOnGpu(measure, lists, k));
  return { distances: lists.far.map(measure.distance), indices: lists.who, k };
}
