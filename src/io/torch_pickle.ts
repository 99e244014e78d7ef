import { elements, type FileDType, type TensorInfo } from "./elements.ts";
import { refuse } from "./pickle_cursor.ts";
import { isShape } from "./reader.ts";
import { type Known, type Pickled, Tuple, unpickle } from "./unpickle.ts";

/** A class of storages, of which only the dtype is known. */
class StorageClass {
  readonly dtype: FileDType;
  constructor(dtype: FileDType) {
    this.dtype = dtype;
  }
}

/** A file of numbers, which several tensors may share. */
class TorchStorage {
  readonly dtype: FileDType;
  readonly key: string;
  readonly count: number;
  constructor(dtype: FileDType, key: string, count: number) {
    this.dtype = dtype;
    this.key = key;
    this.count = count;
  }
}

/** A view of a storage. */
export class StoredTensor implements TensorInfo {
  readonly shape: readonly number[];
  readonly dtype: FileDType;
  /** The storage's name in the file. */
  readonly key: string;
  /** Number of elements in the storage. */
  readonly count: number;
  /** Index of its first element in the storage. */
  readonly offset: number;
  readonly strides: readonly number[];

  constructor(
    storage: TorchStorage,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
  ) {
    this.shape = shape;
    this.dtype = storage.dtype;
    this.key = storage.key;
    this.count = storage.count;
    this.offset = offset;
    this.strides = strides;
  }
}

const storages: Readonly<Record<string, FileDType>> = {
  ...{ DoubleStorage: "F64", FloatStorage: "F32", HalfStorage: "F16", BFloat16Storage: "BF16" },
  ...{ LongStorage: "I64", IntStorage: "I32", ShortStorage: "I16", CharStorage: "I8" },
  ...{ ByteStorage: "U8", BoolStorage: "BOOL" },
};

const globals: ReadonlyMap<string, Known> = new Map<string, Known>([
  ["collections.OrderedDict", orderedDict],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_parameter", ([tensor]) => tensorOf(tensor)],
  ...Object.entries(storages).map(
    ([name, dtype]) => [`torch.${name}`, { value: new StorageClass(dtype) }] as const,
  ),
]);

/**
 * The content of a .pt file's data.pkl. Nothing is executed. Throws `ValueError` for anything except tensors and plain
 * data.
 */
export const unpickleTorch = (bytes: Uint8Array): Pickled =>
  unpickle(bytes, { globals, persistent });

/** ("storage", class, key, device, number of elements) */
function persistent(id: Pickled): Pickled {
  const [kind, type, key, , count] = id instanceof Tuple ? id.items : [];
  const known = kind === "storage" && type instanceof StorageClass && typeof key === "string";
  if (!known || !isShape([count]))
    return refuse("it refers to something other than a storage of tensors");
  return new TorchStorage(type.dtype, key, count as number);
}

/** OrderedDict's arguments: none, or a list of pairs. */
function orderedDict([pairs]: readonly Pickled[]): Pickled {
  const map = new Map<Pickled, Pickled>();
  if (pairs === undefined) return map;
  if (!Array.isArray(pairs))
    return refuse("it makes an OrderedDict from something other than a list");
  for (const pair of pairs) {
    const items = pair instanceof Tuple ? pair.items : pair;
    if (!Array.isArray(items) || items.length !== 2)
      return refuse("it makes an OrderedDict from something other than pairs");
    map.set(items[0], items[1]);
  }
  return map;
}

/**
 * _rebuild_tensor's arguments (storage, offset, shape, strides, requires_grad, hooks): every element must be in the
 * storage.
 */
function rebuildTensor([storage, offset, size, stride]: readonly Pickled[]): Pickled {
  const shape = size instanceof Tuple ? size.items : undefined;
  const strides = stride instanceof Tuple ? stride.items : undefined;
  if (
    !(storage instanceof TorchStorage) ||
    !isShape([offset]) ||
    !isShape(shape) ||
    !isShape(strides)
  ) {
    return refuse(
      "it makes a tensor from arguments other than a storage, an offset, a shape and strides",
    );
  }
  if (strides.length !== shape.length)
    return refuse("a tensor has more axes than strides, or fewer");
  const first = offset as number;
  const last = shape.reduce((sum, n, axis) => sum + (n - 1) * (strides[axis] as number), first);
  const count = shape.includes(0) ? 0 : shape.reduce((product, n) => product * n, 1);
  if (count > 0 && !(last < storage.count)) return refuse("a tensor extends beyond its storage");
  const bytes = count * elements[storage.dtype].bytes;
  // expanded tensors repeat elements: the result may be larger than the storage only up to a limit
  if (!(bytes <= 2 ** 32 || count <= storage.count))
    return refuse("an expanded tensor is too large");
  return new StoredTensor(storage, first, shape, strides);
}

const tensorOf = (value: Pickled | undefined): Pickled =>
  value instanceof StoredTensor
    ? value
    : refuse("it makes a parameter from something other than a tensor");
