import { isA } from "../../core/realm.ts";
import { type Shape, size } from "../../core/shape.ts";
import { elementType, fromBytes, fromNumbers, type HostValue, widthOf } from "./elements.ts";
import {
  bytesOf,
  damaged,
  fields,
  integerOf,
  pushFloats,
  pushIntegers,
  textOf,
} from "./protobuf.ts";

/** Files that hold the elements of large tensors, by their names in the model. */
export type ExternalData = Readonly<Record<string, ArrayBuffer | Uint8Array>>;

export interface NamedTensor {
  readonly name: string;
  /** The content, or the reason why it cannot be read although the file is valid. */
  readonly content: HostValue | string;
}

/** The fields of a TensorProto. */
interface ProtoParts {
  name: string;
  type: number;
  raw: Uint8Array | undefined;
  external: Record<string, string> | undefined;
  readonly dims: number[];
  readonly numbers: number[];
  text: boolean;
}

/** Reads a TensorProto. Throws `ValueError` for a damaged one. */
export function readTensor(message: Uint8Array, files: ExternalData): NamedTensor {
  const parts = partsOf(message);
  const { name, dims, type: number } = parts;
  const what = `the tensor '${name}'`;
  if (!dims.every((n) => Number.isSafeInteger(n) && n >= 0) || !Number.isSafeInteger(size(dims))) {
    damaged(`the shape of ${what} is no list of integers ≥ 0; the file is damaged`);
  }
  const type = elementType(number);
  if (parts.text || !type) return { name, content: `its element type is number ${number}` };
  if (parts.external) return { name, content: external(parts, files, what) };
  if (parts.raw === undefined) {
    if (parts.numbers.length !== size(dims)) wrongLength(what, parts.numbers.length, dims);
    return { name, content: fromNumbers(type, dims, parts.numbers) };
  }
  if (parts.raw.length !== size(dims) * widthOf(type)) {
    wrongLength(what, parts.raw.length / widthOf(type), dims);
  }
  return { name, content: fromBytes(type, dims, parts.raw) };
}

function wrongLength(what: string, got: number, dims: Shape): never {
  damaged(
    `${what} has ${got} elements, expected ${size(dims)} for [${dims.join(", ")}]; is the file whole?`,
  );
}

function partsOf(message: Uint8Array): ProtoParts {
  const parts: ProtoParts = {
    ...{
      name: "",
      type: 0,
      raw: undefined,
      external: undefined,
      dims: [],
      numbers: [],
      text: false,
    },
  };
  const what = "a tensor";
  for (const field of fields(message, what)) {
    const { number } = field;
    if (number === 1) pushIntegers(parts.dims, field, what);
    else if (number === 2) parts.type = integerOf(field, what);
    else if (number === 3) damaged("a tensor is cut into segments; join them");
    else if (number === 4) pushFloats(parts.numbers, field, 4, what);
    else if (number === 5 || number === 7 || number === 11)
      pushIntegers(parts.numbers, field, what);
    else if (number === 6) parts.text = true;
    else if (number === 8) parts.name = textOf(field, what);
    else if (number === 9) parts.raw = bytesOf(field, what);
    else if (number === 10) pushFloats(parts.numbers, field, 8, what);
    else if (number === 13) {
      parts.external = { ...parts.external, ...entryOf(bytesOf(field, what)) };
    }
  }
  return parts;
}

/** A StringStringEntryProto. */
function entryOf(message: Uint8Array): Record<string, string> {
  let key = "";
  let value = "";
  for (const field of fields(message, "an entry")) {
    if (field.number === 1) key = textOf(field, "an entry");
    if (field.number === 2) value = textOf(field, "an entry");
  }
  return { [key]: value };
}

/** Elements in another file. */
function external(
  { external: entries = {}, dims, type: number }: ProtoParts,
  files: ExternalData,
  what: string,
) {
  const { location = "", offset = "0", length } = entries;
  const file = Object.hasOwn(files, location) ? files[location] : undefined;
  if (!file) {
    return `its elements lie in the file '${location}'; pass externalData: { "${location}": bytes }`;
  }
  const type = elementType(number);
  if (!type) return `its element type is number ${number}`;
  const bytes = isA(file, "Uint8Array") ? file : new Uint8Array(file);
  const wanted = size(dims) * widthOf(type);
  const start = Number(offset);
  const whole = Number.isSafeInteger(start) && start >= 0 && start + wanted <= bytes.length;
  if (!whole || (length !== undefined && Number(length) !== wanted)) {
    damaged(
      `${what} has ${wanted} bytes at ${offset} of '${location}', which has ${bytes.length}; is it whole?`,
    );
  }
  return fromBytes(type, dims, bytes.subarray(start, start + wanted));
}
