import { callAs } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { boolean, optional } from "../core/kinds.ts";
import { checked, checkedAsync, options } from "../core/signature.ts";
import type { TensorInfo } from "./elements.ts";
import { decodeNpy, encodeNpy, npyBytes } from "./npy.ts";
import { headerSize, MAX_NPY_HEADER, parseNpyHeader } from "./npy_header.ts";
import { readerBy, type TensorReader } from "./reader.ts";
import { pendingOf, streamOf, type Writable, writableKind } from "./safetensors_write.ts";
import { type FileSource, fileSource, openBytes } from "./source.ts";
import type { ZipEntry } from "./zip_directory.ts";
import { openZip } from "./zip_read.ts";
import { writeZip } from "./zip_write.ts";

/**
 * Opens a .npz file, a zip of .npy files as NumPy's savez() and savez_compressed() write them: names without ".npy", shapes
 * and dtypes; arrays are read on demand, row-major. Rejects with the errors of `readNpy`, and with `ValueError` for members
 * that are damaged (each has a checksum), larger than their compressed data allow, or not arrays.
 */
export const openNpz = /* @__PURE__ */ checkedAsync(
  "openNpz",
  { source: fileSource },
  async (source: FileSource): Promise<TensorReader> => {
    const who = "openNpz";
    const file = await openBytes(source, who);
    const zip = await openZip(file, who);
    const tensors = new Map<string, TensorInfo & { readonly entry: ZipEntry }>();
    for (const entry of zip.entries.values()) {
      const head = await zip.head(entry, MAX_NPY_HEADER);
      callAs(who, () => {
        if (!entry.name.endsWith(".npy")) {
          throw new ValueError(
            `${who}: expected .npy files in the zip file, got '${entry.name}'; is it of savez()?`,
          );
        }
        const header = parseNpyHeader(head, who);
        const [expected, got] = [npyBytes(header), entry.size - headerSize(head, who)];
        if (expected !== got) {
          throw new ValueError(
            `${who}: expected ${expected} bytes of data in '${entry.name}', got ${got}; is it damaged?`,
          );
        }
        const { dtype, shape } = header;
        tensors.set(entry.name.slice(0, -".npy".length), { dtype, shape, entry });
      });
    }
    const { inMemory } = file;
    return readerBy({ who, tensors, metadata: new Map(), inMemory }, async ({ entry }) => {
      const bytes = await zip.read(entry);
      return callAs(who, () => decodeNpy(bytes, who));
    });
  },
);

/** Options of `writeNpz`. */
export interface NpzOptions {
  /** Whether its members are compressed by deflate. Default false. */
  readonly compressed?: boolean;
}

/**
 * Writes a model's parameters, buffers and counters, or arrays by name, as a .npz file that NumPy's load() reads, in
 * chunks, an array at a time. See `writeSafetensors`. Throws `ValueError` for entries that are not arrays.
 */
export const writeNpz = /* @__PURE__ */ checked(
  "writeNpz",
  {
    content: writableKind,
    options: /* @__PURE__ */ optional(/* @__PURE__ */ options<NpzOptions>({ compressed: boolean })),
  },
  (
    content: Writable,
    { compressed = false }: NpzOptions = {},
  ): ReadableStream<Uint8Array<ArrayBuffer>> => {
    const members = pendingOf("writeNpz", content, "F32").map(({ name, shape, dtype, data }) => ({
      name: `${name}.npy`,
      bytes: async () => [encodeNpy(shape, dtype, await data())],
    }));
    return streamOf(writeZip(members, compressed));
  },
);
