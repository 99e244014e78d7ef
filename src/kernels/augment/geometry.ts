import shader from "#shaders/augment/geometry.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import { type SampleMode, type SamplePadding, type Tap, tapsAt, tapsOf } from "../sample/taps.ts";
import { Draws } from "./draw.ts";
import { type GeometryStep, type Matrix, packStep, product, stepMatrix } from "./geometry_step.ts";

/** Steps of one resampling. */
export const MAX_STEPS = 8;

export interface GeometryOptions extends Stream {
  /** From the picture that is read to the one that is made. */
  readonly steps: readonly GeometryStep[];
  /** Number of the first step: steps of one stream have numbers of their own. Default 0. */
  readonly first?: number | undefined;
  /** Default "bilinear". */
  readonly mode?: SampleMode | undefined;
  /** What lies outside of the image. Default "zeros", which stands for `fill`. */
  readonly padding?: SamplePadding | undefined;
  /** Reflection at the centres of the outermost cells, or at the image's rim. Default "centre". */
  readonly reflectAt?: "centre" | "rim" | undefined;
  /** A number, or one a channel. Default 0. */
  readonly fill?: number | readonly number[] | undefined;
}

const WHO = "augment/geometry";

/** Cells that a workgroup makes, for one image each; its matrix is worked out once. */
const TILE = 1024;

/** [N, C, H, W] as sizes; throws `ShapeError` for others. */
export function imagesOf(who: string, x: Shape) {
  const [n = 0, c = 0, h = 0, w = 0] = x;
  if (x.length === 4 && size(x) > 0 && n <= 65535) return { n, c, h, w };
  throw new ShapeError(
    `${who}: expected images [N, C, H, W] with at least one element and N ≤ 65535, got ${show(x)}; reshape them`,
  );
}

/** One number for each of four channels. */
export function fourOf(
  who: string,
  name: string,
  value: number | readonly number[],
  channels: number,
) {
  const list = typeof value === "number" ? [value] : value;
  if (list.length === 1 || (list.length === channels && channels <= 4)) {
    return [0, 1, 2, 3].map((k) => list[Math.min(k, list.length - 1)] as number);
  }
  throw new ValueError(
    `${who}: expected ${name} to be a number or one for each of ${channels} channels, at most 4, got ${list.length}`,
  );
}

/** Checks that steps follow on each other and gives the size at the end. */
function resultOf(steps: readonly GeometryStep[], h: number, w: number): readonly [number, number] {
  let size: readonly [number, number] = [h, w];
  for (const { from, to } of steps) {
    if (from[0] !== size[0] || from[1] !== size[1]) {
      throw new ShapeError(
        `${WHO}: expected a step from ${size.join("×")}, got one from ${from.join("×")}`,
      );
    }
    size = to;
  }
  if (steps.length <= MAX_STEPS) return size;
  throw new ValueError(
    `${WHO}: expected at most ${MAX_STEPS} steps, got ${steps.length}; run it twice`,
  );
}

/**
 * Images x [N, C, H, W] turned, sheared, scaled, shifted, mirrored, cropped and seen from another side, each by its own random
 * numbers, in one resampling: pixel p of the result is x at M₁·M₂···p. Throws `ShapeError` and `ValueError`.
 */
export const geometry = kernel(shader, ({ x }, options: GeometryOptions) => {
  const { n, c, h, w } = imagesOf(WHO, x);
  const { steps, first = 0, mode = "bilinear", padding = "zeros", fill = 0 } = options;
  const [outH, outW] = resultOf(steps, h, w);
  const packed = steps.flatMap(packStep);
  const taps = tapsOf[mode] ** 2;
  return {
    outputs: { y: [n, c, outH, outW] },
    params: {
      ...{ key: streamKey(WHO, options), first, steps: steps.length, channels: c, tile: TILE },
      ...{ image: [h, w] as const, result: [outH, outW] as const },
      ...{ edge: options.reflectAt === "rim" ? 0.5 : 0, fill: fourOf(WHO, "fill", fill, c) },
      list: [...packed, ...new Array<number>(32 * MAX_STEPS - packed.length).fill(0)],
    },
    slots: { filter: mode, padding },
    grid: [Math.ceil((outH * outW) / TILE), n],
    flops: n * outH * outW * (20 + 3 * taps * c),
  };
});

const identity: Matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // biome-ignore format: a matrix

/** The sum over the taps inside, blended with a colour by their part, as torchvision has it. */
function valueAt(
  across: readonly Tap[],
  down: readonly Tap[],
  fill: number,
  value: (row: number, column: number) => number,
): number {
  let [sum, part] = [0, 0];
  for (const [row, a] of down) {
    for (const [column, b] of across) {
      if (row < 0 || column < 0 || a * b === 0) continue;
      sum += a * b * value(row, column);
      part += a * b;
    }
  }
  return part === 1 ? sum : sum * part + (1 - part) * fill;
}

