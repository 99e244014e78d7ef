import { ValueError } from "../core/errors.ts";
import type { Kind } from "../core/kinds.ts";
import { overHttp } from "./http.ts";

/** Where a file is: its bytes, a Blob or File, or a URL, also as a string relative to the page. */
export type FileSource = ArrayBuffer | Uint8Array<ArrayBuffer> | Blob | URL | string;

/** A file whose parts can be read. */
export interface Bytes {
  /** Undefined where a server does not say. */
  readonly size: number | undefined;
  readonly inMemory: boolean;
  /** Bytes from `begin` to before `end`, in memory that nobody else holds. Throws `ValueError` where the file is shorter. */
  read(begin: number, end: number): Promise<ArrayBuffer>;
  /** At most this many bytes from the beginning. */
  head(length: number): Promise<ArrayBuffer>;
}

const isBuffer = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === "[object ArrayBuffer]";

const isBlob = (value: unknown): value is Blob =>
  typeof Blob !== "undefined" && value instanceof Blob;

export const fileSource: Kind = {
  expected: "an ArrayBuffer, Uint8Array, Blob, File or URL",
  advice: "pass the file itself or where it is",
  accepts: (value) =>
    isBuffer(value) ||
    value instanceof Uint8Array ||
    isBlob(value) ||
    value instanceof URL ||
    typeof value === "string",
};

/** A file's parts; for a URL the first bytes are fetched to see what the server can do. */
export async function openBytes(source: FileSource, who: string): Promise<Bytes> {
  if (source instanceof URL || typeof source === "string") return overHttp(source, who);
  if (isBlob(source)) return fromBlob(source, who);
  const bytes = source instanceof Uint8Array ? source : new Uint8Array(source);
  return inMemory(bytes, who);
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

function fromBlob(blob: Blob, who: string): Bytes {
  const part = async (begin: number, end: number) => {
    try {
      return await blob.slice(begin, end).arrayBuffer();
    } catch (error) {
      throw new ValueError(
        `${who}: expected a file that can be read, got ${(error as Error).message}; has it been moved or changed?`,
      );
    }
  };
  return {
    size: blob.size,
    inMemory: false,
    read: async (begin, end) => {
      checkEnd(who, end, blob.size);
      return part(begin, end);
    },
    head: (length) => part(0, length),
  };
}

function checkEnd(who: string, end: number, size: number): void {
  if (end <= size) return;
  throw new ValueError(
    `${who}: expected a file of at least ${end} bytes, got one that ends after ${size} bytes; is it whole?`,
  );
}
