import { normal, type Random, uniform } from "../../shared/random.ts";
import type { Samples } from "./methods.ts";

/** The part of the plane that is shown: from −EDGE to EDGE along both axes. */
export const EDGE = 4;

/** Common points for each rare point. */
export const TO_ONE = 50;

/** Points of two overlapping classes: `rare` of one, and fifty times as many of the other. */
export function points(rare: number, seed: number): Samples {
  const random = uniform(seed);
  const common = Array.from({ length: TO_ONE * rare }, () => around(random, [-0.9, -0.3], 1.15));
  const few = Array.from({ length: rare }, () =>
    random() < 0.65 ? around(random, [1.5, 1.1], 0.55) : around(random, [1.2, -1.9], 0.4),
  );
  const all = [...common, ...few];
  return {
    X: { data: Float64Array.from(all.flat()), shape: [all.length, 2] },
    y: all.map((_, i) => (i < common.length ? 0 : 1)),
  };
}

function around(random: Random, [x, y]: readonly [number, number], deviation: number) {
  const next = normal(random);
  const inside = (value: number) => Math.min(Math.max(value, -0.98 * EDGE), 0.98 * EDGE);
  return [inside(x + deviation * next()), inside(y + deviation * next())];
}

/** Points of a square grid over the plane, row by row from the top left. */
export function gridOf(side: number) {
  const at = (i: number) => -EDGE + (2 * EDGE * i) / (side - 1);
  const data = Float64Array.from({ length: 2 * side * side }, (_, i) => {
    const place = i >> 1;
    return i % 2 === 0 ? at(place % side) : -at(Math.floor(place / side));
  });
  return { data, shape: [side * side, 2] as const };
}
