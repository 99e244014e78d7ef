import { ValueError } from "../core/errors.ts";
import { type DType, size, type TypedArray, typedArray } from "../core/shape.ts";

/** A tensor in a file. */
export interface FileTensor {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** What a file holds. */
export interface TensorFile {
  /** In the order of the file. */
  readonly tensors: Readonly<Record<string, FileTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const names = { f32: "F32", i32: "I32", u32: "U32" } as const;
const dtypes: Readonly<Record<string, DType>> = { F32: "f32", I32: "i32", U32: "u32" };

/** Larger headers are refused, as by the format's own reader: they are damage, not names. */
const MAX_HEADER = 100_000_000;

/**
 * Writes tensors in the safetensors format (Hugging Face, version 0.4): the header's length as 64 bits, the header as
 * JSON padded with spaces to a multiple of 8, then the data of all tensors, row-major, without gaps. All little-endian.
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile): ArrayBuffer {
  let end = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype: names[dtypeOf(data)], shape, data_offsets: [begin, end] }] as const;
  });
  const json = JSON.stringify(Object.fromEntries([["__metadata__", metadata], ...entries]));
  const text = new TextEncoder().encode(json);
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(start + end).fill(0x20, 8 + text.length, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  file.set(text, 8);
  let at = start;
  for (const { data } of Object.values(tensors)) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file.buffer;
}

/**
 * Reads a safetensors file of F32, I32 and U32 tensors; data is copied. Throws `ValueError` that says what is wrong for
 * a file that is cut, longer than its header says, or none of that format.
 */
export function decodeSafetensors(file: ArrayBuffer): TensorFile {
  const { header, start } = headerOf(file);
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors: [string, FileTensor][] = [];
  const parts: [begin: number, end: number][] = [];
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, begin, end } = checkEntry(name, entry);
    parts.push([begin, end]);
    if (start + end > file.byteLength) {
      refuse(
        `the file ends after ${file.byteLength} bytes, within '${name}', which ends at ${start + end}; is it whole?`,
      );
    }
    const data = typedArray(dtype, file.slice(start + begin, start + end));
    tensors.push([name, { shape, data }]);
  }
  checkNoGaps(parts, file.byteLength - start);
  return { tensors: Object.fromEntries(tensors), metadata: checkMetadata(metadata) };
}

/** The header's text and where the data begins. */
export function headerText(file: ArrayBuffer): { text: string; start: number } {
  if (file.byteLength < 8) refuse(`the file has ${file.byteLength} bytes; is it whole?`);
  const length = Number(new DataView(file).getBigUint64(0, true));
  if (length > MAX_HEADER) {
    refuse("its first 8 bytes are no header length; is it a safetensors file?");
  }
  if (8 + length > file.byteLength) {
    refuse(
      `the file ends after ${file.byteLength} bytes, within its header of ${length}; is it whole?`,
    );
  }
  return { text: new TextDecoder().decode(new Uint8Array(file, 8, length)), start: 8 + length };
}

function headerOf(file: ArrayBuffer): { header: Record<string, unknown>; start: number } {
  const { text, start } = headerText(file);
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    refuse("its header is not JSON; is it a safetensors file?");
  }
  if (!isRecord(header)) refuse("its header is not a JSON object; is it a safetensors file?");
  return { header, start };
}

function checkEntry(name: string, entry: unknown) {
  if (!isRecord(entry)) refuse(`'${name}' is not described by an object; the file is damaged`);
  const { dtype: type, shape, data_offsets: offsets } = entry;
  const dtype = dtypes[String(type)];
  if (!dtype) refuse(`'${name}' is ${String(type)}, expected F32, I32 or U32; convert it first`);
  if (!isCounts(shape)) refuse(`the shape of '${name}' is no list of integers ≥ 0`);
  if (!isCounts(offsets) || offsets.length !== 2) refuse(`'${name}' has no two offsets`);
  const [begin = 0, end = 0] = offsets;
  if (end - begin !== 4 * size(shape)) {
    refuse(`'${name}' has ${end - begin} bytes, expected ${4 * size(shape)} for its shape`);
  }
  return { dtype, shape, begin, end };
}

function checkNoGaps(parts: readonly (readonly [number, number])[], length: number): void {
  let at = 0;
  for (const [begin, end] of parts.toSorted(([a, b], [c, d]) => a - c || b - d)) {
    if (begin !== at) refuse(`its tensors overlap or leave a gap at byte ${at} of the data`);
    at = end;
  }
  if (at !== length) refuse(`it has ${length} bytes of data, expected ${at}; the file is damaged`);
}

function checkMetadata(metadata: unknown): Record<string, string> {
  if (!isRecord(metadata)) refuse("its metadata are not an object");
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => {
      if (typeof value !== "string") refuse(`its metadata '${key}' are no text`);
      return [key, value];
    }),
  );
}

function dtypeOf(data: TypedArray): keyof typeof names {
  if (data instanceof Float32Array) return "f32";
  return data instanceof Int32Array ? "i32" : "u32";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function refuse(reason: string): never {
  throw new ValueError(`safetensors: ${reason}`);
}
