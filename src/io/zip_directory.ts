import { ValueError } from "../core/errors.ts";
import type { ByteSource } from "./bytes.ts";

/** A member of a zip file. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  /** 0: stored, 8: compressed by deflate. */
  readonly method: number;
  readonly crc: number;
  /** Number of bytes in the file. */
  readonly packed: number;
  /** Number of bytes of the content. */
  readonly size: number;
  /** Position of its local header. */
  readonly offset: number;
  /** Position of the next member or the directory. */
  readonly limit: number;
}

export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
export const END64 = 0x06064b50;
export const LOCATOR64 = 0x07064b50;

/** Maximum size of a directory: 500,000 members of 100 bytes. */
const MAX_DIRECTORY = 50_000_000;

interface Directory {
  readonly begin: number;
  readonly length: number;
  readonly count: number;
}

/** The members of a zip file, by name, in the order of its directory. */
export async function entriesOf(
  file: ByteSource,
  who: string,
): Promise<ReadonlyMap<string, ZipEntry>> {
  const refuse = (reason: string): never => {
    throw new ValueError(
      `${who}: expected a whole zip file, got another: ${reason}; is it whole, and of that format?`,
    );
  };
  const { size } = file;
  if (size === undefined) return refuse("the server does not say its size (Content-Range)");
  const directory = await findDirectory(file, size, refuse);
  const { begin, length, count } = directory;
  if (length > MAX_DIRECTORY || begin + length > size || count * 46 > length) {
    refuse("its directory does not fit");
  }
  const view = new DataView(await file.read(begin, begin + length));
  const found: ZipEntry[] = [];
  for (let at = 0; at < length; ) {
    if (at + 46 > length || view.getUint32(at, true) !== CENTRAL) refuse("a gap in its directory");
    const { entry, next } = readEntry(view, at, refuse);
    found.push({ ...entry, limit: begin });
    at = next;
  }
  if (found.length !== count) refuse(`${found.length} members, ${count} announced`);
  return apart(found, refuse);
}

/** Members by name, each with the position of the next one. Overlapping members are refused (D. Fifield, 2019). */
function apart(
  found: readonly ZipEntry[],
  refuse: (reason: string) => never,
): ReadonlyMap<string, ZipEntry> {
  const ordered = found.toSorted((a, b) => a.offset - b.offset);
  const limits = new Map(
    ordered.map((entry, i) => [entry, ordered[i + 1]?.offset ?? entry.limit] as const),
  );
  const entries = new Map<string, ZipEntry>();
  for (const entry of found) {
    const limit = limits.get(entry) as number;
    if (entry.offset + 30 + entry.packed > limit) refuse(`'${entry.name}' overlaps the next one`);
    if (entries.has(entry.name)) refuse(`two members '${entry.name}'`);
    entries.set(entry.name, { ...entry, limit });
  }
  return entries;
}

async function findDirectory(
  file: ByteSource,
  size: number,
  refuse: (reason: string) => never,
): Promise<Directory> {
  const start = Math.max(0, size - 22 - 0xffff);
  const view = new DataView(await file.read(start, size));
  let at = view.byteLength - 22;
  while (
    at >= 0 &&
    (view.getUint32(at, true) !== END || commentEnd(view, at) !== view.byteLength)
  ) {
    at--;
  }
  if (at < 0) return refuse("it has no end of directory");
  const disks = view.getUint32(at + 4, true);
  const count = view.getUint16(at + 10, true);
  const [length, begin] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  if (disks !== 0 && disks !== 0xffffffff) return refuse("it is one of several parts");
  if (view.getUint16(at + 8, true) !== count) return refuse("it is one of several parts");
  if (count !== 0xffff && length !== 0xffffffff && begin !== 0xffffffff) {
    return { begin, length, count };
  }
  if (at < 20 || view.getUint32(at - 20, true) !== LOCATOR64) return { begin, length, count };
  const place = safe(view.getBigUint64(at - 12, true), refuse);
  if (place + 56 > size) return refuse("its zip64 directory does not fit");
  const end = new DataView(await file.read(place, place + 56));
  if (end.getUint32(0, true) !== END64) return refuse("it has no zip64 directory");
  return {
    count: safe(end.getBigUint64(32, true), refuse),
    length: safe(end.getBigUint64(40, true), refuse),
    begin: safe(end.getBigUint64(48, true), refuse),
  };
}

const commentEnd = (view: DataView, at: number): number => at + 22 + view.getUint16(at + 20, true);

function safe(value: bigint, refuse: (reason: string) => never): number {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : refuse("a size beyond 2^53");
}

function readEntry(view: DataView, at: number, refuse: (reason: string) => never) {
  const names = view.getUint16(at + 28, true);
  const extras = view.getUint16(at + 30, true);
  const next = at + 46 + names + extras + view.getUint16(at + 32, true);
  if (next > view.byteLength) refuse("its directory ends within a member");
  const name = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + at + 46, names),
  );
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  if (flags & 1) refuse(`'${name}' is encrypted`);
  if (method !== 0 && method !== 8) refuse(`'${name}' has compression method ${method}`);
  const wide = wideFields(view, at + 46 + names, extras, refuse);
  const [packed, size, offset] = [20, 24, 42].map((field) => view.getUint32(at + field, true));
  // in this order, each only if its 32-bit field has the maximum value
  const wideSize = size === 0xffffffff ? wide() : size;
  const widePacked = packed === 0xffffffff ? wide() : packed;
  const wideOffset = offset === 0xffffffff ? wide() : offset;
  const entry = {
    ...{ name, flags, method, crc: view.getUint32(at + 16, true) },
    ...{ packed: widePacked ?? 0, size: wideSize ?? 0, offset: wideOffset ?? 0 },
  };
  return { entry, next };
}

/** Reads the 64-bit numbers of a member's zip64 field sequentially. */
function wideFields(
  view: DataView,
  begin: number,
  length: number,
  refuse: (reason: string) => never,
): () => number {
  let at = begin;
  let end = begin;
  for (let field = begin; field + 4 <= begin + length; ) {
    const bytes = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1) {
      at = field + 4;
      end = Math.min(field + 4 + bytes, begin + length);
    }
    field += 4 + bytes;
  }
  return () => {
    if (at + 8 > end) refuse("a zip64 field is missing");
    at += 8;
    return safe(view.getBigUint64(at - 8, true), refuse);
  };
}
