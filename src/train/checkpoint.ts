import { callBack } from "../core/caller.ts";
import { crc32 } from "../core/crc32.ts";
import { WgradError } from "../core/errors.ts";
import { optional } from "../core/kinds.ts";
import { checked, checkedAsync } from "../core/signature.ts";
import { decodeSafetensors, encodeSafetensors, headerBytes } from "../io/safetensors.ts";
import { type RandomState, randomState, setRandomState } from "../ops/random/random.ts";
import { checkedContents } from "./checkpoint_contents.ts";
import { fileKind, isStateful, partsKind, type Stateful } from "./checkpoint_kinds.ts";
import { packState, type State, savedKind, unpackState } from "./state_tree.ts";

/** Objects with a state, and plain data (numbers, text, lists, objects, typed arrays), by names of your choice. */
export type CheckpointParts = Readonly<Record<string, object | State | undefined>>;

/** The contents of a checkpoint. */
export interface Checkpoint {
  /** States and plain data, by the names under which they were saved. */
  readonly contents: Readonly<Record<string, State>>;
  /** Names of the contents that are states. */
  readonly parts: readonly string[];
  /** State of the random sequence when it was saved. */
  readonly random: RandomState;
}

/** The file is not a complete checkpoint, or does not fit the objects it is loaded into. Nothing was loaded. */
export class CheckpointError extends WgradError {
  override name = "CheckpointError";
}

const FORMAT = "wgrad checkpoint";
const VERSION = "1";
const UNCHECKED = '"crc32":"--------"';

/**
 * Saves everything that a training needs to continue with the same bits, as one file: states of the given objects, plain
 * data, and the state of random numbers: `saveCheckpoint({ model, optimizer, schedule, data, step })`. All states are as at
 * the time of the call. Throws `ValueError` for values that are not plain data.
 *
 * Layout: a safetensors file (see src/io/safetensors.ts; other tools can read its tensors, named `model.conv1.weight`). Its
 * `__metadata__` has `format`, `version`, `parts` (names of the states), `random`, `state` (JSON: all other contents, with
 * references to the tensors) and `crc32` (ISO 3309, in hexadecimal): the checksum of the file with eight dashes in place of
 * the checksum.
 *
 * @example
 * ```ts
 * import * as nn from "wgrad/nn";
 * import { loadCheckpoint, saveCheckpoint } from "wgrad/train";
 * const file = await saveCheckpoint({ model: new nn.Linear(2, 1), epoch: 3 });
 * console.log((await loadCheckpoint(file, { model: new nn.Linear(2, 1) })).epoch); // 3
 * ```
 */
export const saveCheckpoint = /* @__PURE__ */ checkedAsync(
  "saveCheckpoint",
  { contents: savedKind },
  (contents: CheckpointParts): Promise<ArrayBuffer> => callBack(() => save(contents)),
);

async function save(contents: CheckpointParts): Promise<ArrayBuffer> {
  const random = randomState();
  const given = Object.entries(contents).filter(([, value]) => value !== undefined);
  const parts = given.flatMap(([name, value]) => (isStateful(value) ? [name] : []));
  const states = await Promise.all(
    given.map(async ([name, value]) => [name, isStateful(value) ? await value.stateDict() : value]),
  );
  const { json, tensors } = packState(Object.fromEntries(states));
  const metadata = {
    ...{ format: FORMAT, version: VERSION, crc32: "--------" },
    ...{ parts: JSON.stringify(parts), random: JSON.stringify(random) },
    state: JSON.stringify(json),
  };
  return withSum({ tensors, metadata });
}

/**
 * Reads a checkpoint without loading it into objects. Throws `CheckpointError` that says whether the file is truncated,
 * damaged, or not a checkpoint.
 */
export const readCheckpoint = /* @__PURE__ */ checked(
  "readCheckpoint",
  { file: fileKind },
  (file: ArrayBuffer): Checkpoint => callBack(() => read(file)),
);

function read(file: ArrayBuffer): Checkpoint {
  const { tensors, metadata } = parse("the file", () => decodeSafetensors(file));
  const { format, version, parts = "", random = "", state = "" } = metadata;
  if (format !== FORMAT) {
    refuse(`its format is '${format ?? "unnamed"}', expected '${FORMAT}'; is it another file?`);
  }
  if (version !== VERSION) {
    refuse(`it has version ${version}, expected ${VERSION}; use the library that saved it`);
  }
  checkSum(file);
  return parse("its state", () => {
    const contents = unpackState({ json: JSON.parse(state), tensors });
    return checkedContents(contents, JSON.parse(parts), JSON.parse(random)) as Checkpoint;
  });
}