export const reference: Reference<typeof geometry> = ({ x }, options) => {
  const { n, c, h, w } = imagesOf(WHO, x.shape);
  const { steps, first = 0, mode = "bilinear", padding = "zeros" } = options;
  const [outH, outW] = resultOf(steps, h, w);
  const how = { mode, padding, edge: options.reflectAt === "rim" ? 0.5 : 0 };
  const fill = fourOf(WHO, "fill", options.fill ?? 0, c);
  const y = new Float64Array(n * c * outH * outW);
  for (let image = 0; image < n; image++) {
    const draws = new Draws(options, image);
    const back = steps.reduce((total, step, s) => {
      const matrix = stepMatrix(step, draws, first + s);
      return matrix ? product(total, matrix) : total;
    }, identity);
    for (let p = 0; p < outH * outW; p++) {
      const to = [(p % outW) + 0.5 - outW / 2, Math.floor(p / outW) + 0.5 - outH / 2, 1];
      const from = back.map((row) => row.reduce((sum, v, k) => sum + v * (to[k] as number), 0));
      const [fx = 0, fy = 0, z = 1] = from;
      const [ax, ay] = z > 0 ? [fx / z + w / 2 - 0.5, fy / z + h / 2 - 0.5] : [-1e9, -1e9];
      const [across, down] = [tapsAt(how, ax, w), tapsAt(how, ay, h)];
      for (let ch = 0; ch < c; ch++) {
        const start = (image * c + ch) * h * w;
        const colour = fill[Math.min(ch, 3)] as number;
        const value = (row: number, column: number) => x.data[start + row * w + column] as number;
        y[(image * c + ch) * outH * outW + p] = valueAt(across, down, colour, value);
      }
    }
  }
  return { y };
};

const same = (h: number, w: number) => ({ from: [h, w], to: [h, w] }) as const;
const flip = { ...same(5, 7), zoom: [-1, 1], gate: { p: 0.5 } } as const;
const turn = { ...same(5, 7), angle: [-0.7, 0.7] } as const;
const crop = { from: [5, 7], to: [4, 5], move: [-3, -2.5], room: [7, 6] } as const;
const zoomed = {
  from: [9, 11],
  to: [6, 5],
  box: { area: [0.2, 0.9], ratio: [0.75, 4 / 3] },
} as const;

const test = (
  name: string,
  x: Shape,
  options: Omit<GeometryOptions, "seed">,
  tolerance: Case<typeof geometry>["tolerance"] = { atol: 1e-5, rtol: 1e-5, length: 4 },
): Case<typeof geometry> => ({ name, inputs: { x }, options: { seed: 7, ...options }, tolerance });

export const cases: Case<typeof geometry>[] = [
  test("nothing to do", [2, 1, 3, 4], { steps: [same(3, 4)] }, "exact"),
  test("mirrored or not", [9, 3, 5, 7], { steps: [flip] }, "exact"),
  test(
    "both mirrors, cropped after padding",
    [6, 2, 5, 7],
    {
      steps: [flip, { ...same(5, 7), zoom: [1, -1], gate: { p: 0.5 } }, crop],
      fill: [2, -1],
      mode: "nearest",
    },
    "exact",
  ),
  test(
    "cropped over a reflection",
    [4, 1, 5, 7],
    { steps: [crop], padding: "reflection" },
    "exact",
  ),
  test(
    "cropped over a reflection at the rim",
    [4, 1, 5, 7],
    {
      steps: [crop],
      padding: "reflection",
      reflectAt: "rim",
    },
    "exact",
  ),
  test("cropped over the edge", [4, 5, 5, 7], { steps: [crop], padding: "border" }, "exact"),
  test("turned", [5, 3, 5, 7], { steps: [turn], fill: 0.5 }),
  test("turned, bicubic", [3, 1, 5, 7], { steps: [turn], mode: "bicubic" }),
  test("sheared, scaled, shifted", [5, 1, 6, 6], {
    steps: [
      {
        ...same(6, 6),
        angle: [-0.3, 0.3],
        scale: [0.8, 1.2],
        shear: [
          [-0.2, 0.2],
          [-0.1, 0.3],
        ],
        shift: [
          [-1.5, 1.5],
          [-2, 2],
        ],
      },
    ],
  }),
  test("a box as a whole", [7, 2, 9, 11], { steps: [zoomed], padding: "border", first: 3 }),
  test("no box fits: the middle", [2, 1, 9, 11], {
    steps: [{ ...zoomed, box: { area: [2, 3], ratio: [2, 3] } }],
    padding: "border",
  }),
  test("from another side", [6, 1, 8, 9], { steps: [{ ...same(8, 9), distortion: 0.5 }] }),
  test("one of two", [9, 1, 5, 7], {
    steps: [
      { ...turn, gate: { group: { number: 1, range: [0, 0.5] } } },
      { ...flip, gate: { group: { number: 1, range: [0.5, 1] } } },
    ],
  }),
  test("more cells than a workgroup makes", [2, 1, 5, 7], {
    steps: [turn, { from: [5, 7], to: [33, 35], zoom: [0.2, 5 / 33] }],
    seed: 1,
  } as Omit<GeometryOptions, "seed">),
  {
    name: "safety: NaN and 1e30 stay in their pixels",
    inputs: {
      x: { shape: [3, 1, 5, 7], fill: (i) => (i % 35 === 8 ? NaN : i % 35 === 20 ? 1e30 : i) },
    },
    options: { seed: 3, steps: [flip, crop] },
    tolerance: "exact",
  },
];

export const benches: Case<typeof geometry>[] = [
  {
    name: "64 × 3 × 224², turned",
    inputs: { x: [64, 3, 224, 224] },
    options: { seed: 1, steps: [{ ...same(224, 224), angle: [-0.3, 0.3] }] },
  },
];
