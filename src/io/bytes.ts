import { ValueError } from "../core/errors.ts";

/** A file of which parts can be read. */
export interface ByteSource {
  /** Size in bytes; undefined if a server does not report it. */
  readonly size: number | undefined;
  readonly inMemory: boolean;
  /** Reads bytes from `begin` up to but excluding `end` into new memory. Throws `ValueError` if the file is shorter. */
  read(begin: number, end: number): Promise<ArrayBuffer>;
  /** Reads at most this many bytes from the beginning. */
  head(length: number): Promise<ArrayBuffer>;
}

/** Makes parts of bytes in memory readable. */
export function inMemory(bytes: Uint8Array<ArrayBuffer>, who: string): ByteSource {
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

/** Throws `ValueError` if a file of `size` bytes ends before `end`. */
export function checkEnd(who: string, end: number, size: number): void {
  if (end <= size) return;
  throw new ValueError(
    `${who}: expected a file of at least ${end} bytes, got one that ends after ${size} bytes; is it whole?`,
  );
}
