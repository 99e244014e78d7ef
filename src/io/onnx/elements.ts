import { bfloatBits, bfloatValue, halfRound, halfValue } from "../../core/half.ts";
import type { DType, Shape } from "../../core/shape.ts";
import { decodeElements, elements, type FileDType } from "../elements.ts";

/** dtypes of ONNX that can be read, by their numbers in files (TensorProto.DataType). */
const names = {
  1: "float",
  2: "uint8",
  3: "int8",
  4: "uint16",
  5: "int16",
  6: "int32",
  7: "int64",
  9: "bool",
  10: "float16",
  11: "double",
  12: "uint32",
  13: "uint64",
  16: "bfloat16",
} as const;

/** dtypes of ONNX tensors, by the names of ONNX's specification in lower case. */
export type ElementType = (typeof names)[keyof typeof names];

/** The dtype with this number; undefined for text, complex numbers and types of fewer than 8 bits. */
export function elementType(number: number): ElementType | undefined {
  return Object.hasOwn(names, number) ? names[number as keyof typeof names] : undefined;
}

/** Numbers on the host, as doubles: exact except for 64-bit integers beyond 2⁵³. */
export interface HostValue {
  readonly type: ElementType;
  readonly shape: Shape;
  readonly data: Float64Array;
}

const integers = {
  uint8: 8,
  int8: 8,
  uint16: 16,
  int16: 16,
  int32: 32,
  int64: 64,
  uint32: 32,
  uint64: 64,
};

export const isFloating = (type: ElementType): boolean => !isWhole(type) && type !== "bool";
export const isWhole = (type: ElementType): boolean => Object.hasOwn(integers, type);

/** dtype on the GPU: f32 for all floats and booleans, 32 bits for integers. */
export function dtypeOf(type: ElementType): DType {
  if (!isWhole(type)) return "f32";
  return type.startsWith("u") ? "u32" : "i32";
}

/** Converts a number to a dtype; integers drop the fraction and wrap. */
export function elementOf(type: ElementType, value: number): number {
  if (type === "bool") return value === 0 ? 0 : 1;
  if (type === "double") return value;
  if (type === "float16") return halfRound(value);
  if (type === "bfloat16") return bfloatValue(bfloatBits(value));
  if (!isWhole(type)) return Math.fround(value);
  const whole = Math.trunc(value) + 0;
  const bits = integers[type as keyof typeof integers];
  if (bits === 64 || !Number.isFinite(whole)) return whole;
  const wrapped = ((whole % 2 ** bits) + 2 ** bits) % 2 ** bits;
  return type.startsWith("u") || wrapped < 2 ** (bits - 1) ? wrapped : wrapped - 2 ** bits;
}

/** A host value of these numbers, converted to its dtype. */
export function hostValue(type: ElementType, shape: Shape, data: ArrayLike<number>): HostValue {
  return { type, shape, data: Float64Array.from(data, (value) => elementOf(type, value)) };
}

/** dtypes in a file, by the names of other formats; a boolean may be any byte. */
const inFile: Readonly<Record<ElementType, FileDType>> = {
  ...{ float: "F32", double: "F64", float16: "F16", bfloat16: "BF16", bool: "U8" },
  ...{ uint8: "U8", uint16: "U16", uint32: "U32", uint64: "U64" },
  ...{ int8: "I8", int16: "I16", int32: "I32", int64: "I64" },
};

/** Bytes of an element in a file. */
export const widthOf = (type: ElementType): number => elements[inFile[type]].bytes;

/** Elements from a file's bytes, little-endian, without gaps; `bytes` must have their length. */
export function fromBytes(type: ElementType, shape: Shape, bytes: Uint8Array): HostValue {
  const data = decodeElements(inFile[type], bytes.slice().buffer, "loadOnnx");
  const numbers = Float64Array.from(data as ArrayLike<number | bigint>, Number);
  return { type, shape, data: type === "bool" ? numbers.map((n) => elementOf(type, n)) : numbers };
}

/** Elements from the numbers of a typed field, which contains the bits of 16-bit floats. */
export function fromNumbers(
  type: ElementType,
  shape: Shape,
  numbers: readonly number[],
): HostValue {
  if (type === "float16") return { type, shape, data: Float64Array.from(numbers, halfValue) };
  if (type === "bfloat16") return { type, shape, data: Float64Array.from(numbers, bfloatValue) };
  return hostValue(type, shape, numbers);
}
