import shader from "#shaders/elementwise/prelu.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";

/** x [N, C, ...] as [outer, channels, inner]; one channel if there is one slope. */
export interface SlopeChannels {
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
}

/** Throws `ShapeError` unless slope holds one number, or one for each of x's channels (its second axis). */
export function channelsOf(who: string, x: Shape, slope: Shape): SlopeChannels {
  const [channels = 0] = slope;
  if (slope.length !== 1 || (channels !== 1 && (x.length < 2 || channels !== x[1]))) {
    throw new ShapeError(
      `${who}: expected slope [1] or one for each channel of x [N, C, ...], got ${show(slope, "slope")} for ` +
        `${show(x, "x")}; make as many slopes as channels`,
    );
  }
  if (channels === 1) return { outer: 1, channels, inner: size(x) };
  return { outer: x[0] ?? 0, channels, inner: size(x.slice(2)) };
}

/**
 * y = x where positive, else slope · x (He, Zhang, Ren, Sun 2015), for x [N, C, ...] and one learned slope, or one per
 * channel. Throws `ShapeError` if they do not fit.
 */
export const prelu = kernel(shader, ({ x, slope }, _options: Readonly<object>) => {
  const { channels, inner } = channelsOf("prelu", x, slope);
  return {
    outputs: { y: x },
    params: { count: size(x), channels, inner },
    grid: grid256(size(x)),
    flops: size(x),
    pointwise: {
      shape: x,
      inputs: { slope: channels === 1 ? [] : [channels, ...x.slice(2).map(() => 1)] },
    },
  };
});

export const reference: Reference<typeof prelu> = ({ x, slope }) => {
  const { channels, inner } = channelsOf("prelu", x.shape, slope.shape);
  const y = Float64Array.from(x.data, (value, i) => {
    const a = slope.data[Math.floor(i / inner) % channels] as number;
    return value > 0 ? value : a * value;
  });
  return { y };
};

const hostile = [0, -0, 1e-30, -1e-30, 1e4, -1e4, 3e38, -3e38, Infinity, -Infinity, NaN, -2];

export const cases: Case<typeof prelu>[] = [
  { name: "one element", inputs: { x: [1], slope: [1] }, options: {} },
  { name: "one slope for all", inputs: { x: [3, 5, 7], slope: [1] }, options: {} },
  { name: "a slope a channel", inputs: { x: [3, 5, 7, 2], slope: [5] }, options: {} },
  { name: "rows of features", inputs: { x: [13, 5], slope: [5] }, options: {} },
  { name: "65 elements, one over", inputs: { x: [1, 65], slope: [65] }, options: {} },
  {
    name: "safety: kinks, limits, ±1e4 and NaN",
    inputs: {
      x: { shape: [1, 2, 12], fill: (i) => hostile[i % 12] as number },
      slope: { shape: [2], fill: (i) => [0.25, -0.5][i] as number },
    },
    options: {},
  },
  { name: "no elements", inputs: { x: [0, 3], slope: [3] }, options: {} },
];
