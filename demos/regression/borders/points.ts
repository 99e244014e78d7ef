import { normal, uniform } from "../../shared/random.ts";

export type Place = readonly [x: number, y: number];

/** Number of points in a class. */
export const EACH = 14;

const draw = normal(uniform(11));
const cloud = (x: number, y: number): Place[] =>
  Array.from({ length: EACH }, () => [x + 0.8 * draw(), y + 0.9 * draw()]);

/** Two adjacent clouds, the same on every visit; the far point belongs to the second class. */
export const clouds: readonly [Place[], Place[]] = [cloud(-1.4, 0), cloud(1.4, 0)];

/** By how much x grows for a point that is moved far away. */
const AWAY = 5;

/** The points of the second class, the first `away` of them moved far away on their own side, and the far point if there is one. */
export const secondClass = (away: number, far?: Place): readonly Place[] => [
  ...clouds[1].map(([x, y], i): Place => [i < away ? x + AWAY : x, y]),
  ...(far ? [far] : []),
];

/** All points including the far one, and their classes. */
export function samplesOf(
  far: Place,
  away = 0,
): {
  readonly places: readonly Place[];
  readonly y: readonly number[];
} {
  const places = [...clouds[0], ...secondClass(away, far)];
  return { places, y: places.map((_, i) => Number(i >= EACH)) };
}
