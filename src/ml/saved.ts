import { crc32 } from "../core/crc32.ts";
import { ValueError } from "../core/errors.ts";
import { record } from "../core/kinds.ts";
import { checked, describe } from "../core/signature.ts";
import { type Fields, recordOf } from "./saved_fields.ts";

/** A fitted model as JSON, from `toJSON` and for `fromJSON`. */
export interface Saved {
  /** The class of the estimator. */
  readonly estimator: string;
  /** Version of the format: 1. `toJSON` sets it, and `fromJSON` requires it. */
  readonly version?: number;
  /** Checksum of all other fields, so that a changed number is detected; see `withChecksum`. */
  readonly crc32?: string;
}

const VERSION = 1;

/**
 * A model with the version of the format and the checksum of all other fields. Throws `ValueError` for values that JSON
 * cannot represent.
 */
export function sealed<S extends Saved>(saved: S): S {
  const { version: _, crc32: __, ...rest } = saved;
  const whole = { ...rest, version: VERSION };
  const sum = sumOf(whole);
  if (sum === undefined) {
    throw new ValueError(
      `withChecksum: expected a model of JSON, got ${describe(saved)}; pass numbers, strings, arrays and objects`,
    );
  }
  const made: object = { ...whole, crc32: sum };
  return made as S;
}

/**
 * Adds `version`, the format's, and `crc32`, the checksum of all other fields, to a model that another program wrote as
 * JSON or that was edited, so that `fromJSON` accepts it. The checksum is CRC-32 (ISO 3309) in hexadecimal, of the bytes of
 * JSON.stringify with the keys of every object sorted by their UTF-16 units. A checksum detects damage; it does not tell
 * who wrote the model.
 */
export const withChecksum = /* @__PURE__ */ checked(
  "withChecksum",
  { saved: record },
  <S extends Saved>(saved: S): S => sealed(saved),
);

/** The checksum in hexadecimal; undefined for values that JSON cannot represent. */
function sumOf(saved: object): string | undefined {
  try {
    const text = JSON.stringify(saved, (_, value: unknown) =>
      record.accepts(value) ? sorted(value as object) : value,
    );
    return crc32(new TextEncoder().encode(text)).toString(16).padStart(8, "0");
  } catch {
    return undefined; // nested too deeply, or circular
  }
}

const sorted = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Numbers as text, bit for bit: base64 of little-endian f64. */
export function pack(numbers: Float64Array): string {
  const bytes = new Uint8Array(8 * numbers.length);
  const view = new DataView(bytes.buffer);
  numbers.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}

/** The numbers that `pack` encoded. Throws `ValueError` unless there are `length` of them. */
export function unpack(who: string, text: string, length: number): Float64Array<ArrayBuffer> {
  const letters = decoded(who, text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  if (bytes.length !== 8 * length) {
    throw new ValueError(
      `${who}: expected ${length} numbers, got ${bytes.length} bytes; the file is not whole`,
    );
  }
  const view = new DataView(bytes.buffer);
  const numbers = new Float64Array(length);
  for (let i = 0; i < length; i++) numbers[i] = view.getFloat64(8 * i, true);
  return numbers;
}

function decoded(who: string, text: string): string {
  try {
    return atob(text);
  } catch (cause) {
    throw new ValueError(`${who}: expected base64, got something else; the file is not whole`, {
      cause,
    });
  }
}

/**
 * Throws `ValueError` unless `saved` is a complete model of `estimator`: every field present and of its kind, numbers
 * finite, lengths consistent, and the checksum right. Nothing is allocated before, so that no length in a file determines a
 * size of memory.
 */
export function checkSaved<S extends Saved>(estimator: string, saved: S, fields: Fields<S>): void {
  const who = `${estimator}.fromJSON`;
  const from: unknown = (saved as S | null | undefined)?.estimator;
  if (from !== estimator) {
    const got =
      typeof from === "string"
        ? `one of ${from}; use ${from}.fromJSON`
        : "something else; pass what toJSON() gave";
    throw new ValueError(`${who}: expected a model of ${estimator}, got ${got}`);
  }
  const { version, crc32: sum, ...rest } = saved;
  if (version !== VERSION) {
    throw new ValueError(
      `${who}: expected version ${VERSION} of the format, got ${describe(version)}; load it with the library that saved it, ` +
        "or pass what another program wrote through withChecksum()",
    );
  }
  recordOf(fields).check(saved, "", { who, sizes: new Map() });
  if (sum !== undefined && sum === sumOf({ ...rest, version })) return;
  throw new ValueError(
    `${who}: expected the checksum of its numbers as crc32, got ${describe(sum)}; the file is damaged: load another copy, or ` +
      "pass what you edited through withChecksum()",
  );
}
