import shader from "#shaders/vector/axpy.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, oneOf } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** `keep` and `factor`, one of them possibly multiplied by a number on the GPU. */
export interface AxpyOptions {
  /** Factor of y; 0 ignores y, including NaN. Default 1. */
  readonly keep?: number;
  /** Factor of x. Default 1. */
  readonly factor?: number;
  /** Which of the two is multiplied by `scalars[at]`; needs `scalars`. Default: neither. */
  readonly scaled?: "keep" | "factor";
  /** Index into `scalars`. Default 0. */
  readonly at?: number;
}

/**
 * `y ← keep · y + factor · x`, with coefficients from the host or from a buffer. Throws `ShapeError` unless x and y have
 * the same number of elements, `ValueError` if only one of `scaled` and `scalars` is given.
 */
export const vectorAxpy = kernel(shader, ({ x, y, scalars }, options: AxpyOptions) => {
  const { keep = 1, factor = 1, scaled, at = 0 } = options;
  const count = size(x);
  if (size(y) !== count) {
    throw new ShapeError(
      `vector/axpy: expected x and y of the same length, got ${show(x, "x")} and ${show(y, "y")}; check the sizes`,
    );
  }
  const known = scalars ? size(scalars) : 0;
  if ((scaled !== undefined) !== (scalars !== undefined) || (scalars && !(at >= 0 && at < known))) {
    throw new ValueError(
      `vector/axpy: expected scalars with an element ${at} exactly where 'scaled' is given, got ${known} scalars; ` +
        "pass both or neither",
    );
  }
  return {
    outputs: {},
    params: { count, keep, factor, at },
    grid: grid1d(Math.ceil(count / 64)),
    slots: { weights: scaled ?? "given" },
    flops: 3 * count,
    bytes: 12 * count,
  };
});

export const kinds = () => ({
  keep: number,
  factor: number,
  scaled: oneOf("keep", "factor"),
  at: number,
});

export const reference: Reference<typeof vectorAxpy> = ({ x, y, scalars }, options) => {
  const { keep = 1, factor = 1, scaled, at = 0 } = options;
  const c = scalars ? (scalars.data[at] as number) : 1;
  const [k, f] = [scaled === "keep" ? keep * c : keep, scaled === "factor" ? factor * c : factor];
  return {
    y: Float64Array.from(
      y.data,
      (value, i) => (k === 0 ? 0 : k * value) + f * (x.data[i] as number),
    ),
  };
};

const scalars = { shape: [3], fill: (i: number) => [0.5, -2, 0][i] ?? 0 };

export const cases: Case<typeof vectorAxpy>[] = [
  { name: "one element", inputs: { x: [1], y: [1] }, options: {} },
  ...[63, 64, 65, 130].map((n) => ({
    name: `${n} elements`,
    inputs: { x: [n], y: [n] },
    options: { keep: -0.5, factor: 3 },
  })),
  {
    name: "y is forgotten",
    inputs: { x: [70], y: { shape: [70], fill: () => NaN } },
    options: { keep: 0, factor: -1 },
  },
  ...(["keep", "factor"] as const).flatMap((scaled) =>
    [0, 1, 2].map((at) => ({
      name: `${scaled} times scalar ${at}`,
      inputs: { x: [70], y: [70], scalars },
      options: { keep: 1.5, factor: -0.5, scaled, at },
    })),
  ),
  {
    name: "a kept part of 0 from the buffer",
    inputs: { x: [3], y: { shape: [3], fill: () => NaN }, scalars },
    options: { scaled: "keep", at: 2 },
  },
  {
    name: "safety: NaN stays",
    inputs: { x: { shape: [3], fill: (i) => (i === 1 ? NaN : i) }, y: [3] },
    options: {},
  },
  { name: "no elements", inputs: { x: [0], y: [0] }, options: {} },
];

export const benches: Case<typeof vectorAxpy>[] = [
  { name: "4 Mi elements", inputs: { x: [1 << 22], y: [1 << 22] }, options: { factor: 0.5 } },
];
