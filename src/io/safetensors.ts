import type { HostArray } from "../core/host_array.ts";
import {
  decodeElements,
  dtypeOf,
  elements,
  encodeElements,
  type FileDType,
  type FileTensor,
} from "./elements.ts";
import { headerLength, parseHeader, refuse } from "./safetensors_header.ts";

/** Contents of a file. */
export interface TensorFile {
  /** In the order of the file. */
  readonly tensors: Readonly<Record<string, FileTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A tensor to be written, before its data are available. */
export interface DeclaredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: FileDType;
}

/**
 * The beginning of a file in the safetensors format (Hugging Face, version 0.4): the header's length as 64 bits, the header
 * as JSON padded with spaces to a multiple of 8. The data of all tensors follow, row-major, little-endian, without gaps.
 */
export function encodeHeader(
  tensors: readonly DeclaredTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const entries = tensors.map(({ name, shape, dtype }) => {
    const begin = end;
    end += elements[dtype].bytes * shape.reduce((product, n) => product * n, 1);
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const json = JSON.stringify(Object.fromEntries([["__metadata__", metadata], ...entries]));
  const text = new TextEncoder().encode(json);
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const header = new Uint8Array(start).fill(0x20, 8 + text.length);
  new DataView(header.buffer).setBigUint64(0, BigInt(start - 8), true);
  header.set(text, 8);
  return header;
}

/** Writes tensors in the safetensors format, each with its array's dtype. */
export function encodeSafetensors({
  tensors,
  metadata,
}: {
  readonly tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: HostArray }>
  >;
  readonly metadata: Readonly<Record<string, string>>;
}): ArrayBuffer {
  const entries = Object.entries(tensors);
  const header = encodeHeader(
    entries.map(([name, { shape, data }]) => ({ name, shape, dtype: dtypeOf(data) })),
    metadata,
  );
  const size = entries.reduce((sum, [, { data }]) => sum + data.byteLength, header.length);
  const file = new Uint8Array(size);
  file.set(header);
  let at = header.length;
  for (const [, { data }] of entries) {
    file.set(encodeElements(dtypeOf(data), data, "safetensors"), at);
    at += data.byteLength;
  }
  return file.buffer;
}

/**
 * Reads a whole safetensors file; data are copied. Throws `ValueError` that says what is wrong, for a file that is
 * truncated, longer than its header says, or of another format.
 */
export function decodeSafetensors(file: ArrayBuffer): TensorFile {
  const { bytes, start } = headerBytes(file);
  const { tensors, metadata, length } = parseHeader(bytes);
  checkLength(start + length, file.byteLength);
  const decoded = [...tensors].map(([name, { dtype, shape, begin, end }]): [string, FileTensor] => {
    const data = decodeElements(dtype, file.slice(start + begin, start + end), "safetensors");
    return [name, { dtype, shape, data }];
  });
  return { tensors: Object.fromEntries(decoded), metadata: Object.fromEntries(metadata) };
}

/** Throws unless a file has the length that its header says. */
export function checkLength(expected: number, got: number): void {
  if (got < expected) {
    refuse(`the file ends after ${got} bytes, within a tensor, expected ${expected}; is it whole?`);
  }
  if (got > expected) refuse(`it has ${got} bytes, expected ${expected}; the file is damaged`);
}

/** The header's bytes, and the position of the data. */
export function headerBytes(file: ArrayBuffer): { bytes: Uint8Array; start: number } {
  const length = headerLength(file);
  if (8 + length > file.byteLength) {
    refuse(
      `the file ends after ${file.byteLength} bytes, within its header of ${length}; is it whole?`,
    );
  }
  return { bytes: new Uint8Array(file, 8, length), start: 8 + length };
}
