import { halfRound } from "./half.ts";
import { isA } from "./realm.ts";
import { type DType, type TypedArray, typedArray } from "./shape.ts";

/** Arrays that files are read into. f16 and bf16 become a Float32Array, booleans a Uint8Array of 0 and 1. */
export type HostArray =
  | Float64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

export const isHostArray = (value: unknown): value is HostArray =>
  ArrayBuffer.isView(value) && "length" in value && isA(value.buffer, "ArrayBuffer");

/** Whether an array is already of the class in which the library keeps a dtype. */
const isOf = (dtype: DType, data: HostArray): data is TypedArray =>
  dtype !== "f16" &&
  isA(data, ({ f32: "Float32Array", i32: "Int32Array", u32: "Uint32Array" } as const)[dtype]);

/**
 * Converts a number to a dtype; undefined if the number has no equivalent there. `whole`: the numbers come from an integer
 * array.
 */
type FitNumber = (value: number, whole: boolean) => number | undefined;

/**
 * Rounds fractions to the nearest. Finite numbers that would become ±∞, and integers that would be rounded, have no
 * equivalent.
 */
const rounding =
  (round: (value: number) => number): FitNumber =>
  (value, whole) => {
    const result = round(value);
    const overflow = Number.isFinite(value) && !Number.isFinite(result);
    return overflow || (whole && result !== value) ? undefined : result;
  };

const integers =
  (lowest: number, highest: number): FitNumber =>
  (value) =>
    Number.isInteger(value) && value >= lowest && value <= highest ? value : undefined;

const fits: Readonly<Record<DType, FitNumber>> = {
  f32: /* @__PURE__ */ rounding(Math.fround),
  f16: /* @__PURE__ */ rounding(halfRound),
  i32: /* @__PURE__ */ integers(-(2 ** 31), 2 ** 31 - 1),
  u32: /* @__PURE__ */ integers(0, 2 ** 32 - 1),
};

/**
 * Converts numbers to a dtype; without a copy if they already have it. Fractions are rounded to the nearest f32 or f16.
 * `refuse` is called with the first number that cannot be converted: an integer that would lose digits or is out of range,
 * a fraction for an integer type, a finite number that would become ±∞.
 */
export function fitted(
  dtype: DType,
  data: HostArray,
  refuse: (value: number | bigint, index: number) => never,
): TypedArray {
  if (isOf(dtype, data)) return data;
  const whole = !isA(data, "Float64Array", "Float32Array");
  const elementOf = fits[dtype];
  const result = typedArray(dtype, data.length);
  for (let i = 0; i < data.length; i++) {
    const given = data[i] as number | bigint;
    const value = Number(given);
    if (typeof given === "bigint" && !Number.isSafeInteger(value)) refuse(given, i);
    result[i] = elementOf(value, whole) ?? refuse(given, i);
  }
  return result;
}
