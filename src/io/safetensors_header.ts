import { ValueError } from "../core/errors.ts";
import { type FileDType, isFileDType, type TensorInfo } from "./elements.ts";
import { bytesOfTensor, isShape } from "./reader.ts";

/** Maximum length of a header, as in the format's own reader: a longer one is damaged. */
export const MAX_HEADER = 100_000_000;

/** Maximum number of names and values, checked before parsing; a tensor has four of them. */
const MAX_VALUES = 400_000;

const DAMAGED = "the file is damaged, load another copy";

/** The position of a tensor in the data. */
export interface Placed extends TensorInfo {
  readonly dtype: FileDType;
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly tensors: ReadonlyMap<string, Placed>;
  readonly metadata: ReadonlyMap<string, string>;
  /** Number of bytes of data. */
  readonly length: number;
}

/** The header's length, from the first 8 bytes of a file. */
export function headerLength(file: ArrayBuffer): number {
  if (file.byteLength < 8) refuse(`the file has ${file.byteLength} bytes; is it whole?`);
  const length = Number(new DataView(file).getBigUint64(0, true));
  if (length > MAX_HEADER) {
    refuse("its first 8 bytes are not the length of a header; is it a safetensors file?");
  }
  return length;
}

/** Parses a header, and checks that the tensors follow each other without gaps. Throws `ValueError`. */
export function parseHeader(bytes: Uint8Array): Header {
  const { __metadata__: metadata = {}, ...entries } = parseJson(bytes);
  const tensors = new Map<string, Placed>();
  for (const [name, entry] of Object.entries(entries)) tensors.set(name, checkEntry(name, entry));
  return { tensors, metadata: checkMetadata(metadata), length: checkNoGaps([...tensors.values()]) };
}

/** Parses a JSON object after checking its size. */
export function parseJson(bytes: Uint8Array): Record<string, unknown> {
  const values = countValues(bytes);
  if (values > MAX_VALUES) {
    refuse(`its header has more than ${MAX_VALUES} names and values; split the file into shards`);
  }
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    refuse("its header is not JSON; is it a safetensors file?");
  }
  if (!isRecord(header)) refuse("its header is not a JSON object; is it a safetensors file?");
  return header;
}

/** Number of colons, commas and opening brackets outside strings: at least the number of names and values minus one. */
function countValues(bytes: Uint8Array): number {
  let values = 0;
  let quoted = false;
  for (let i = 0; i < bytes.length && values <= MAX_VALUES; i++) {
    const byte = bytes[i];
    if (byte === 0x22) quoted = !quoted;
    else if (quoted)
      i += byte === 0x5c ? 1 : 0; // skip the character after a backslash
    else if (byte === 0x3a || byte === 0x2c || byte === 0x5b || byte === 0x7b) values++;
  }
  return values;
}

function checkEntry(name: string, entry: unknown): Placed {
  if (!isRecord(entry)) refuse(`'${name}' is not described by an object; ${DAMAGED}`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isFileDType(dtype)) {
    refuse(`'${name}' is ${String(dtype)}, expected F32, F16, BF16, I64 or the like; convert it`);
  }
  if (!isShape(shape)) refuse(`the shape of '${name}' is not a list of integers ≥ 0; ${DAMAGED}`);
  if (!isShape(offsets) || offsets.length !== 2)
    refuse(`'${name}' does not have two offsets; ${DAMAGED}`);
  const [begin = 0, end = 0] = offsets;
  const bytes = bytesOfTensor({ dtype, shape });
  if (end - begin !== bytes) {
    refuse(
      `'${name}' has ${end - begin} bytes, expected ${bytes ?? "fewer"} for its shape; ${DAMAGED}`,
    );
  }
  return { dtype, shape, begin, end };
}

function checkNoGaps(parts: readonly Placed[]): number {
  let at = 0;
  for (const { begin, end } of parts.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) {
      refuse(`its tensors overlap or leave a gap at byte ${at} of the data; ${DAMAGED}`);
    }
    at = end;
  }
  return at;
}

function checkMetadata(metadata: unknown): ReadonlyMap<string, string> {
  if (!isRecord(metadata)) refuse(`its metadata are not an object; ${DAMAGED}`);
  const entries = Object.entries(metadata).map(([key, value]): [string, string] => {
    if (typeof value !== "string") refuse(`its metadata '${key}' are not text; ${DAMAGED}`);
    return [key, value];
  });
  return new Map(entries);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function refuse(reason: string): never {
  throw new ValueError(`safetensors: expected a whole file of this format, got another: ${reason}`);
}
