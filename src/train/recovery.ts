import { DeviceLostError, ValueError } from "../core/errors.ts";
import { callback, count, natural, record, string } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import type { Engine } from "../scheduler/engine.ts";
import {
  checkRecoverable,
  lossSince,
  type RecoverDeviceOptions,
  recoverDevice,
} from "../tensor/recover_device.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import type { Stateful } from "./checkpoint_kinds.ts";
import { type DatabaseStore, transact } from "./database.ts";
import type { EpochReport, FitRecovery } from "./fit_options.ts";
import { engineOf } from "./kinds.ts";
import { putBack, UsedStorages } from "./recovery_memory.ts";
import { type Parts, partsOf, type Trained } from "./recovery_parts.ts";

/** Report that a training continues after the loss of its device. */
export interface RecoveryReport {
  /** The loss, and its cause. */
  readonly error: DeviceLostError;
  /** Number of completed steps from which it continues: later steps are run again. */
  readonly step: number;
  /** Number of consecutive losses without a checkpoint between them, from 1. */
  readonly attempt: number;
}

/** Options of `Recovery`. */
export interface RecoveryOptions extends RecoverDeviceOptions {
  /** Number of steps between two checkpoints in memory, counted from the loader's beginning. Default 100. */
  readonly checkpointEvery?: number;
  /** Number of consecutive losses, without a checkpoint between them, after which `fit` gives up. Default 3. */
  readonly tries?: number;
  /**
   * Other objects whose state the steps change, by names of your choice: the optimiser of your own `step`, a `GradScaler`,
   * tensors. Data sets and other tensors that are never written to are found automatically once a step has used them.
   */
  readonly keep?: Readonly<Record<string, Stateful | Tensor>>;
  /**
   * Also saves the checkpoints under this name in the browser's IndexedDB: after the page was reloaded or discarded, `fit`
   * continues from there. `Recovery.forget(name)` deletes them. Default: in memory only.
   */
  readonly persist?: string;
  /** Called when everything is restored, before the steps continue. Awaited. */
  readonly onRecover?: (report: RecoveryReport) => void | Promise<void>;
}

/** Results of `fit` so far. */
interface History {
  readonly losses: number[];
  readonly epochs: EpochReport[];
}

/**
 * Lets `fit` continue automatically when the GPU device is lost: it gets another device, restores everything from the last
 * checkpoint in memory and repeats the steps since then, with the same losses to the bit on the same adapter:
 *
 *     await fit({ model, optimizer, data, loss, epochs: 20, recover: new Recovery({ checkpointEvery: 50 }) });
 *
 * A checkpoint contains, as saved by `saveCheckpoint`, the states of model, optimiser, schedule, loader, average, early
 * stopping, losses of the epoch, gradients, random numbers and `keep`; the first one is made before the first step. While
 * it is read, steps wait. Host state that is in no `stateDict` is not restored. Callbacks are called once for each step or
 * epoch; one that threw because of the loss is called again. `validate`, `average` and a `schedule` function are called
 * again for repeated steps. Captured steps are recorded anew, with the current values of their constants.
 *
 * One object serves one `fit` at a time.
 */
export class Recovery implements FitRecovery {
  static readonly signature = /* @__PURE__ */ signature("Recovery", {
    options: options<RecoveryOptions>({
      ...{ checkpointEvery: count, tries: natural, keep: record, persist: string },
      ...{ onRecover: callback, device: callback },
    }),
  });

  /** The last checkpoint, for `loadCheckpoint` and `readCheckpoint`; undefined before the first. */
  checkpoint: ArrayBuffer | undefined;
  /** Number of completed steps when it was taken. */
  step = 0;
  /** Number of losses of the device so far. */
  losses = 0;
  readonly #options: RecoveryOptions;
  readonly #every: number;
  readonly #tries: number;
  #engine!: Engine;
  #parts: Parts = {};
  #used!: UsedStorages;
  #history!: History;
  /** Lengths of the history at the checkpoint. */
  #told = { losses: 0, epochs: 0 };
  /** The device that the training was last restored to. */
  #device: GPUDevice | undefined;
  #attempt = 0;
  /** Number of completed steps when `fit` was called. */
  #first = 0;
  #running = false;

  constructor(given: RecoveryOptions = {}) {
    checkArguments(Recovery.signature, arguments);
    this.#options = given;
    this.#every = given.checkpointEvery ?? 100;
    this.#tries = given.tries ?? 3;
  }

  /** Deletes the checkpoints of `persist` under this name. Rejects with `ValueError` without IndexedDB, and `DatabaseError`. */
  static async forget(name: string): Promise<void> {
    checkArguments(forgotten, [name]);
    await transact("Recovery.forget", PLACE, "readwrite", (all) => all.delete(name));
  }

