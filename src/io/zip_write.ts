import { crc32 } from "../core/crc32.ts";
import { CENTRAL, END, END64, LOCAL, LOCATOR64 } from "./zip_directory.ts";

/** A file to be written into a zip file. */
export interface ZipMember {
  readonly name: string;
  /** Returns its content in parts, when its turn comes. */
  readonly bytes: () => Promise<readonly Uint8Array<ArrayBuffer>[]>;
}

type ZipField = readonly [bytes: 2 | 4 | 8, value: number];

const UTF8 = 0x800; // names are UTF-8
const FULL = 0xffffffff;

/**
 * Writes a zip file in chunks (PKWARE's APPNOTE 6.3), with zip64 fields if a number needs them. Members' data begin at
 * multiples of 64 bytes.
 */
export async function* writeZip(
  members: readonly ZipMember[],
  compressed: boolean,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const member of members) {
    const name = new TextEncoder().encode(member.name);
    const parts = await member.bytes();
    const size = lengthOf(parts);
    const crc = parts.reduce((sum, part) => crc32(part, sum), 0);
    const packed = compressed ? await deflated(parts) : parts;
    const bytes = lengthOf(packed);
    const common: readonly ZipField[] = [
      ...([45, UTF8, compressed ? 8 : 0, 0, 0x21].map((value) => [2, value]) as ZipField[]), // 1 January 1980
      ...([crc, FULL, FULL].map((value) => [4, value]) as ZipField[]),
      [2, name.length],
    ];
    // both sizes as 64 bits, then padding that aligns the data to 64 bytes
    const fill = (64 - ((at + 30 + name.length + 20 + 4) % 64)) % 64;
    const extra = fields([2, 1], [2, 16], [8, size], [8, bytes], [2, 0x5747], [2, fill]);
    yield fields([4, LOCAL], ...common, [2, extra.length + fill]);
    yield name;
    yield extra;
    yield new Uint8Array(fill);
    yield* packed;
    const wide = fields([2, 1], [2, 24], [8, size], [8, bytes], [8, at]);
    const entry = [
      fields(
        ...([[4, CENTRAL], [2, 45], ...common, [2, wide.length]] as ZipField[]),
        ...([0, 0, 0].map((value) => [2, value]) as ZipField[]),
        ...([0, FULL].map((value) => [4, value]) as ZipField[]),
      ),
      name,
      wide,
    ];
    directory.push(...entry);
    at += 30 + name.length + extra.length + fill + bytes;
  }
  yield* directory;
  yield ending(members.length, lengthOf(directory), at);
}

function ending(count: number, length: number, begin: number): Uint8Array<ArrayBuffer> {
  const few = Math.min(count, 0xffff);
  return fields(
    ...([
      [4, END64],
      [8, 44],
      [2, 45],
      [2, 45],
      [4, 0],
      [4, 0],
      [8, count],
      [8, count],
    ] as ZipField[]),
    ...([
      [8, length],
      [8, begin],
      [4, LOCATOR64],
      [4, 0],
      [8, begin + length],
      [4, 1],
    ] as ZipField[]),
    ...([
      [4, END],
      [2, 0],
      [2, 0],
      [2, few],
      [2, few],
    ] as ZipField[]),
    ...([
      [4, Math.min(length, FULL)],
      [4, FULL],
      [2, 0],
    ] as ZipField[]),
  );
}

function fields(...values: readonly ZipField[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of values) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

const lengthOf = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

async function deflated(
  parts: readonly Uint8Array<ArrayBuffer>[],
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const stream = new Blob([...parts]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return [new Uint8Array(await new Response(stream).arrayBuffer())];
}
