import { normal, uniform } from "../../shared/random.ts";

export type Place = readonly [x: number, y: number];

/** The line around which the points are drawn. */
export const TRUE_SLOPE = 0.8;
const TRUE_INTERCEPT = 0.5;
/** Deviation of the noise. */
const NOISE = 0.4;

const draw = normal(uniform(3));

/** Points around the line, the same on every visit. */
export const points: readonly Place[] = Array.from({ length: 14 }, (_, i) => {
  const x = -4.5 + (9 * i) / 13;
  return [x, TRUE_INTERCEPT + TRUE_SLOPE * x + NOISE * draw()];
});
