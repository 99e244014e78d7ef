import { add, affine, mul, square, sub, type Tensor } from "wgrad";
import type { Point } from "../shared/handle.ts";
import * as words from "../words/en/optimisers/page.ts";

export type { Point };

/** A function of two variables with minimum 0. */
export interface Surface {
  readonly title: string;
  readonly formula: string;
  /** A sentence on the difficulty of the surface. */
  readonly hint: string;
  /** Left, right, bottom and top of the part that is shown. */
  readonly domain: readonly [number, number, number, number];
  readonly start: Point;
  readonly minima: readonly Point[];
  /** The function, elementwise for any number of points. */
  readonly loss: (x: Tensor, y: Tensor) => Tensor;
}

const minus = (c: number, x: Tensor) => affine(x, { factor: -1, shift: c });

/** (c − x + x·p)², p a power of y */
const beale = (c: number, x: Tensor, p: Tensor) => square(add(mul(x, affine(p, { shift: -1 })), c));

export const surfaces = {
  rosenbrock: {
    title: words.rosenbrock,
    formula: "100·(y − x²)² + (1 − x)²",
    hint: words.reachingCurvedValleyIsEasy,
    domain: [-2, 2, -1, 2.6],
    start: [-1.2, 1],
    minima: [[1, 1]],
    loss: (x, y) => add(affine(square(sub(y, square(x))), { factor: 100 }), square(minus(1, x))),
  },
  beale: {
    title: words.beale,
    formula: "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
    hint: words.flatPlainsBetweenSteep,
    domain: [-0.5, 4.5, -2, 2],
    start: [1, 1.4],
    minima: [[3, 0.5]],
    loss: (x, y) => {
      const y2 = square(y);
      return add(add(beale(1.5, x, y), beale(2.25, x, y2)), beale(2.625, x, mul(y2, y)));
    },
  },
  himmelblau: {
    title: words.himmelblau,
    formula: "(x² + y − 11)² + (x + y² − 7)²",
    hint: words.fourMinimaAllEquallyDeep,
    domain: [-5, 5, -4.8, 4.8],
    start: [0, -1],
    minima: [
      [3, 2],
      [-2.805118, 3.131312],
      [-3.77931, -3.283186],
      [3.584428, -1.848126],
    ],
    loss: (x, y) => add(square(add(add(square(x), y), -11)), square(add(add(x, square(y)), -7))),
  },
  saddle: {
    title: words.saddle,
    formula: "x²/2 + (y² − 1)²/4",
    hint: words.saddleAt00Draws,
    domain: [-1.8, 1.8, -1.6, 1.6],
    start: [-1.5, 0.02],
    minima: [
      [0, 1],
      [0, -1],
    ],
    loss: (x, y) =>
      add(
        affine(square(x), { factor: 0.5 }),
        affine(square(affine(square(y), { shift: -1 })), { factor: 0.25 }),
      ),
  },
} satisfies Readonly<Record<string, Surface>>;

export type SurfaceName = keyof typeof surfaces;

export const surfaceNames = Object.keys(surfaces) as SurfaceName[];

/** Distance from a point to the nearest minimum. */
export function distance({ minima }: Surface, [x, y]: Point): number {
  return Math.min(...minima.map(([a, b]) => Math.hypot(x - a, y - b)));
}
