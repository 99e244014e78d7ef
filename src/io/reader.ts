import { ValueError } from "../core/errors.ts";
import { string } from "../core/kinds.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { countOf, decodeElements, elements, type FileTensor, type TensorInfo } from "./elements.ts";

/** Named tensors in a file, from `openSafetensors`, `openNpz` and `openTorch`. */
export interface TensorReader {
  /** Descriptions by name, in the order of the file. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** Other entries of the file, by name. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Whether the file's bytes are in memory, so that reading them again is cheap and cannot fail. */
  readonly inMemory: boolean;
  /** Reads one tensor, and only its own bytes. Rejects with `ValueError` for an unknown name. */
  read(name: string): Promise<FileTensor>;
  /** Reads all tensors into memory, in the order of the file. */
  readAll(): Promise<Readonly<Record<string, FileTensor>>>;
}

const reading = /* @__PURE__ */ signature("read", { name: string });

/** The parts of a reader. */
interface ReaderParts<Info extends TensorInfo> {
  readonly who: string;
  readonly tensors: ReadonlyMap<string, Info>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly inMemory: boolean;
}

/** A reader that calls a function for each tensor. */
export function readerBy<Info extends TensorInfo>(
  { who, ...parts }: ReaderParts<Info>,
  tensorOf: (info: Info, name: string) => Promise<FileTensor>,
): TensorReader {
  const read = async (...args: [name: string]): Promise<FileTensor> => {
    checkArguments(reading, args);
    const [name] = args;
    const info = parts.tensors.get(name);
    if (info) return tensorOf(info, name);
    const known = [...parts.tensors.keys()].slice(0, 5).join(", ");
    throw new ValueError(
      `${who}: expected the name of a tensor in the file (${known}, …), got '${name}'; see its tensors`,
    );
  };
  const readAll = async () => {
    const all: [string, FileTensor][] = [];
    for (const name of parts.tensors.keys()) all.push([name, await read(name)]);
    return Object.fromEntries(all);
  };
  return { ...parts, read, readAll };
}

/** A reader that gets the tensors' bytes from a function, which returns memory that is not shared. */
export const tensorReader = <Info extends TensorInfo>(
  parts: ReaderParts<Info>,
  bytesOf: (info: Info, name: string) => Promise<ArrayBuffer>,
): TensorReader =>
  readerBy(parts, async (info, name) => {
    const { dtype, shape } = info;
    const data = decodeElements(dtype, await bytesOf(info, name), `${parts.who}: '${name}'`);
    return { dtype, shape, data };
  });

/** A description and its number of bytes; undefined for a shape that no file can contain. */
export function bytesOfTensor({ dtype, shape }: TensorInfo): number | undefined {
  const bytes = elements[dtype].bytes * countOf(shape);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Whether a value is a list of integers ≥ 0, of at most 64 as in PyTorch. */
export const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= 64 &&
  value.every((n) => Number.isSafeInteger(n) && n >= 0);
