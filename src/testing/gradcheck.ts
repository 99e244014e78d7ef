import { callBack } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { seeded } from "../core/rng.ts";
import { describe } from "../core/signature.ts";
import { compare } from "./compare.ts";

/**
 * Gradient of Σᵢ upstreamᵢ · f(x)ᵢ with respect to every element of x, by central differences in float64:
 * (L(x + h) − L(x − h)) / 2h, with h = step · max(1, |x|).
 */
export function numericalGradient(
  f: (x: Float64Array) => ArrayLike<number>,
  x: ArrayLike<number>,
  upstream: ArrayLike<number>,
  step = 1e-5,
): Float64Array {
  const point = Float64Array.from(x);
  const loss = () => {
    const y: ArrayLike<number> | undefined = callBack(() => f(point));
    if (typeof y?.length !== "number") {
      throw new ValueError(
        `numericalGradient: expected f to give an array of numbers, got ${describe(y)}; return its results`,
      );
    }
    let sum = 0;
    for (let i = 0; i < y.length; i++) sum += (upstream[i] as number) * (y[i] as number);
    return sum;
  };
  return point.map((value, i) => {
    const h = step * Math.max(1, Math.abs(value));
    point[i] = value + h;
    const above = loss();
    point[i] = value - h;
    const below = loss();
    point[i] = value;
    return (above - below) / (2 * h);
  });
}

/** A seeded upstream gradient with all elements different and both signs, so that it reveals any error. */
export function upstreamFor(length: number, seed = 7): Float64Array {
  const random = seeded(seed);
  return Float64Array.from({ length }, () => random() * 2 - 1);
}

/** Empty when the analytic gradient agrees with central differences, else a report. */
export function gradientDefect(
  name: string,
  analytic: ArrayLike<number>,
  numerical: ArrayLike<number>,
  tolerance = 1e-7,
): string {
  return compare(name, analytic, numerical, [numerical.length], {
    atol: tolerance,
    rtol: tolerance,
  }).report;
}