  /** Called by `fit`: calls `train`, which runs the steps, again after each loss of the device. */
  async run(given: Trained, history: History, train: () => Promise<number>): Promise<void> {
    if (this.#running) {
      throw new ValueError(
        "fit: expected a Recovery that no other fit uses, got one in use; make one for each",
      );
    }
    this.#running = true;
    try {
      await this.#begin(given, history);
      this.#engine.gpu.watch = this.#used.note;
      let lost: DeviceLostError | undefined;
      do lost = await this.#attemptTo(train, lost);
      while (lost);
    } finally {
      this.#running = false;
      this.#engine.gpu.watch = undefined;
    }
  }

  /** Called by `fit` when a step is queued; `settle` waits for all of them. */
  async stepped(step: number, settle: () => Promise<void>): Promise<void> {
    // after the first step it is known what else the steps use
    if (step % this.#every !== 0 && step !== this.#first + 1) return;
    await settle();
    await this.#save(step);
  }

  async #begin(given: Trained, history: History): Promise<void> {
    const engine = engineOf(given.model);
    const { device, keep = {}, persist } = this.#options;
    this.#engine = engine;
    checkRecoverable("fit", engine, device !== undefined);
    this.#device = engine.gpu.device;
    this.#history = history;
    this.#parts = partsOf(given, keep);
    this.#used = new UsedStorages(engine);
    this.#attempt = 0;
    if (persist !== undefined) await this.#resume(persist);
    const { epoch, position, batchesPerEpoch } = given.data;
    this.#first = epoch * batchesPerEpoch + position;
    await engine.flush(); // uploads all that waits to the GPU
    this.#used.noteDataset(given.data);
    await this.#save(this.#first);
  }

  /** Continues a training from another page's checkpoint. */
  async #resume(name: string): Promise<void> {
    const file = await transact("fit", PLACE, "readonly", (all) => all.get(name));
    if (isA(file, "ArrayBuffer")) await loadCheckpoint(file, this.#parts);
  }

  /** Runs the remaining steps. Returns the loss that ended them, if another try is due. */
  async #attemptTo(
    train: () => Promise<number>,
    lost: DeviceLostError | undefined,
  ): Promise<DeviceLostError | undefined> {
    try {
      if (lost) await this.#putBack(lost);
      const step = await train();
      if (this.#options.persist !== undefined && step !== this.step) await this.#save(step);
      return undefined;
    } catch (error) {
      const loss = await lossSince(this.#engine, this.#device, error);
      if (!loss) throw error;
      this.losses++;
      if (++this.#attempt > this.#tries) throw this.#exhausted(loss);
      return loss;
    }
  }

  async #save(step: number): Promise<void> {
    const file = await saveCheckpoint(this.#parts);
    await this.#used.copy();
    this.checkpoint = file;
    this.step = step;
    const { losses, epochs } = this.#history;
    this.#told = { losses: losses.length, epochs: epochs.length };
    const { persist } = this.#options;
    if (persist !== undefined) {
      await transact("fit", PLACE, "readwrite", (all) => all.put(file, persist));
    }
    this.#attempt = 0;
  }

  async #putBack(error: DeviceLostError): Promise<void> {
    const { device, onRecover } = this.#options;
    const engine = this.#engine;
    await recoverDevice(engine, device ? { device } : {});
    await putBack(engine, this.checkpoint as ArrayBuffer, this.#parts, this.#used);
    await engine.flush();
    this.#device = engine.gpu.device;
    this.#history.losses.length = this.#told.losses;
    this.#history.epochs.length = this.#told.epochs;
    await onRecover?.({ error, step: this.step, attempt: this.#attempt });
  }

  #exhausted(cause: DeviceLostError): DeviceLostError {
    const { persist } = this.#options;
    const kept = persist === undefined ? "" : ` and in IndexedDB as '${persist}'`;
    return new DeviceLostError(
      `fit: expected at most ${this.#tries} losses of the GPU device after step ${this.step}, got ${this.#attempt}; the ` +
        `training as of step ${this.step} is in the checkpoint of the Recovery${kept}: await init(), build it anew and ` +
        "load that with loadCheckpoint()",
      { cause },
    );
  }
}

const forgotten = /* @__PURE__ */ signature("Recovery.forget", { name: string });

const PLACE: DatabaseStore = {
  ...{ name: "wgrad-trainings", store: "checkpoints" },
  instead: "leave persist out",
  refused: "free some space, or leave persist out",
};
