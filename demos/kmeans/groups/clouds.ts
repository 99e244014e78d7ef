import { normal, type Random, uniform } from "../../shared/random.ts";
import type { CloudName } from "../settings.ts";

/** The part of the plane that is shown: ±EDGE.x and ±EDGE.y. */
export const EDGE = { x: 5, y: 4 } as const;

type Place = readonly [x: number, y: number];

/** Five centres that are far from lying on one line. */
const five: readonly Place[] = [
  [-3, 2.2],
  [2.8, 2.4],
  [0, 0.1],
  [-2.8, -2.2],
  [3, -2],
];

const makers: Readonly<Record<CloudName, (random: Random, i: number) => Place>> = {
  blobs: (random, i) => around(random, five[i % 5] as Place, 0.55),
  // two thirds of the points belong to one wide group
  uneven: (random, i) =>
    i % 6 < 4
      ? around(random, [-1.6, 0], 1.1)
      : around(random, i % 2 ? [3.4, 2] : [3.4, -2.2], 0.3),
  stretched: (random, i) => {
    const [u, v] = [normal(random)(), normal(random)()];
    const across = [-2.4, 0, 2.4][i % 3] as number;
    return [1.5 * u + 0.2 * v, -0.62 * u + 0.3 * v + across];
  },
  even: (random) => [EDGE.x * (1.9 * random() - 0.95), EDGE.y * (1.9 * random() - 0.95)],
};

function around(random: Random, [x, y]: Place, deviation: number): Place {
  const next = normal(random);
  return [x + deviation * next(), y + deviation * next()];
}

/** Points [count, 2] of a data set, all within the edges. */
export function cloud(name: CloudName, count: number, seed: number): Float32Array<ArrayBuffer> {
  const random = uniform(seed);
  const inside = (value: number, edge: number) => Math.min(Math.max(value, -edge), edge);
  const points = Array.from({ length: count }, (_, i) => makers[name](random, i));
  return Float32Array.from(
    points.flatMap(([x, y]) => [inside(x, 0.97 * EDGE.x), inside(y, 0.97 * EDGE.y)]),
  );
}
