import { halfRound, halfValue } from "../../core/half.ts";
import { type DType, type Shape, size } from "../../core/shape.ts";

/** Element types of ONNX that can be read, by their numbers in files (TensorProto.DataType). */
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

export type ElementType = (typeof names)[keyof typeof names];

/** The element type with this number; undefined for text, complex numbers and those of fewer than 8 bits. */
export function elementType(number: number): ElementType | undefined {
  return Object.hasOwn(names, number) ? names[number as keyof typeof names] : undefined;
}

/** Numbers on the host, as doubles: exact but for 64-bit integers beyond 2⁵³. */
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

/** How elements lie on the GPU: all floats and truth values as f32, integers with 32 bits. */
export function dtypeOf(type: ElementType): DType {
  if (!isWhole(type)) return "f32";
  return type.startsWith("u") ? "u32" : "i32";
}

/** A number as an element type has it; integers lose their fraction and wrap. */
export function elementOf(type: ElementType, value: number): number {
  if (type === "bool") return value === 0 ? 0 : 1;
  if (type === "double") return value;
  if (type === "float16") return halfRound(value);
  if (!isWhole(type)) return Math.fround(value);
  const whole = Math.trunc(value) + 0;
  const bits = integers[type as keyof typeof integers];
  if (bits === 64 || !Number.isFinite(whole)) return whole;
  const wrapped = ((whole % 2 ** bits) + 2 ** bits) % 2 ** bits;
  return type.startsWith("u") || wrapped < 2 ** (bits - 1) ? wrapped : wrapped - 2 ** bits;
}

/** A host value of these numbers, as its type has them. */
export function hostValue(type: ElementType, shape: Shape, data: ArrayLike<number>): HostValue {
  return { type, shape, data: Float64Array.from(data, (value) => elementOf(type, value)) };
}

/** Bytes of an element in a file. */
export function widthOf(type: ElementType): number {
  if (type === "bool") return 1;
  if (isWhole(type)) return integers[type as keyof typeof integers] / 8;
  return { float: 4, double: 8 }[type as string] ?? 2;
}

type Read = (view: DataView, at: number) => number;

const readers: Readonly<Record<ElementType, Read>> = {
  float: (view, at) => view.getFloat32(at, true),
  double: (view, at) => view.getFloat64(at, true),
  float16: (view, at) => halfValue(view.getUint16(at, true)),
  bfloat16: (view, at) => bfloat(view.getUint16(at, true)),
  bool: (view, at) => (view.getUint8(at) ? 1 : 0),
  uint8: (view, at) => view.getUint8(at),
  int8: (view, at) => view.getInt8(at),
  uint16: (view, at) => view.getUint16(at, true),
  int16: (view, at) => view.getInt16(at, true),
  uint32: (view, at) => view.getUint32(at, true),
  int32: (view, at) => view.getInt32(at, true),
  uint64: (view, at) => Number(view.getBigUint64(at, true)),
  int64: (view, at) => Number(view.getBigInt64(at, true)),
};

/** Elements as they lie in a file, little-endian, without gaps; `bytes` must have their length. */
export function fromBytes(type: ElementType, shape: Shape, bytes: Uint8Array): HostValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = widthOf(type);
  const read = readers[type];
  return {
    type,
    shape,
    data: Float64Array.from({ length: size(shape) }, (_, i) => read(view, i * width)),
  };
}

/** Elements from the numbers of a typed field: 16-bit floats are written there as their bits. */
export function fromNumbers(
  type: ElementType,
  shape: Shape,
  numbers: readonly number[],
): HostValue {
  if (type === "float16") return { type, shape, data: Float64Array.from(numbers, halfValue) };
  if (type === "bfloat16") return { type, shape, data: Float64Array.from(numbers, bfloat) };
  return hostValue(type, shape, numbers);
}

const word = /* @__PURE__ */ new DataView(new ArrayBuffer(4));

/** A bfloat16 is the upper half of a float. */
function bfloat(bits: number): number {
  word.setUint32(0, (bits & 0xffff) * 2 ** 16);
  return word.getFloat32(0);
}
