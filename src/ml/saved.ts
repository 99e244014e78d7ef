import { ValueError } from "../core/errors.ts";
import { type Fields, recordOf } from "./saved_fields.ts";

/** A fitted model as JSON: what `toJSON` gives and `fromJSON` takes. */
export interface Saved {
  /** The class that fitted it. */
  readonly estimator: string;
}

/** Numbers as text of exactly their bits: base64 of little-endian f64. */
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

/** What `pack` made text of. Throws `ValueError` if that is not `length` numbers. */
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
 * Throws `ValueError` unless this is a whole model that `estimator` saved: every part there, of its kind, numbers finite, and
 * lengths that agree. Nothing is allocated before, so that no length in a file decides how much.
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
  recordOf(fields).check(saved, "", { who, sizes: new Map() });
}
