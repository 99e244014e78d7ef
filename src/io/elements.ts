import { ValueError } from "../core/errors.ts";
import { bfloatBits, bfloatValue, halfBits, halfValue } from "../core/half.ts";
import type { HostArray } from "../core/host_array.ts";
import { classOf, isA } from "../core/realm.ts";

/** dtypes of files, by the names of safetensors. */
export type FileDType =
  | "F64"
  | "F32"
  | "F16"
  | "BF16"
  | "I64"
  | "I32"
  | "I16"
  | "I8"
  | "U64"
  | "U32"
  | "U16"
  | "U8"
  | "BOOL";

/** A tensor's description in a file. */
export interface TensorInfo {
  /** Sizes of its axes; [] for a scalar. */
  readonly shape: readonly number[];
  /** Type of its elements. */
  readonly dtype: FileDType;
}

/**
 * A tensor read from a file, row-major. 64-bit integers are bigint, F16 and BF16 become Float32Array (exactly), BOOL
 * becomes Uint8Array of 0 and 1, all other types their own typed array.
 */
export interface FileTensor extends TensorInfo {
  /** Elements of the tensor, row-major. */
  readonly data: HostArray;
}

interface FileElements {
  readonly bytes: number;
  /** Converts bytes, aligned for the array, to elements. */
  readonly from: (buffer: ArrayBuffer, who: string) => HostArray;
}

/** All dtypes of files; little-endian, like every machine with WebGPU. */
export const elements: Readonly<Record<FileDType, FileElements>> = {
  F64: { bytes: 8, from: (buffer) => new Float64Array(buffer) },
  F32: { bytes: 4, from: (buffer) => new Float32Array(buffer) },
  F16: { bytes: 2, from: (buffer) => halves(new Uint16Array(buffer)) },
  BF16: { bytes: 2, from: (buffer) => Float32Array.from(new Uint16Array(buffer), bfloatValue) },
  I64: { bytes: 8, from: (buffer) => new BigInt64Array(buffer) },
  I32: { bytes: 4, from: (buffer) => new Int32Array(buffer) },
  I16: { bytes: 2, from: (buffer) => new Int16Array(buffer) },
  I8: { bytes: 1, from: (buffer) => new Int8Array(buffer) },
  U64: { bytes: 8, from: (buffer) => new BigUint64Array(buffer) },
  U32: { bytes: 4, from: (buffer) => new Uint32Array(buffer) },
  U16: { bytes: 2, from: (buffer) => new Uint16Array(buffer) },
  U8: { bytes: 1, from: (buffer) => new Uint8Array(buffer) },
  BOOL: { bytes: 1, from: (buffer, who) => truths(new Uint8Array(buffer), who) },
};

export const isFileDType = (name: unknown): name is FileDType =>
  typeof name === "string" && Object.hasOwn(elements, name);

/** Number of elements; ∞ or inexact for shapes that no file can contain. */
export const countOf = (shape: readonly number[]): number =>
  shape.includes(0) ? 0 : shape.reduce((product, n) => product * n, 1);

/** Converts bytes, which are not shared, to elements. Throws `ValueError` for BOOL that is neither 0 nor 1. */
export const decodeElements = (dtype: FileDType, buffer: ArrayBuffer, who: string): HostArray =>
  elements[dtype].from(buffer, who);

let halfTable: Float32Array<ArrayBuffer> | undefined;

function halves(bits: Uint16Array): Float32Array<ArrayBuffer> {
  halfTable ??= Float32Array.from({ length: 2 ** 16 }, (_, i) => halfValue(i));
  const result = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) result[i] = halfTable[bits[i] as number] as number;
  return result;
}

function truths(bytes: Uint8Array<ArrayBuffer>, who: string): Uint8Array<ArrayBuffer> {
  const at = bytes.findIndex((byte) => byte > 1);
  if (at < 0) return bytes;
  throw new ValueError(
    `${who}: expected 0 or 1 as element ${at} of a BOOL, got ${bytes[at]}; the file is damaged`,
  );
}

/** The dtype in which a file stores an array unchanged. */
export function dtypeOf(data: HostArray): FileDType {
  for (const [dtype, name] of classes) if (classOf(data) === name) return dtype;
  throw new ValueError(
    "files: expected a typed array of numbers, got something else; pass what tensor.read() gave",
  );
}

const classes = [
  ["F32", "Float32Array"],
  ["F64", "Float64Array"],
  ["I64", "BigInt64Array"],
  ["I32", "Int32Array"],
  ["I16", "Int16Array"],
  ["I8", "Int8Array"],
  ["U64", "BigUint64Array"],
  ["U32", "Uint32Array"],
  ["U16", "Uint16Array"],
  ["U8", "Uint8Array"],
] as const;

/** dtypes that f32 can be written as. */
export type FloatDType = "F32" | "F16" | "BF16";

const bitsOf = {
  F16: halfBits,
  BF16: bfloatBits,
} as const;

const largest = { F16: 0x7c00, BF16: 0x7f80 } as const; // the bits of ∞

/**
 * Converts an array to the bytes of a dtype: the array's own, or for Float32Array also F16 or BF16, rounded to the nearest,
 * ties to even. Throws `ValueError` for a finite number that would become ±∞.
 */
export function encodeElements(
  dtype: FileDType,
  data: HostArray,
  who: string,
): Uint8Array<ArrayBuffer> {
  if ((dtype !== "F16" && dtype !== "BF16") || !isA(data, "Float32Array")) {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  const bits = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    bits[i] = bitsOf[dtype](value);
    if (((bits[i] as number) & 0x7fff) === largest[dtype] && Number.isFinite(value)) {
      throw new ValueError(
        `${who}: expected numbers that ${dtype} holds, got ${value} at element ${i}; ` +
          (dtype === "F16" ? 'write it as "BF16" or "F32"' : 'write it as "F32"'),
      );
    }
  }
  return new Uint8Array(bits.buffer);
}
