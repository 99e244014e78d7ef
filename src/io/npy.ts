import { callAs } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { isHostArray } from "../core/host_array.ts";
import { boolean, type Kind, objectWith, optional } from "../core/kinds.ts";
import { size } from "../core/shape.ts";
import { checked, checkedAsync, describe, options } from "../core/signature.ts";
import type { LoadableEntry } from "../nn/module/state.ts";
import { decodeElements, dtypeOf, elements, type FileDType, type FileTensor } from "./elements.ts";
import { headerSize, type NpyHeader, npyNames, parseNpyHeader } from "./npy_header.ts";
import { type FileSource, fileSource, openBytes } from "./source.ts";
import { gathered } from "./strided.ts";

/**
 * Reads a .npy file (NumPy's format, versions 1.0 to 3.0): f2, f4, f8, i1 to i8, u1 to u8 and bool, of either byte order,
 * in C or Fortran order; the result is row-major. Rejects with `ValueError` for a damaged file and for other types: objects
 * (pickles, which could run arbitrary code), strings, complex numbers, records, dates.
 */
export const readNpy = /* @__PURE__ */ checkedAsync(
  "readNpy",
  { source: fileSource },
  async (source: FileSource): Promise<FileTensor> => {
    const file = await openBytes(source, "readNpy");
    const bytes = await file.read(0, file.size ?? (await file.head(2 ** 53 - 1)).byteLength);
    return callAs("readNpy", () => decodeNpy(new Uint8Array(bytes), "readNpy"));
  },
);

/** Decodes a whole .npy file; the result does not share its bytes. */
export function decodeNpy(bytes: Uint8Array<ArrayBuffer>, who: string): FileTensor {
  const start = headerSize(bytes, who);
  const header = parseNpyHeader(bytes, who);
  const { dtype, shape } = header;
  const expected = npyBytes(header);
  if (bytes.length - start !== expected) {
    throw new ValueError(
      `${who}: expected ${expected} bytes for [${shape.join(", ")}] of ${dtype}, got ${bytes.length - start}; is the file whole?`,
    );
  }
  const width = elements[dtype].bytes;
  const plain = bytes.slice(start);
  if (header.bigEndian && width > 1) swap(plain, width);
  if (header.fortran && shape.length > 1) {
    const rows = gathered(plain, width, { shape, strides: columnMajor(shape), offset: 0 });
    return { dtype, shape, data: decodeElements(dtype, rows, who) };
  }
  return { dtype, shape, data: decodeElements(dtype, plain.buffer, who) };
}

/** Bytes of an array's data; more than any file has for impossible shapes. */
export const npyBytes = ({ dtype, shape }: NpyHeader): number =>
  elements[dtype].bytes * (shape.includes(0) ? 0 : size(shape));

function swap(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

/** Strides of column-major elements: the first axis varies fastest. */
function columnMajor(shape: readonly number[]): readonly number[] {
  let step = 1;
  return shape.map((n) => {
    const stride = step;
    step *= n;
    return stride;
  });
}

/** Options of `writeNpy`. */
export interface NpyOptions {
  /** Whether a Uint8Array of 0 and 1 is written as NumPy's bool. Default false. */
  readonly bool?: boolean;
}

export const arrayKind: Kind = /* @__PURE__ */ objectWith(
  "an array { shape, data }",
  "shape",
  "data",
);

/**
 * Writes an array as a .npy file, version 1.0, little-endian, C order, with its own dtype. Throws `ValueError`.
 *
 * @example
 * ```ts
 * import { readNpy, writeNpy } from "wgrad/io";
 * const file = writeNpy({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }); // numpy.load reads it
 * const { shape, data } = await readNpy(file);
 * console.log(shape, data); // [2, 2] [1, 2, 3, 4]
 * ```
 */
export const writeNpy = /* @__PURE__ */ checked(
  "writeNpy",
  {
    array: arrayKind,
    options: /* @__PURE__ */ optional(/* @__PURE__ */ options<NpyOptions>({ bool: boolean })),
  },
  (array: LoadableEntry, { bool = false }: NpyOptions = {}): Uint8Array<ArrayBuffer> => {
    const { shape, data } = array;
    if (!Array.isArray(shape) || !isHostArray(data) || size(shape) !== data.length) {
      throw new ValueError(
        `writeNpy: expected { shape, data } with a typed array of as many numbers, got ${describe(array)}; pass what a file or stateDict() gave`,
      );
    }
    const dtype = dtypeOf(data);
    return encodeNpy(shape, bool && dtype === "U8" ? "BOOL" : dtype, data);
  },
);

/** The header is padded with spaces so that the data begin at a multiple of 64 bytes. */
export function encodeNpy(
  shape: readonly number[],
  dtype: FileDType,
  data: LoadableEntry["data"],
): Uint8Array<ArrayBuffer> {
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${npyNames[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = Math.ceil((10 + text.length + 1) / 64) * 64;
  const file = new Uint8Array(start + data.byteLength).fill(0x20, 10 + text.length, start - 1);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(file.buffer).setUint16(8, start - 10, true);
  new TextEncoder().encodeInto(text, file.subarray(10));
  file[start - 1] = 0x0a;
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return file;
}
