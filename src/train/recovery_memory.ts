import { callAs } from "../core/caller.ts";
import { setRandomState } from "../ops/random/random.ts";
import type { Engine } from "../scheduler/engine.ts";
import type { Storage } from "../scheduler/storage.ts";
import { isTensor } from "../tensor/kinds.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { Parts } from "./recovery_parts.ts";

/** A queued command, with only the fields that are read here. */
interface Queued {
  readonly kind: string;
  readonly storages: readonly object[];
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const rootsOf = ({ storages }: Queued) => storages.map((each) => (each as Storage).root);

/**
 * Storages that the steps of a training use but that belong to none of its parts: data sets on the GPU, constants. They are
 * found by observing the steps' commands, and copied to the host as long as nothing writes to them: changing storages must
 * belong to a part with a state.
 */
export class UsedStorages {
  readonly #engine: Engine;
  /** Storages with their versions when they were first seen. */
  readonly #seen = new Map<Storage, number>();
  readonly #copies = new Map<Storage, Uint32Array<ArrayBuffer>>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Notes the storages that a command uses and that existed before it. */
  readonly note = (command: Queued): void => {
    for (const root of rootsOf(command)) {
      if (!this.#seen.has(root) && root.buffer) this.#seen.set(root, root.version);
    }
  };

  /** Notes a tensor. */
  noteTensor({ storage }: Tensor): void {
    this.note({ kind: "", storages: [storage] });
  }

  /** Notes the tensors of a data set, and of the data sets that it consists of. */
  noteDataset(dataset: unknown): void {
    if (typeof dataset !== "object" || dataset === null) return;
    const { tensors, dataset: inner, datasets } = dataset as Readonly<Record<string, unknown>>;
    for (const each of list(tensors)) if (isTensor(each)) this.noteTensor(each);
    for (const each of [inner, ...list(datasets)]) this.noteDataset(each);
  }

  /** Copies new storages to the host, and drops those that were freed or have changed. */
  async copy(): Promise<void> {
    for (const [root, version] of this.#seen) {
      const stays = root.referenced && root.version === version && !root.foreign;
      if (stays && this.#copies.has(root)) continue;
      if (stays) this.#copies.set(root, new Uint32Array(await this.#engine.read(root)));
      else if (!root.referenced) this.#seen.delete(root);
      if (!stays) this.#copies.delete(root);
    }
  }

  /** Writes the copies to the new device, for storages that nothing has changed since. */
  putBack(): void {
    for (const [root, data] of this.#copies) {
      const same = root.referenced && root.version === this.#seen.get(root);
      if (same && root.failure) this.#engine.write(root, data);
    }
    for (const root of this.#copies.keys()) this.#seen.set(root, root.version + 1); // the write increments the version
  }
}

/** Gives a storage that the host overwrites a new buffer in place of the lost one. */
const revive = ({ kind, storages }: Queued): void => {
  const root = (storages.at(-1) as Storage | undefined)?.root;
  if (root?.failure && (kind === "upload" || kind === "copy")) root.failure = undefined;
};

/** Runs `work` for `caller`; storages that were lost with another device may be written to in it. */
export function overwriting<R>({ gpu }: Engine, caller: string, work: () => R): R {
  const { watch } = gpu;
  gpu.watch = revive;
  try {
    return callAs(caller, work);
  } finally {
    gpu.watch = watch;
  }
}

/** Restores all parts of a training and its random numbers on a device that has none of them. */
export async function putBack(
  engine: Engine,
  file: ArrayBuffer,
  parts: Parts,
  used: UsedStorages,
): Promise<void> {
  const { contents, random } = readCheckpoint(file);
  overwriting(engine, "fit", () => used.putBack());
  for (const [name, part] of Object.entries(parts)) {
    await overwriting(engine, "fit", () => part.loadStateDict(contents[name] as never));
  }
  setRandomState(random);
}
