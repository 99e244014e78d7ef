import shader from "#shaders/elementwise/cast.wgsl";
import { dtype } from "../../core/kinds.ts";
import { type DType, size, typedArray } from "../../core/shape.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { packs } from "./packs.ts";

/** dtypes of x and y; default f32. */
interface CastOptions {
  readonly from?: DType | undefined;
  readonly to?: DType | undefined;
}

/** The minimum and the maximum float that an integer type can represent. */
const RANGES = { i32: [-(2 ** 31), 2 ** 31 - 2 ** 7], u32: [0, 2 ** 32 - 2 ** 8] } as const;

/**
 * Converts x to another dtype: `{ from: "i32" }`, `{ to: "f16" }`, f32 by default. Conversion of floats to integers drops
 * the fraction; values out of range become the nearest float within the range, and NaN becomes an unspecified integer.
 * Between i32 and u32 the bits are kept.
 */
export const cast = kernel(shader, ({ x }, _: CastOptions) => {
  const { count, width, grid } = packs(size(x));
  return { outputs: { y: x }, params: { packs: count }, grid, slots: { width }, flops: 0 };
});

export const kinds = () => ({ from: dtype, to: dtype });

export const reference: Reference<typeof cast> = ({ x }, { from = "f32", to = "f32" }) => {
  if (to === "f32" || to === "f16") return { y: Float64Array.from(x.data) };
  const wraps = from === "i32" || from === "u32";
  const [least, most] = RANGES[to];
  const whole = (value: number) => Math.trunc(Math.min(Math.max(value, least), most));
  return { y: wraps ? typedArray(to, x.data) : Float64Array.from(x.data, whole) };
};

const special = [0, -0, 1e-7, -6e-5, 65504, 1 / 3, -Infinity, Number.NaN];
const values = { shape: [special.length], fill: (i: number) => special[i] as number };

const [large, least] = [2 ** 31 + 2 ** 8, -(2 ** 31)];
const numbers = [
  {
    from: "f32",
    to: "i32",
    values: [0.99, -0.99, -1.5, 2 ** 24 + 2, least, 3e9, -Infinity, 1e30, -0],
  },
  { from: "f32", to: "u32", values: [0.99, -0.5, -7, 2 ** 24 + 2, large, 3e9, -Infinity, 1e30, 1] },
  { from: "i32", to: "f32", values: [0, -1, 2 ** 24, least, 7] },
  { from: "u32", to: "f32", values: [0, 1, 2 ** 24, large, 7] },
  { from: "i32", to: "u32", values: [0, -1, least, 2 ** 31 - 1, 7] },
  { from: "u32", to: "i32", values: [0, 1, large, 2 ** 32 - 1, 7] },
] as const;

export const cases: Case<typeof cast>[] = [
  { name: "one element", inputs: { x: [1] }, options: {}, tolerance: "exact" },
  { name: "an odd number", inputs: { x: [3, 129] }, options: {}, tolerance: "exact" },
  { name: "four a lane", inputs: { x: [3, 88] }, options: {}, tolerance: "exact" },
  ...numbers.map(({ from, to, values }) => ({
    name: `${from} to ${to}`,
    inputs: { x: { shape: [values.length], fill: (i: number) => values[i] as number } },
    options: { from, to },
    dtypes: { from, to },
    tolerance: "exact" as const,
  })),
  {
    name: "floats to i32, four a lane",
    inputs: { x: { shape: [3, 88], fill: (i) => (i - 130) / 4 } },
    options: { to: "i32" },
    dtypes: { to: "i32" },
    tolerance: "exact",
  },
  { name: "no elements", inputs: { x: [0] }, options: {} },
];

export const halfCases = inHalf<Case<typeof cast>>([
  { name: "an odd number to f16", inputs: { x: [3, 129] }, options: {}, dtypes: { to: "f16" } },
  { name: "fours to f16", inputs: { x: [2, 512] }, options: {}, dtypes: { to: "f16" } },
  {
    name: "what f16 only just holds",
    inputs: { x: values },
    options: {},
    dtypes: { to: "f16" },
  },
  {
    name: "fours of f16 to f32",
    inputs: { x: [260] },
    options: {},
    dtypes: { from: "f16" },
  },
  {
    name: "an odd number of f16 to f32",
    inputs: { x: [67] },
    options: {},
    dtypes: { from: "f16" },
  },
]);

export const benches: Case<typeof cast>[] = [
  { name: "16 Mi elements", inputs: { x: [4096, 4096] }, options: {} },
];
