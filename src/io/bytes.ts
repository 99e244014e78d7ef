import { ValueError } from "../core/errors.ts";

/** A file whose parts can be read. */
export interface Bytes {
  /** Undefined where a server does not say. */
  readonly size: number | undefined;
  readonly inMemory: boolean;
  /** Bytes from `begin` to before `end`, in memory of their own. Throws `ValueError` where the file is shorter. */
  read(begin: number, end: number): Promise<ArrayBuffer>;
  /** At most this many bytes from the beginning. */
  head(length: number): Promise<ArrayBuffer>;
}

/** Parts of bytes that are in memory. */
export function inMemory(bytes: Uint8Array<ArrayBuffer>, who: string): Bytes {
  return {
    size: bytes.length,
    inMemory: true,
    read: async (begin, end) => {
      checkEnd(who, end, bytes.length);
      return bytes.slice(begin, end).buffer;
    },
    head: async (length) => bytes.slice(0, length).buffer,
  };
}

/** Throws `ValueError` where a file of `size` bytes ends before `end`. */
export function checkEnd(who: string, end: number, size: number): void {
  if (end <= size) return;
  throw new ValueError(
    `${who}: expected a file of at least ${end} bytes, got one that ends after ${size} bytes; is it whole?`,
  );
}
