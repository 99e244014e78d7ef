import { boolean, count, either, finite, list } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import type { FloatMatrix } from "../samples.ts";
import {
  type DrawOptions,
  type Draws,
  drawKinds,
  drawsOf,
  expectThat,
  inOrder,
  linspace,
  type Made,
  matrix,
  noisy,
  type ShuffleOptions,
  shuffleKinds,
} from "./draws.ts";

/** Options of `makeMoons`. */
export interface MoonsOptions extends ShuffleOptions {
  /** Total number of samples, or the number for each of the two classes. Default 100. */
  readonly nSamples?: number | readonly number[];
  /** Standard deviation of the noise. Default 0. */
  readonly noise?: number;
}

const shapeKinds = {
  ...shuffleKinds,
  nSamples: /* @__PURE__ */ either(count, /* @__PURE__ */ list(count)),
  noise: finite,
};

/** Numbers of samples of the two classes. */
function sizesOf(who: string, given: number | readonly number[]): readonly [number, number] {
  if (typeof given === "number") return [Math.floor(given / 2), given - Math.floor(given / 2)];
  expectThat(who, given.length === 2, "nSamples of two classes", `[${given.join(", ")}]`);
  return [given[0] as number, given[1] as number];
}

/**
 * Two interleaving half circles, as `sklearn.datasets.make_moons`: X [nSamples, 2], classes y.
 *
 * @example
 * ```ts
 * import { makeMoons } from "wgrad/ml";
 * const { X, y } = makeMoons({ nSamples: 100, noise: 0.1, randomState: 0 });
 * console.log(X.shape, y.length); // [100, 2] 100
 * ```
 */
export const makeMoons = /* @__PURE__ */ checked(
  "makeMoons",
  { options: options<MoonsOptions>(shapeKinds) },
  ({ nSamples = 100, noise = 0, shuffle = true, randomState }: MoonsOptions = {}): Made => {
    expectThat("makeMoons", noise >= 0, "noise ≥ 0", noise);
    const [outer, inner] = sizesOf("makeMoons", nSamples);
    const rows = [
      ...linspace(0, Math.PI, outer).map((t) => [Math.cos(t), Math.sin(t)]),
      ...linspace(0, Math.PI, inner).map((t) => [1 - Math.cos(t), 0.5 - Math.sin(t)]),
    ];
    return labelled(rows, outer, { noise, shuffle }, drawsOf(randomState));
  },
);

/** Options of `makeCircles`. */
export interface CirclesOptions extends MoonsOptions {
  /** Radius of the inner circle, in [0, 1). Default 0.8. */
  readonly factor?: number;
}

/**
 * A circle of radius 1, class 0, and a smaller one inside it, as `sklearn.datasets.make_circles`: X [nSamples, 2], classes
 * y.
 */
export const makeCircles = /* @__PURE__ */ checked(
  "makeCircles",
  { options: options<CirclesOptions>({ ...shapeKinds, factor: finite }) },
  (given: CirclesOptions = {}): Made => {
    const { nSamples = 100, noise = 0, factor = 0.8, shuffle = true, randomState } = given;
    expectThat("makeCircles", factor >= 0 && factor < 1, "factor in [0, 1)", factor);
    expectThat("makeCircles", noise >= 0, "noise ≥ 0", noise);
    const [outer, inner] = sizesOf("makeCircles", nSamples);
    const circle = (n: number, radius: number) =>
      Array.from({ length: n }, (_, i) => (2 * Math.PI * i) / n).map((t) => [
        radius * Math.cos(t),
        radius * Math.sin(t),
      ]);
    const rows = [...circle(outer, 1), ...circle(inner, factor)];
    return labelled(rows, outer, { noise, shuffle }, drawsOf(randomState));
  },
);

/** Rows of two classes, the first `outer` with class 0. */
function labelled(
  rows: readonly (readonly number[])[],
  outer: number,
  { noise, shuffle }: { readonly noise: number; readonly shuffle: boolean },
  draws: Draws,
): Made {
  const { X, y } = inOrder(
    rows,
    rows.map((_, i) => Number(i >= outer)),
    shuffle,
    draws,
  );
  const [n, d] = X.shape;
  const each = Array.from({ length: n }, (_, i) => [...X.data.subarray(i * d, (i + 1) * d)]);
  return { X: matrix(noisy(each, noise, draws)), y };
}

/** Options of `makeSCurve`. */
export interface CurveOptions extends DrawOptions {
  /** Number of samples. Default 100. */
  readonly nSamples?: number;
  /** Standard deviation of the noise. Default 0. */
  readonly noise?: number;
}

/** Samples of a surface in three dimensions. */
export interface Curve {
  /** [nSamples, 3] */
  readonly X: FloatMatrix;
  /** `[nSamples]`: position of each sample along the surface. */
  readonly t: Float64Array<ArrayBuffer>;
}

const curveKinds = { ...drawKinds, nSamples: count, noise: finite };

export interface SwissRollOptions extends CurveOptions {
  /** Whether the middle of the surface is omitted. Default false. */
  readonly hole?: boolean;
}

/** A rolled-up surface (Marsland 2014), with or without a hole, as `sklearn.datasets.make_swiss_roll`. */
export const makeSwissRoll = /* @__PURE__ */ checked(
  "makeSwissRoll",
  { options: options<SwissRollOptions>({ ...curveKinds, hole: boolean }) },
  (given: SwissRollOptions = {}): Curve =>
    curve("makeSwissRoll", given, ({ uniform }) => {
      const [along, across] = given.hole
        ? aroundTheMiddle(uniform)
        : [3 * uniform(), 3 * uniform()];
      const t = Math.PI * (1.5 + along);
      return [t, [t * Math.cos(t), 7 * across, t * Math.sin(t)]];
    }),
);

/** A position in one of the eight squares around the middle one of 3 × 3. */
function aroundTheMiddle(uniform: Draws["uniform"]): readonly [number, number] {
  const eighth = Math.floor(8 * uniform());
  const square = eighth < 4 ? eighth : eighth + 1;
  return [Math.floor(square / 3) + uniform(), (square % 3) + uniform()];
}

/** A surface in the shape of an S, as `sklearn.datasets.make_s_curve`. */
export const makeSCurve = /* @__PURE__ */ checked(
  "makeSCurve",
  { options: options<CurveOptions>(curveKinds) },
  (given: CurveOptions = {}): Curve =>
    curve("makeSCurve", given, ({ uniform }) => {
      const t = 3 * Math.PI * (uniform() - 0.5);
      return [t, [Math.sin(t), 2 * uniform(), Math.sign(t) * (Math.cos(t) - 1)]];
    }),
);

function curve(
  who: string,
  { nSamples = 100, noise = 0, randomState }: CurveOptions,
  sample: (draws: Draws) => readonly [t: number, row: readonly number[]],
): Curve {
  expectThat(who, noise >= 0, "noise ≥ 0", noise);
  const draws = drawsOf(randomState);
  const all = Array.from({ length: nSamples }, () => sample(draws));
  const rows = all.map(([, row]) => row);
  return { X: matrix(noisy(rows, noise, draws)), t: Float64Array.from(all, ([t]) => t) };
}
