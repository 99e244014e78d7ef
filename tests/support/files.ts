import { crc32 } from "../../src/core/crc32.ts";
import { ValueError } from "../../src/core/errors.ts";
import type { TensorReader } from "../../src/io/index.ts";
import files from "./foreign_files.json" with { type: "json" };

/** Uniform integers below `n`: the upper bits of a linear congruential generator (Numerical Recipes). */
export function randomIntegers(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** A file with some flipped bits, overwritten bytes or lengths, cut off, or with bytes appended. */
export function damaged(
  file: Uint8Array<ArrayBuffer>,
  below: (n: number) => number,
): Uint8Array<ArrayBuffer> {
  const copy = file.slice();
  const kind = below(5);
  if (kind === 0) return copy.slice(0, below(file.length));
  if (kind === 1) return new Uint8Array([...copy, ...copy.slice(0, 1 + below(40))]);
  for (let i = 0; i <= below(3); i++) {
    const at = below(copy.length);
    if (kind === 2) copy[at] = (copy[at] as number) ^ (1 << below(8));
    else if (kind === 3) copy[at] = below(256);
    else new DataView(copy.buffer).setUint32(Math.min(at, copy.length - 4), 2 ** below(32), true);
  }
  return copy;
}

/** All members of a file as text, sorted by name. */
export async function contentOf(reader: TensorReader): Promise<string> {
  const names = [...reader.tensors.keys()].sort();
  const all: string[] = [];
  for (const name of names) {
    const { dtype, shape, data } = await reader.read(name);
    const count = shape.reduce((product, n) => product * n, 1);
    if (data.length !== count) throw new ValueError(`${name} has ${data.length} of ${count}`);
    all.push(`${name} ${dtype} [${shape}] ${Array.from<number | bigint>(data).join(" ")}`);
  }
  return all.join("\n");
}

export const bytesOf = async (
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await new Response(stream).arrayBuffer());

/** A file written by NumPy or PyTorch; see foreign_files.py. */
export function foreign(name: string): Uint8Array<ArrayBuffer> {
  const text = (files as Readonly<Record<string, string>>)[name];
  if (text === undefined) throw new Error(`foreign_files.json has no ${name}`);
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** A safetensors file with this header, valid or not, and as many bytes of data. */
export function fileOf(header: string, data: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** A checkpoint with this content, valid or not, and the right checksum. */
export function checkpointOf(
  metadata: Readonly<Record<string, string>>,
  tensors: Readonly<Record<string, object>> = {},
  data: ArrayLike<number> = [],
): ArrayBuffer {
  const known = { format: "wgrad checkpoint", version: "1", crc32: "--------" };
  const plain = { parts: "[]", random: '{"seed":0,"draws":0}', state: "{}" };
  const header = { __metadata__: { ...known, ...plain, ...metadata }, ...tensors };
  return summed(fileOf(JSON.stringify(header), data));
}

/** Recomputes a checkpoint's checksum in place. */
export function summed(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const key = '"crc32":"';
  const at = new TextDecoder("latin1").decode(bytes).indexOf(key) + key.length;
  const place = bytes.subarray(at, at + 8).fill("-".charCodeAt(0));
  const sum = crc32(bytes).toString(16).padStart(8, "0");
  new TextEncoder().encodeInto(sum, place);
  return bytes.buffer;
}
