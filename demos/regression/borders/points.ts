import { normal, uniform } from "../../shared/random.ts";

export type Place = readonly [x: number, y: number];

/** Number of points in a class. */
const EACH = 14;

const draw = normal(uniform(11));
const cloud = (x: number, y: number): Place[] =>
  Array.from({ length: EACH }, () => [x + 0.8 * draw(), y + 0.9 * draw()]);

/** Two adjacent clouds, the same on every visit; the far point belongs to the second class. */
export const clouds: readonly [Place[], Place[]] = [cloud(-1.4, 0), cloud(1.4, 0)];

/** All points including the far one, and their classes. */
export function samplesOf(far: Place): {
  readonly places: readonly Place[];
  readonly y: readonly number[];
} {
  const places = [...clouds[0], ...clouds[1], far];
  return { places, y: places.map((_, i) => Number(i >= EACH)) };
}