/**
 * Loads into every part the state saved under its name, restores the state of random numbers, and resolves to all contents,
 * including plain data and states without a part. Throws `CheckpointError` if the file is damaged, does not contain a
 * state, or a part refuses it (`cause` says why): then nothing has changed.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import * as nn from "wgrad/nn";
 * import { Adam } from "wgrad/optim";
 * import { loadCheckpoint, saveCheckpoint } from "wgrad/train";
 * const trained = new nn.Linear(2, 1);
 * const file = await saveCheckpoint({ model: trained, optimizer: new Adam(trained.parameters()), epoch: 3 });
 * const model = new nn.Linear(2, 1); // later: make the same objects, then load
 * const optimizer = new Adam(model.parameters());
 * const { epoch } = await loadCheckpoint(file, { model, optimizer });
 * const x = tensor([[1, 2]]);
 * console.log(epoch, (await model.forward(x).item()) === (await trained.forward(x).item())); // 3 true
 * ```
 */
export const loadCheckpoint = /* @__PURE__ */ checkedAsync(
  "loadCheckpoint",
  { file: fileKind, parts: optional(partsKind) },
  (
    file: ArrayBuffer,
    parts: Readonly<Record<string, Stateful | undefined>> = {},
  ): Promise<Checkpoint["contents"]> => callBack(() => load(file, parts)),
);

async function load(
  file: ArrayBuffer,
  parts: Readonly<Record<string, Stateful | undefined>>,
): Promise<Checkpoint["contents"]> {
  const { contents, parts: saved, random } = read(file);
  const wanted = Object.entries(parts).flatMap(([name, part]) =>
    part ? [{ name, part, state: contents[name] }] : [],
  );
  const missing = wanted.filter(({ name }) => !saved.includes(name)).map(({ name }) => name);
  if (missing.length > 0) {
    refuse(
      `it has no state of ${missing.join(", ")}, only of ${saved.join(", ") || "nothing"}; load what was saved`,
    );
  }
  const before = await Promise.all(wanted.map(({ part }) => part.stateDict()));
  const loaded: number[] = [];
  try {
    for (const [i, { name, part, state }] of wanted.entries()) {
      loaded.push(i);
      await parseAsync(`the state of ${name}`, () => part.loadStateDict(state as never));
    }
    parse("its random state", () => setRandomState(random));
  } catch (error) {
    const lost: string[] = [];
    for (const i of loaded.toReversed()) {
      const back = await putBack(wanted[i]?.part, before[i]);
      // the last part refused its state, and has changed nothing; schedules set the rates of optimisers before them
      if (!back && i !== loaded.at(-1)) lost.push(wanted[i]?.name ?? "");
    }
    if (lost.length === 0) throw error;
    refuse(
      `${(error as Error).message}; ${lost.join(", ")} could not be restored to its previous state either: make it anew`,
      error,
    );
  }
  return contents;
}

/** False if the part refuses its own previous state. */
async function putBack(part: Stateful | undefined, state: unknown): Promise<boolean> {
  try {
    await part?.loadStateDict(state as never);
    return true;
  } catch {
    return false;
  }
}

function withSum(file: Parameters<typeof encodeSafetensors>[0]): ArrayBuffer {
  const bytes = encodeSafetensors(file);
  const at = sumPlace(bytes) ?? 0;
  const sum = crc32(new Uint8Array(bytes)).toString(16).padStart(8, "0");
  new TextEncoder().encodeInto(sum, new Uint8Array(bytes, at, 8));
  return bytes;
}

function checkSum(file: ArrayBuffer): void {
  const copy = file.slice(0);
  const at = sumPlace(copy);
  if (at === undefined) refuse("it has no checksum; the file is damaged");
  const place = new Uint8Array(copy, at, 8);
  const saved = new TextDecoder().decode(place);
  place.fill("-".charCodeAt(0));
  const sum = crc32(new Uint8Array(copy)).toString(16).padStart(8, "0");
  if (sum !== saved) {
    refuse(`its checksum is ${sum}, expected ${saved}; the file is damaged, load an older one`);
  }
}

/** Byte offset of the checksum's eight digits. The metadata come first, so a tensor's name cannot be mistaken for it. */
function sumPlace(file: ArrayBuffer): number | undefined {
  const text = new TextDecoder().decode(headerBytes(file).bytes);
  const key = UNCHECKED.slice(0, UNCHECKED.indexOf("-"));
  const at = text.indexOf(key);
  return at < 0 ? undefined : 8 + at + key.length; // the file before it is ASCII
}

function parse<R>(what: string, read: () => R): R {
  try {
    return read();
  } catch (error) {
    const advice = error instanceof WgradError ? "" : "; the file is damaged, load an older one";
    return refuse(`${what} cannot be read: ${(error as Error).message}${advice}`, error);
  }
}

async function parseAsync(what: string, load: () => unknown): Promise<void> {
  try {
    await load();
  } catch (error) {
    const reason =
      error instanceof TypeError || error instanceof RangeError
        ? "it is not one that it saved; the file is damaged, or of another version"
        : (error as Error).message;
    refuse(`${what} does not fit: ${reason}`, error);
  }
}

function refuse(reason: string, cause?: unknown): never {
  throw new CheckpointError(`checkpoint: ${reason}`, { cause });
}
