import shader from "#shaders/sort/keys.wgsl";
import { boolean, number, oneOf } from "../../core/kinds.ts";
import { type DType, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { aboutAxis } from "../scan/scan.ts";

/** Axis and direction of the sort. */
export interface SortKeysOptions {
  /** Axis. Default the last. */
  readonly axis?: number;
  /** Whether the order is descending. Default false. */
  readonly descending?: boolean;
  /** dtype of x; default "f32". */
  readonly dtype?: Exclude<DType, "f16">;
}

/**
 * Input of the sorting kernels: for every row of x along the axis, keys[rows, length] (u32) that have the order of the
 * numbers (−0 equals 0, NaN is above +∞) or its reverse, and ids[rows, length] = 0, 1, 2, … Throws `ShapeError` if there is
 * no such axis.
 */
export const sortKeys = kernel(shader, ({ x }, { axis, descending = false }: SortKeysOptions) => {
  const { length, inner, rows } = aboutAxis("sort/keys", x, axis);
  return {
    outputs: { keys: [rows, length], ids: [rows, length] },
    params: { count: size(x), length, inner },
    grid: grid1d(Math.ceil(size(x) / 64)),
    overrides: { DESCENDING: descending ? 1 : 0 },
    flops: size(x),
  };
});

export const kinds = () => ({
  axis: number,
  descending: boolean,
  dtype: oneOf("f32", "i32", "u32"),
});

/** The key of one number, by its bits. */
function keyOf(value: number, dtype: SortKeysOptions["dtype"]): number {
  if (dtype === "u32") return value;
  if (dtype === "i32") return value + 2 ** 31;
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0] as number;
  if (Number.isNaN(value)) return 0xffffffff;
  if (value === 0) return 0x80000000;
  return (value < 0 ? ~bits : bits | 0x80000000) >>> 0;
}

export const reference: Reference<typeof sortKeys> = (
  { x },
  { axis, descending = false, dtype },
) => {
  const { length, inner, rows } = aboutAxis("sort/keys", x.shape, axis);
  const keys = new Float64Array(size(x.shape));
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / inner) * length * inner + (row % inner);
    for (let j = 0; j < length; j++) {
      const key = keyOf(x.data[base + j * inner] as number, dtype);
      keys[row * length + j] = descending ? 0xffffffff - key : key;
    }
  }
  return { keys, ids: keys.map((_, e) => e % length) };
};

const special = [0, -0, 1, -1, 1.4e-45, -1.4e-45, 3e38, -3e38, Infinity, -Infinity, Number.NaN, 2];
const hostile = { shape: [special.length], fill: (i: number) => special[i] as number };
const tolerance = "exact";

export const cases: Case<typeof sortKeys>[] = [
  { name: "special numbers", inputs: { x: hostile }, options: {}, tolerance },
  {
    name: "special numbers, descending",
    inputs: { x: hostile },
    options: { descending: true },
    tolerance,
  },
  { name: "the last axis", inputs: { x: [5, 67] }, options: {}, tolerance },
  { name: "a middle axis", inputs: { x: [3, 7, 5] }, options: { axis: 1 }, tolerance },
  { name: "the first axis", inputs: { x: [9, 15] }, options: { axis: 0 }, tolerance },
  { name: "a scalar in a list", inputs: { x: [1] }, options: {}, tolerance },
  ...(["i32", "u32"] as const).map((dtype) => ({
    name: `neighbours of ${dtype} beyond 2²⁴`,
    inputs: {
      x: {
        shape: [3, 5],
        fill: (i: number) => (dtype === "i32" && i % 2 ? -1 : 1) * (2 ** 30 + i),
      },
    },
    options: { dtype },
    dtypes: { order: dtype },
    tolerance,
  })),
  { name: "no elements", inputs: { x: [3, 0] }, options: {} },
];
