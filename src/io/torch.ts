import { callAs } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { optional, string } from "../core/kinds.ts";
import { checkedAsync, options } from "../core/signature.ts";
import type { ByteSource } from "./bytes.ts";
import { elements } from "./elements.ts";
import { type TensorReader, tensorReader } from "./reader.ts";
import { type FileSource, fileSource, openBytes } from "./source.ts";
import { gathered } from "./strided.ts";
import { StoredTensor, unpickleTorch } from "./torch_pickle.ts";
import type { Pickled } from "./unpickle.ts";
import type { ZipEntry } from "./zip_directory.ts";
import { openZip, type Zip } from "./zip_read.ts";

/** Options of functions that read PyTorch's files. */
export interface TorchOptions {
  /** Path of the state dict in nested dictionaries, such as "model" or "state.model". Default: the outermost. */
  readonly path?: string;
}

/** Maximum size of a pickle, which holds names and shapes but no numbers. */
const MAX_PICKLE = 50_000_000;

/**
 * Opens a .pt or .pth file of PyTorch's save() (1.6 and later, a zip file) that contains a state dict, possibly in nested
 * dictionaries (see `path`). Nothing in it is executed: its pickle may contain tensors, parameters, dictionaries, lists,
 * tuples, texts, numbers and booleans; everything else is refused by name. Strides, offsets and shared storages are
 * supported; a tensor's storage is read when the tensor is. Numbers, texts and booleans beside the tensors are in
 * `metadata`, as texts. Rejects with `ValueError`.
 */
export const openTorch = /* @__PURE__ */ checkedAsync(
  "openTorch",
  {
    source: fileSource,
    options: /* @__PURE__ */ optional(/* @__PURE__ */ options<TorchOptions>({ path: string })),
  },
  async (source: FileSource, { path = "" }: TorchOptions = {}): Promise<TensorReader> => {
    const who = "openTorch";
    const file = await openBytes(source, who);
    await refuseOld(file, who);
    const zip = await openZip(file, who);
    const pickle = callAs(who, () => pickleOf(zip));
    const root = pickle.name.slice(0, -"data.pkl".length);
    await refuseBigEndian(zip, root, who);
    const bytes = await zip.read(pickle);
    const { tensors, metadata } = callAs(who, () => stateAt(unpickleTorch(bytes), path));
    const entryOf = (tensor: StoredTensor): ZipEntry => {
      const entry = zip.entries.get(`${root}data/${tensor.key}`);
      const expected = tensor.count * elements[tensor.dtype].bytes;
      if (entry?.size === expected) return entry;
      throw new ValueError(
        `${who}: expected ${expected} bytes as storage '${tensor.key}', got ${entry?.size ?? "none"}; the file is damaged`,
      );
    };
    for (const tensor of tensors.values()) entryOf(tensor);
    const { inMemory } = file;
    return tensorReader({ who, tensors, metadata, inMemory }, async (tensor) =>
      viewOf(tensor, await zip.read(entryOf(tensor))),
    );
  },
);

async function refuseOld(file: ByteSource, who: string): Promise<void> {
  const [a, b] = new Uint8Array(await file.head(2));
  if (a !== 0x80 || (b as number) > 5) return;
  throw new ValueError(
    `${who}: expected a zip file, got a plain pickle, as PyTorch before 1.6 wrote it; load it there and save it again`,
  );
}

function pickleOf(zip: Zip): ZipEntry {
  const found = [...zip.entries.values()].filter(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
  const [pickle] = found;
  if (!pickle || found.length > 1 || pickle.size > MAX_PICKLE) {
    throw new ValueError(
      `openTorch: expected one data.pkl of at most ${MAX_PICKLE} bytes in the zip file, got ${found.length}` +
        `${pickle ? ` of ${pickle.size} bytes` : ""}; is it a file of torch.save()?`,
    );
  }
  return pickle;
}

async function refuseBigEndian(zip: Zip, root: string, who: string): Promise<void> {
  const entry = zip.entries.get(`${root}byteorder`);
  const order =
    entry && entry.size < 20 ? new TextDecoder().decode(await zip.read(entry)) : "little";
  if (order === "little") return;
  throw new ValueError(
    `${who}: expected little-endian numbers, got byteorder '${order}'; save it on another machine`,
  );
}

/** The tensors, and other entries as text, of the dictionary at a path. */
function stateAt(root: Pickled, path: string) {
  let state: Pickled | undefined = root;
  for (const key of path === "" ? [] : path.split(".")) {
    state = state instanceof Map ? state.get(key) : undefined;
  }
  if (!(state instanceof Map)) {
    throw new ValueError(
      `openTorch: expected a dictionary of tensors${path && ` at '${path}'`}, got something else; ` +
        `${root instanceof Map ? `its names are ${namesIn(root)}` : "save model.state_dict()"}`,
    );
  }
  const tensors = new Map<string, StoredTensor>();
  const metadata = new Map<string, string>();
  for (const [key, value] of state) {
    if (value instanceof StoredTensor) tensors.set(String(key), value);
    else if (typeof value !== "object") metadata.set(String(key), String(value));
  }
  const below = [...state].filter(([, value]) => value instanceof Map);
  if (tensors.size === 0 && below.length > 0) {
    throw new ValueError(
      `openTorch: expected tensors${path && ` at '${path}'`}, got dictionaries ${namesIn(new Map(below))}; pass { path } to one`,
    );
  }
  return { tensors, metadata };
}

const namesIn = (map: ReadonlyMap<Pickled, Pickled>): string =>
  [...map.keys()].slice(0, 8).map(String).join(", ").slice(0, 200);

/** A tensor's bytes, row-major, from its storage. */
function viewOf(tensor: StoredTensor, storage: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const { shape, strides, offset, dtype } = tensor;
  const { bytes } = elements[dtype];
  const count = shape.reduce((product, n) => product * n, 1);
  if (isContiguous(shape, strides)) {
    const [begin, end] = [offset * bytes, (offset + count) * bytes];
    const whole =
      begin === 0 && end === storage.length && storage.length === storage.buffer.byteLength;
    return whole ? storage.buffer : storage.slice(begin, end).buffer;
  }
  return gathered(storage, bytes, tensor);
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return shape.includes(0);
    step *= shape[axis] as number;
  }
  return true;
}
