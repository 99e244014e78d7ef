import { ValueError } from "../core/errors.ts";
import type { Kind } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { type ByteSource, checkEnd, inMemory } from "./bytes.ts";
import { overHttp } from "./http.ts";

/** Source of a file: its bytes, a Blob or File, or a URL, also as a string relative to the page. */
export type FileSource = ArrayBuffer | Uint8Array<ArrayBuffer> | Blob | URL | string;

export const fileSource: Kind = {
  expected: "an ArrayBuffer, Uint8Array, Blob, File or URL",
  advice: "pass the file itself or where it is",
  accepts: (value) =>
    isA(value, "ArrayBuffer", "Uint8Array", "Blob", "File", "URL") || typeof value === "string",
};

/**
 * Opens a file so that parts can be read; for a URL the first bytes are fetched to find out whether the server supports
 * ranges.
 */
export async function openBytes(source: FileSource, who: string): Promise<ByteSource> {
  if (isA(source, "URL") || typeof source === "string") return overHttp(source, who);
  if (isA(source, "Blob", "File")) return fromBlob(source, who);
  const bytes = isA(source, "Uint8Array") ? source : new Uint8Array(source);
  return inMemory(bytes, who);
}

function fromBlob(blob: Blob, who: string): ByteSource {
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
