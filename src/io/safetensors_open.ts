import { callAs, callBack } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { callback, either, optional, record } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { checkedAsync, describe, options } from "../core/signature.ts";
import type { ByteSource } from "./bytes.ts";
import type { TensorInfo } from "./elements.ts";
import { readerBy, type TensorReader, tensorReader } from "./reader.ts";
import { checkLength } from "./safetensors.ts";
import {
  headerLength,
  isRecord,
  MAX_HEADER,
  parseHeader,
  parseJson,
} from "./safetensors_header.ts";
import { type FileSource, fileSource, openBytes } from "./source.ts";

/** Where the files of a model in several parts are. */
export interface ShardOptions {
  /**
   * Files by their names in the index, or a function that returns the file for a name. Default for an index at a URL:
   * beside it.
   */
  readonly shards?:
    | Readonly<Record<string, FileSource>>
    | ((file: string) => FileSource | Promise<FileSource>);
}

/**
 * Opens a safetensors file (Hugging Face, version 0.4), or the `model.safetensors.index.json` of a model in several files,
 * without reading the tensors. Over HTTP only the header and requested tensors are fetched, by range requests; a server
 * without range requests sends the whole file once, which is kept in memory. Rejects with `ValueError` for a damaged file
 * or another format; the header is checked completely before memory is allocated for it.
 */
export const openSafetensors = /* @__PURE__ */ checkedAsync(
  "openSafetensors",
  {
    source: fileSource,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<ShardOptions>({ shards: /* @__PURE__ */ either(callback, record) }),
    ),
  },
  (source: FileSource, options: ShardOptions = {}): Promise<TensorReader> =>
    openTensors("openSafetensors", source, options),
);

/** `openSafetensors` in the name of a function. */
export async function openTensors(
  who: string,
  source: FileSource,
  options: ShardOptions,
): Promise<TensorReader> {
  const file = await openBytes(source, who);
  const head = await file.head(8);
  return isIndex(head) ? openIndex(who, source, file, options) : openFile(who, file, head);
}

async function openFile(who: string, file: ByteSource, head: ArrayBuffer): Promise<TensorReader> {
  const { size, inMemory } = file;
  const start = 8 + callAs(who, () => headerLength(head));
  if (size !== undefined && size < start) callAs(who, () => checkLength(start, size));
  const bytes = new Uint8Array(await file.read(8, start));
  const { length, tensors, metadata } = callAs(who, () => parseHeader(bytes));
  if (size !== undefined) callAs(who, () => checkLength(start + length, size));
  return tensorReader({ who, tensors, metadata, inMemory }, ({ begin, end }) =>
    file.read(start + begin, start + end),
  );
}

/** Whether a file is text that begins with a brace: as a header's length it would be far too large. */
const isIndex = (head: ArrayBuffer): boolean =>
  head.byteLength === 8 &&
  new DataView(head).getBigUint64(0, true) > BigInt(MAX_HEADER) &&
  /^\s*\{/.test(new TextDecoder().decode(head));

async function openIndex(
  who: string,
  source: FileSource,
  file: ByteSource,
  { shards }: ShardOptions,
): Promise<TensorReader> {
  const size = file.size ?? MAX_HEADER;
  if (size > MAX_HEADER) {
    throw new ValueError(
      `${who}: expected an index of at most ${MAX_HEADER} bytes, got ${size}; is it an index of safetensors?`,
    );
  }
  const bytes = new Uint8Array(await file.head(size));
  const { weight_map: map } = callAs(who, () => parseJson(bytes));
  if (!isRecord(map) || !Object.values(map).every(isPlainName)) {
    throw new ValueError(
      `${who}: expected a weight_map of names to files beside the index, got ${describe(map)}; is it an index of safetensors?`,
    );
  }
  const files = new Map<string, TensorReader>();
  for (const name of new Set(Object.values(map) as string[])) {
    const shard = await sourceOf(who, name, source, shards);
    files.set(name, await openTensors(who, shard, { shards: {} }));
  }
  return joined(who, map as Record<string, string>, files);
}

/** Whether a name has neither path nor scheme, with which it could refer to any file. */
const isPlainName = (name: unknown): name is string =>
  typeof name === "string" && /^[^/\\:?#]+$/.test(name) && !/^\.+$/.test(name);

async function sourceOf(
  who: string,
  name: string,
  index: FileSource,
  shards: ShardOptions["shards"],
): Promise<FileSource> {
  if (typeof shards === "function") return callBack(() => shards(name));
  const given = shards && Object.hasOwn(shards, name) ? shards[name] : undefined;
  if (given !== undefined) return given;
  if (!shards && (isA(index, "URL") || typeof index === "string")) {
    return new URL(name, new URL(index, globalThis.location?.href));
  }
  throw new ValueError(
    `${who}: expected '${name}' among the shards, got none; pass { shards: { "${name}": file } }`,
  );
}

/** The tensors of all files, in the order of the index. */
function joined(
  who: string,
  map: Readonly<Record<string, string>>,
  files: ReadonlyMap<string, TensorReader>,
): TensorReader {
  const tensors = new Map<string, TensorInfo>();
  for (const [name, file] of Object.entries(map)) {
    const info = files.get(file)?.tensors.get(name);
    if (!info) {
      throw new ValueError(
        `${who}: expected '${name}' in ${file}, as the index says, got a file without it; pass the files of one model`,
      );
    }
    tensors.set(name, info);
  }
  const metadata = new Map([...files.values()].flatMap((file) => [...file.metadata]));
  const whole = (name: string) => files.get(map[name] as string) as TensorReader;
  const inMemory = [...files.values()].every((file) => file.inMemory);
  return readerBy({ who, tensors, metadata, inMemory }, (_, name) => whole(name).read(name));
}
