import shader from "#shaders/norm/local_response_grad.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { checkShapes } from "./geometry.ts";
import {
  bases,
  type LocalResponseOptions,
  localCases,
  localTolerance,
  planLocal,
} from "./local_response.ts";

/** Gradient of `localResponse` with respect to x, from x and dy [N, C, ...]. Throws `ShapeError`, `ValueError`. */
export const localResponseGrad = kernel(shader, ({ x, dy }, options: LocalResponseOptions) => {
  const plan = planLocal("norm/local_response_grad", x, options);
  checkShapes("norm/local_response_grad", { dy: x }, { dy });
  return { outputs: { dx: x }, ...plan, flops: size(x) * options.size * (2 * options.size + 12) };
});

export const reference: Reference<typeof localResponseGrad> = ({ x, dy }, options) => {
  const { base, beta, share, before, after, channels, inner } = bases(x, options);
  const at = (data: ArrayLike<number>, i: number) => data[i] as number;
  const dx = Float64Array.from(x.data, (value, i) => {
    const c = Math.floor(i / inner) % channels;
    let sum = 0;
    for (let j = Math.max(0, c - after); j <= Math.min(channels - 1, c + before); j++) {
      const near = i + (j - c) * inner;
      sum += at(dy.data, near) * at(x.data, near) * at(base, near) ** (-beta - 1);
    }
    return at(dy.data, i) * at(base, i) ** -beta - 2 * share * beta * value * sum;
  });
  return { dx };
};

export const cases: Case<typeof localResponseGrad>[] = [
  ...localCases.map(({ name, x, options }) => ({
    ...{ name, inputs: { x: [...x], dy: [...x] }, options },
    tolerance: { ...localTolerance, length: Math.min(options.size, x[1]) },
  })),
  {
    name: "NaN of dy spoils its neighbours alone",
    inputs: { x: [1, 9, 2], dy: { shape: [1, 9, 2], fill: (i) => (i === 8 ? NaN : i) } },
    options: { size: 3, alpha: 1 },
    tolerance: { ...localTolerance, length: 3 },
  },
];

export { kinds } from "./local_response.ts";
