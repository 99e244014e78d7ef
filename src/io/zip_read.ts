import { crc32 } from "../core/crc32.ts";
import { ValueError } from "../core/errors.ts";
import type { ByteSource } from "./bytes.ts";
import { entriesOf, LOCAL, type ZipEntry } from "./zip_directory.ts";

/** Maximum ratio of deflate: 1,032 bytes per byte (RFC 1951: 258 bytes from two bits). */
const MOST = 1032;

/** A zip file whose members can be read. */
export interface Zip {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Reads all bytes of a member into new memory, verified by their checksum. */
  read(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads at most this many bytes from the beginning of a member, without verifying the checksum. */
  head(entry: ZipEntry, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a zip file (PKWARE's APPNOTE 6.3, with zip64), members stored or deflated. Throws `ValueError` for a damaged one:
 * overlapping members, sizes that deflate cannot reach, names, sizes and checksums that differ between local header and
 * directory.
 */
export async function openZip(file: ByteSource, who: string): Promise<Zip> {
  const entries = await entriesOf(file, who);
  const unpacked = async (entry: ZipEntry, limit: number): Promise<Uint8Array<ArrayBuffer>> => {
    const { method, packed, size } = entry;
    const refuse = refusal(who, entry);
    if (method === 0 && packed !== size) refuse(`${size} bytes`, `${packed}`);
    if (size > MOST * packed) refuse(`at most ${MOST * packed} bytes of ${packed}`, `${size}`);
    const begin = await dataOf(file, entry, refuse);
    if (method === 0) return new Uint8Array(await file.read(begin, begin + Math.min(limit, size)));
    const data = await file.read(begin, begin + packed);
    return inflated(data, Math.min(limit, size), limit >= size, (got) =>
      refuse(`${size} bytes`, got),
    );
  };
  const read = async (entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> => {
    const refuse = refusal(who, entry);
    const bytes = await unpacked(entry, entry.size);
    if (bytes.length !== entry.size) refuse(`${entry.size} bytes`, `${bytes.length}`);
    const sum = crc32(bytes);
    return sum === entry.crc ? bytes : refuse(`the sum ${entry.crc}`, `${sum}`);
  };
  return { entries, read, head: unpacked };
}

type Refuse = (expected: string, got: string) => never;

const refusal =
  (who: string, { name }: ZipEntry): Refuse =>
  (expected, got) => {
    throw new ValueError(
      `${who}: expected ${expected} for '${name}' in the zip file, got ${got}; the file is damaged`,
    );
  };

/** Position of a member's data after its local header, which must agree with the directory. */
async function dataOf(file: ByteSource, entry: ZipEntry, refuse: Refuse): Promise<number> {
  const view = new DataView(await file.read(entry.offset, entry.offset + 30));
  if (view.getUint32(0, true) !== LOCAL) refuse("a member's header", "other bytes");
  const [name, extra] = [view.getUint16(26, true), view.getUint16(28, true)];
  const begin = entry.offset + 30 + name + extra;
  if (begin + entry.packed > entry.limit) refuse(`an end before ${entry.limit}`, "more");
  const bytes = await file.read(entry.offset + 30, entry.offset + 30 + name);
  const same =
    new TextDecoder().decode(bytes) === entry.name &&
    view.getUint16(8, true) === entry.method &&
    view.getUint16(6, true) === entry.flags;
  if (!same) refuse("the same name and method in both places", "others");
  const later = (entry.flags & 8) !== 0; // checksum and sizes follow the data
  if (!later && view.getUint32(14, true) !== entry.crc) refuse("one sum", "two");
  return begin;
}

/** The first `size` bytes of raw deflate data; with `whole`, nothing may follow them. */
async function inflated(
  packed: ArrayBuffer,
  size: number,
  whole: boolean,
  refuse: (got: string) => never,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  const reader = new Blob([packed]).stream().pipeThrough(decompressor()).getReader();
  let at = 0;
  try {
    while (at < size || whole) {
      const { done, value } = await reader.read();
      if (done) break;
      if (whole && at + value.length > size) refuse("more");
      bytes.set(value.subarray(0, size - at), at);
      at = Math.min(size, at + value.length);
    }
  } catch (error) {
    if (error instanceof ValueError) throw error;
    refuse(`damaged deflate data (${(error as Error).message})`);
  } finally {
    await reader.cancel().catch(() => undefined); // a damaged stream has ended already
  }
  return bytes.subarray(0, at);
}

function decompressor() {
  try {
    return new DecompressionStream("deflate-raw");
  } catch {
    throw new ValueError(
      'zip: expected a browser whose DecompressionStream has "deflate-raw" (Chrome 103 and later), got one without; ' +
        "save the file without compression",
    );
  }
}
