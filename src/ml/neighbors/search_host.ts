import { Pauses } from "../pause.ts";
import type { Lists } from "./lists.ts";
import type { Measure } from "./measures.ts";

/** Bytes of points that all queries are compared with before the next points: they fit into a processor's cache. */
const NEAR = 2 ** 17;
/** Number of differences between two checks of the clock. */
const LOOK_AFTER = 2 ** 20;

/** Compares every query with all points, in float64. */
export async function nearestOnHost({ points, queries }: Measure, lists: Lists): Promise<void> {
  const d = points.features;
  const all = Math.ceil(points.samples / 4);
  const some = Math.max(1, Math.floor(NEAR / (32 * d)));
  const pauses = new Pauses();
  let work = 0;
  for (let from = 0; from < all; from += some) {
    const to = Math.min(all, from + some);
    for (let i = 0; i < queries.samples; i++) {
      lists.offer(i, from, to);
      work += 4 * (to - from) * d;
      if (work < LOOK_AFTER) continue;
      work = 0;
      await pauses.turn();
    }
  }
}
