import { normal, uniform } from "../../shared/random.ts";

/** Samples of a class. */
const EACH = 80;
const NOISE = 0.04;

export interface Samples {
  /** [samples, 2], row-major. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Two spirals that wind around each other, the same on every visit. */
export function spirals(): Samples {
  const draw = normal(uniform(7));
  const [x, y]: [number[], number[]] = [[], []];
  for (let i = 0; i < EACH; i++) {
    for (const label of [0, 1]) {
      const turn = 0.5 + (4.2 * i) / EACH;
      const radius = 0.12 + (0.85 * i) / EACH;
      const angle = turn + Math.PI * label;
      x.push(radius * Math.cos(angle) + NOISE * draw(), radius * Math.sin(angle) + NOISE * draw());
      y.push(label);
    }
  }
  return { x, y };
}
