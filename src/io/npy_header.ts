import { ValueError } from "../core/errors.ts";
import type { FileDType } from "./elements.ts";
import { isShape } from "./reader.ts";

/** The header of a .npy file. */
export interface NpyHeader {
  readonly dtype: FileDType;
  readonly shape: readonly number[];
  readonly fortran: boolean;
  readonly bigEndian: boolean;
}

/** NumPy's names of the dtypes, little-endian. NumPy has no bf16. */
export const npyNames: Readonly<Record<FileDType, string>> = {
  ...{ F64: "<f8", F32: "<f4", F16: "<f2", BF16: "<V2", I64: "<i8", I32: "<i4", I16: "<i2" },
  ...{ I8: "|i1", U64: "<u8", U32: "<u4", U16: "<u2", U8: "|u1", BOOL: "|b1" },
};

const byCode = new Map(
  (Object.entries(npyNames) as [FileDType, string][])
    .filter(([dtype]) => dtype !== "BF16")
    .map(([dtype, name]) => [name.slice(1), dtype]),
);

/** Maximum length of a header: those of plain arrays have about 100 bytes. */
export const MAX_NPY_HEADER = 10_000;

/** Number of bytes before the data, from at least the first 12 bytes of a file. Throws `ValueError` for another format. */
export function headerSize(bytes: Uint8Array<ArrayBuffer>, who: string): number {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  const major = bytes[6] ?? 0;
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) {
    refuse(
      who,
      "a .npy file, which begins with \\x93NUMPY",
      "a file that begins otherwise",
      "is it a complete .npy file?",
    );
  }
  if (major < 1 || major > 3 || bytes[7] !== 0) {
    refuse(who, "version 1.0, 2.0 or 3.0", `${major}.${bytes[7]}`, "save it with NumPy's save()");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = major === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
  if (size <= MAX_NPY_HEADER) return size;
  return refuse(who, `a header of at most ${MAX_NPY_HEADER} bytes`, `${size}`, "is it damaged?");
}

/** Parses the header, a dictionary in Python's notation, from a file's first bytes. */
export function parseNpyHeader(bytes: Uint8Array<ArrayBuffer>, who: string): NpyHeader {
  const size = headerSize(bytes, who);
  if (size > bytes.length)
    refuse(who, `a header of ${size} bytes`, `${bytes.length}`, "is it whole?");
  const text = new TextDecoder().decode(bytes.subarray(bytes[6] === 1 ? 10 : 12, size)).trim();
  const fields = fieldsOf(text);
  const { descr, fortran_order: fortran, shape } = fields ?? {};
  const known = fields && Object.keys(fields).sort().join() === "descr,fortran_order,shape";
  if (!known || !descr || !shape || (fortran !== "True" && fortran !== "False")) {
    refuse(
      who,
      "descr, fortran_order and shape in the header",
      text.slice(0, 80) || "none",
      "is it damaged?",
    );
  }
  const type = /^'([<>|=])(\w+)'$/.exec(descr);
  const dtype = byCode.get(type?.[2] ?? "");
  if (!dtype) refuse(who, "numbers or booleans", refusedType(descr), "convert it with astype()");
  const sizes = shape
    .slice(1, -1)
    .split(",")
    .map((each) => each.trim());
  if (sizes.at(-1) === "") sizes.pop();
  const parsed = sizes.map((each) => (/^\d{1,16}$/.test(each) ? Number(each) : -1));
  if (!isShape(parsed))
    refuse(who, "a shape of integers ≥ 0", shape.slice(0, 80), "is it damaged?");
  return { dtype, shape: parsed, fortran: fortran === "True", bigEndian: type?.[1] === ">" };
}

/** The texts of the values by name; undefined if the text is not such a dictionary. */
function fieldsOf(text: string): Readonly<Record<string, string>> | undefined {
  const value = String.raw`'[^']*'|True|False|\([\d, ]*\)|\[.*\]`;
  const inner = /^\{(.*)\}$/s.exec(text)?.[1];
  if (inner === undefined) return undefined;
  const fields: [string, string][] = [];
  const field = new RegExp(String.raw`\s*'(\w+)'\s*:\s*(${value})\s*(?:,|$)`, "y");
  for (let at = 0; inner.slice(at).trim() !== ""; at = field.lastIndex) {
    field.lastIndex = at;
    const [, name, found] = field.exec(inner) ?? [];
    if (name === undefined || found === undefined || fields.length === 3) return undefined;
    fields.push([name, found]);
  }
  return Object.fromEntries(fields);
}

function refusedType(descr: string): string {
  const kind = /^'[<>|=]?([A-Za-z])/.exec(descr)?.[1] ?? "";
  const kinds: Readonly<Record<string, string>> = {
    ...{
      O: "Python objects (a pickle)",
      U: "strings",
      S: "bytes",
      V: "raw bytes",
      c: "complex numbers",
    },
    ...{ M: "dates", m: "spans of time" },
  };
  return `${Object.hasOwn(kinds, kind) ? kinds[kind] : "records or another type"}, ${descr.slice(0, 40)}`;
}

function refuse(who: string, expected: string, got: string, advice: string): never {
  throw new ValueError(`${who}: expected ${expected}, got ${got}; ${advice}`);
}
