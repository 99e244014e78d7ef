import shader from "#shaders/augment/operation.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, natural, record, required } from "../../core/kinds.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { stream, two } from "../option_kinds.ts";
import type { Stream } from "../random/stream.ts";
import { type ColourOptions, augmentColour as colour, reference as coloured } from "./colour.ts";
import { gateOf } from "./draw.ts";
import {
  type GeometryOptions,
  augmentGeometry as geometry,
  reference as moved,
} from "./geometry.ts";
import { lanesOf, pixelsOf } from "./images.ts";
import { type ToneOptions, augmentTone as tone, reference as toned } from "./tone.ts";

type Own<Options> = Omit<Options, keyof Stream | keyof Coarse>;

export interface OperationOptions extends Stream, Coarse {
  /** Number of the group that all steps share. */
  readonly group: number;
  /** Ends of the ranges of the group's number in [0, 1) for geometry and for colour; the rest selects tone, or nothing. */
  readonly behind: readonly [geometry: number, colour: number];
  /** Steps that do not change the size, without `finish`; each is gated by a range of the group below `behind[0]`. */
  readonly geometry: Own<Omit<GeometryOptions, "finish">>;
  /** Jitter, posterize and solarize, gated by ranges between `behind[0]` and `behind[1]`. */
  readonly colour: Pick<ColourOptions, "first" | "jitter" | "posterize" | "solarize">;
  /** Steps gated by ranges from `behind[1]` on. */
  readonly tone: Own<ToneOptions>;
}

const WHO = "augment/operation";

/**
 * Applies one random step of geometry, colour or tone to each of the images x [N, C, H, W] with values in 0..1 and at most
 * four channels: the result of the three kernels run one after the other. Throws `ShapeError` and `ValueError`.
 */
export const augmentOperation = kernel(shader, ({ x }, options: OperationOptions) => {
  const { n, c, h, w } = pixelsOf(WHO, x);
  const { seed, offset, coarse } = options;
  const own = { seed, ...(offset === undefined ? {} : { offset }), coarse };
  const plans = {
    geometry: geometry.plan({ x }, { ...options.geometry, ...own }),
    colour: colour.plan({ x }, { ...options.colour, ...own }),
    tone: tone.plan({ x }, { ...options.tone, ...own }),
  };
  const [, , height, width] = plans.geometry.outputs.y;
  if (height !== h || width !== w) {
    throw new ShapeError(
      `${WHO}: expected steps that leave ${h}×${w} as it is, got ${height}×${width}; use augment/geometry`,
    );
  }
  const { low, high } = gateOf({ group: { number: 0, range: options.behind } });
  const { key, first, steps, image, result, edge, fill, list } = plans.geometry.params;
  const { colours, shuffled, changes } = plans.colour.params;
  const { plane_steps, planes } = plans.tone.params;
  const { filter, padding } = plans.geometry.slots ?? {};
  return {
    outputs: { y: x },
    params: {
      ...{
        key,
        group: options.group,
        behind: [low, high],
        cells: h * w,
        channels: c,
        size: [h, w],
      },
      ...{ first, steps, image, result, edge, fill, list },
      ...{ colours, shuffled, changes, plane_steps, planes },
    },
    slots: { filter, padding },
    overrides: { WG: lanesOf(options) },
    grid: [c, n],
    flops: 40 * n * c * h * w,
  };
});

export const kinds = () => ({
  ...stream(),
  group: required(natural),
  behind: required(two),
  geometry: required(record),
  colour: required(record),
  tone: required(record),
  coarse: boolean,
});

export const reference: Reference<typeof augmentOperation> = ({ x }, options) => {
  const { seed, offset = 0 } = options;
  const stream = { seed, offset };
  const next = (data: ArrayLike<number>) => ({ x: { shape: x.shape, data } });
  const inPlace = moved({ x }, { ...options.geometry, ...stream }).y;
  const inColour = coloured(next(inPlace), { ...options.colour, ...stream }).y;
  return toned(next(inColour), { ...options.tone, ...stream });
};

const part = (from: number, behind: number) =>
  ({ p: 1, group: { number: 3, range: [from / 8, behind / 8] } }) as const;

/** Eight equally probable operations: rotated, mirrored, brighter, more or less contrast, posterized, and three of tone. */
const some = (h: number, w: number): Omit<OperationOptions, keyof Stream> => ({
  ...{ group: 3, behind: [2 / 8, 5 / 8] },
  geometry: {
    steps: [
      { from: [h, w], to: [h, w], angle: [-0.7, 0.7], gate: part(0, 1) },
      { from: [h, w], to: [h, w], zoom: [-1, 1], gate: part(1, 2) },
    ],
    fill: 0.5,
  },
  colour: {
    first: 2,
    jitter: {
      steps: [
        { factor: [0.5, 1.5], gate: part(2, 3) },
        { factor: [0.5, 1.5], levels: 3, gate: part(3, 4) },
      ],
    },
    posterize: { bits: [2, 4], gate: part(4, 5) },
  },
  tone: {
    first: 10,
    sharpen: { factor: [0.2, 1.8], gate: part(5, 6) },
    autocontrast: { gate: part(6, 7) },
    equalize: { gate: part(7, 8) },
  },
});

/** Values on the 256 levels of a photograph: which level a value is on must not depend on its last bit. */
const levels = (...shape: number[]) => ({
  shape,
  fill: (_: number, random: () => number) => Math.floor(40 + 150 * random() * random()) / 255,
});

const test = (
  name: string,
  [n, c, h, w]: readonly [number, number, number, number],
  options: Partial<OperationOptions> = {},
): Case<typeof augmentOperation> => ({
  name,
  inputs: { x: levels(n, c, h, w) },
  options: { seed: 9, ...some(h, w), ...options },
  tolerance: { atol: 1e-5, rtol: 1e-5, length: 9 },
});

export const cases: Case<typeof augmentOperation>[] = [
  test("two images", [2, 3, 4, 5]),
  test("one of eight", [24, 3, 5, 7]),
  test("one of eight, of one channel, in more cells than lanes", [20, 1, 18, 17]),
  test("four channels, bicubic", [9, 4, 6, 5], {
    geometry: { ...some(6, 5).geometry, mode: "bicubic", padding: "reflection" },
  }),
  test("another draw, coarse", [16, 3, 8, 9], { offset: 5, coarse: true }),
  test("geometry for all", [3, 3, 5, 7], { behind: [1, 1], group: 7, colour: {}, tone: {} }),
  test("nothing for any", [3, 2, 5, 7], {
    behind: [0, 0],
    geometry: { steps: [] },
    colour: {},
    tone: {},
  }),
];

export const benches: Case<typeof augmentOperation>[] = [
  {
    name: "64 × 3 × 224², one of eight",
    inputs: { x: levels(64, 3, 224, 224) },
    options: { seed: 1, ...some(224, 224) },
  },
];
