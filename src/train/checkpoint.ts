import { callBack } from "../core/caller.ts";
import { crc32 } from "../core/crc32.ts";
import { ValueError, WgradError } from "../core/errors.ts";
import { type Kind, optional, record } from "../core/kinds.ts";
import { checked, checkedAsync, describe } from "../core/signature.ts";
import { decodeSafetensors, encodeSafetensors, headerBytes } from "../io/safetensors.ts";
import { type RandomState, randomState, setRandomState } from "../ops/random/random.ts";
import { checkedContents } from "./checkpoint_contents.ts";
import { packState, type State, unpackState } from "./state_tree.ts";

/** What can be asked for its state and given it back: models, optimisers, schedules, loaders, your own. */
export interface Stateful {
  /** Its whole state: plain data and typed arrays, or a promise of it. */
  stateDict(): unknown;
  /** Throws, and changes nothing, if the state is not its own. */
  loadStateDict(state: never): unknown;
}

/** By names of your choice, what has a state, and plain data: numbers, text, lists, objects, typed arrays. */
export type CheckpointParts = Readonly<Record<string, object | State | undefined>>;

/** The contents of a checkpoint. */
export interface Checkpoint {
  /** States and plain data, by the names they were saved under. */
  readonly contents: Readonly<Record<string, State>>;
  /** Which of these are states. */
  readonly parts: readonly string[];
  /** Where the random sequence stood when it was saved. */
  readonly random: RandomState;
}

/** A file that is no whole checkpoint, or not of what it is loaded into. Nothing was loaded. */
export class CheckpointError extends WgradError {
  override name = "CheckpointError";
}

const fileKind: Kind = {
  expected: "an ArrayBuffer",
  advice: "pass what saveCheckpoint() gave: await response.arrayBuffer(), or bytes.buffer",
  accepts: (value) => Object.prototype.toString.call(value) === "[object ArrayBuffer]",
};

const partsKind: Kind = {
  ...record,
  check: (value, who) => {
    for (const [name, part] of Object.entries(value as object)) {
      if (part === undefined || isStateful(part)) continue;
      throw new ValueError(
        `${who}: expected something with stateDict() and loadStateDict() as ${name}, got ${describe(part)}; plain data ` +
          "is in what loadCheckpoint() resolves to",
      );
    }
  },
};

const FORMAT = "wgrad checkpoint";
const VERSION = "1";
const UNCHECKED = '"crc32":"--------"';

/**
 * Everything a training needs to go on with the same bits, as one file: the states of what you name, plain data, and
 * where random numbers stand: `saveCheckpoint({ model, optimizer, schedule, data, step })`. All states are those of the
 * moment of the call. Throws `ValueError` for values that are no plain data.
 *
 * Layout: a safetensors file (see src/io/safetensors.ts; other tools can read its tensors, named `model.conv1.weight`).
 * Its `__metadata__` has `format`, `version`, `parts` (names of the states), `random`, `state` (JSON: all the rest, with
 * references to the tensors) and `crc32` (ISO 3309, in hexadecimal): the sum of the file with eight dashes in its place.
 */
export const saveCheckpoint = /* @__PURE__ */ checkedAsync(
  "saveCheckpoint",
  { contents: record },
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
 * Reads a checkpoint without loading it into anything. Throws `CheckpointError` that says what is wrong with a file that
 * is cut, damaged, or something else.
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
 * Gives every part the state saved under its name, sets random numbers where they stood, and resolves to all that was
 * saved: plain data and the states that no part asked for included. Throws `CheckpointError` if the file is damaged, has
 * no such state, or a part refuses it (`cause` says why): then everything is as it was.
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
    for (const i of loaded) {
      const back = await putBack(wanted[i]?.part, before[i]);
      // the last one refused its state, and has changed nothing if it keeps its word
      if (!back && i !== loaded.at(-1)) lost.push(wanted[i]?.name ?? "");
    }
    if (lost.length === 0) throw error;
    refuse(`${(error as Error).message}; ${lost.join(", ")} refused the own state as well`, error);
  }
  return contents;
}

/** False if the part refuses what it gave before. */
async function putBack(part: Stateful | undefined, state: unknown): Promise<boolean> {
  try {
    await part?.loadStateDict(state as never);
    return true;
  } catch {
    return false;
  }
}

function isStateful(value: unknown): value is Stateful {
  return (
    typeof value === "object" &&
    value !== null &&
    "stateDict" in value &&
    typeof value.stateDict === "function" &&
    "loadStateDict" in value
  );
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
  if (at === undefined) refuse("it has no sum to check it by; the file is damaged");
  const place = new Uint8Array(copy, at, 8);
  const saved = new TextDecoder().decode(place);
  place.fill("-".charCodeAt(0));
  const sum = crc32(new Uint8Array(copy)).toString(16).padStart(8, "0");
  if (sum !== saved) {
    refuse(`its bytes sum to ${sum}, expected ${saved}; the file is damaged, load an older one`);
  }
}

/** Byte offset of the sum's eight digits. The metadata come first, so a tensor's name cannot be mistaken for it. */
function sumPlace(file: ArrayBuffer): number | undefined {
  const text = new TextDecoder().decode(headerBytes(file).bytes);
  const key = UNCHECKED.slice(0, UNCHECKED.indexOf("-"));
  const at = text.indexOf(key);
  return at < 0 ? undefined : 8 + at + key.length; // all before it is ASCII
}

function parse<R>(what: string, read: () => R): R {
  try {
    return read();
  } catch (error) {
    return refuse(`${what} cannot be read: ${(error as Error).message}`, error);
  }
}

async function parseAsync(what: string, load: () => unknown): Promise<void> {
  try {
    await load();
  } catch (error) {
    // not checked so far: the state of something else, or of a file that was made by hand
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
