import { normal, uniform } from "../../shared/random.ts";

export type Place = readonly [x: number, y: number];

/** Training points and held-out points of one curve with noise. */
export interface Points {
  readonly train: readonly Place[];
  readonly held: readonly Place[];
}

const TRAIN = 14;
const HELD = 30;
/** Deviation of the noise. */
const NOISE = 0.25;

const curve = (x: number) => Math.sin(3.5 * x) + 0.4 * x;

/** The curve's points, drawn by a seed, and those that the visitor drew, which are training points. */
export function pointsOf(seed: number, drawn: readonly Place[]): Points {
  const random = uniform(seed);
  const draw = normal(random);
  const place = (x: number): Place => [x, curve(x) + NOISE * draw()];
  const train = Array.from({ length: TRAIN }, (_, i) => place(-0.95 + (1.9 * i) / (TRAIN - 1)));
  const held = Array.from({ length: HELD }, () => place(-0.95 + 1.9 * random()));
  return { train: [...train, ...drawn], held };
}
