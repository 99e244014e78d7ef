import { callBack } from "../core/caller.ts";
import { DeviceLostError } from "../core/errors.ts";
import { callback, list, natural } from "../core/kinds.ts";
import { checkedAsync, options } from "../core/signature.ts";
import { randomState, setRandomState } from "../ops/random/random.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import { engineKind, tensorKind } from "../tensor/kinds.ts";
import {
  checkRecoverable,
  lossSince,
  type RecoverDeviceOptions,
  recoverDevice,
} from "../tensor/recover_device.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { RecoveryReport } from "./recovery.ts";
import { overwriting, UsedStorages } from "./recovery_memory.ts";

/** Options of `withRecovery`. */
export interface WithRecoveryOptions extends RecoverDeviceOptions {
  /** Number of losses of the device after which it gives up. Default 3. */
  readonly tries?: number;
  /** Tensors that the work reads but does not write to: they are first copied to the host, and restored after a loss. */
  readonly keep?: readonly Tensor[];
  /** Called when another device is ready, before the work begins again. Awaited. */
  readonly onRecover?: (report: Omit<RecoveryReport, "step">) => void | Promise<void>;
  /** Engine with the device. Default: that of the last `init()`. */
  readonly engine?: Engine;
}

/**
 * Runs asynchronous work, and runs it again from its beginning on another device whenever the GPU device is lost: for fits
 * and predictions of estimators, which keep their data and parameters on the host:
 *
 *     const model = await withRecovery(() => new KMeans({ nClusters: 5 }).fit(X), { tries: 3 });
 *
 * The result is the same to the bit, as draws from the global random stream are repeated as well. Callbacks of the work are
 * called again. Tensors on the GPU that the work reads are lost unless they are named in `keep`. For the training of a
 * network use `Recovery`, which continues from a checkpoint.
 *
 * Rejects with the errors of the work, with `DeviceLostError` after `tries` losses or for a lost tensor that is not in
 * `keep`, and with the errors of `recoverDevice`.
 */
export const withRecovery = /* @__PURE__ */ checkedAsync(
  "withRecovery",
  {
    work: callback,
    options: /* @__PURE__ */ options<WithRecoveryOptions>({
      ...{ tries: natural, keep: /* @__PURE__ */ list(tensorKind), onRecover: callback },
      ...{ engine: engineKind, device: callback },
    }),
  },
  <R>(work: () => Promise<R>, given: WithRecoveryOptions = {}): Promise<R> => {
    const { engine = currentEngine(), device } = given;
    checkRecoverable("withRecovery", engine, device !== undefined);
    return new Attempts(engine, given).make(work);
  },
);

/** Runs work until it completes without a loss of the device. */
class Attempts {
  readonly #engine: Engine;
  readonly #options: WithRecoveryOptions;
  readonly #used: UsedStorages;
  readonly #random = randomState();
  /** Whether the kept tensors have been copied to the host. */
  #copied = false;
  /** The last loss of the device. */
  #loss: DeviceLostError | undefined;
  /** The device that the work runs on. */
  #device: GPUDevice | undefined;

  constructor(engine: Engine, given: WithRecoveryOptions) {
    this.#engine = engine;
    this.#options = given;
    this.#used = new UsedStorages(engine);
  }

  async make<R>(work: () => Promise<R>): Promise<R> {
    const { tries = 3 } = this.#options;
    const engine = this.#engine;
    this.#device = engine.gpu.device;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#prepare(attempt - 1);
        return await callBack(work);
      } catch (error) {
        this.#loss = await lossSince(engine, this.#device, error);
        if (!this.#loss) throw error;
        if (attempt > tries) throw exhausted(tries, this.#loss);
      }
    }
  }

  /** Ensures that there is a device, with the kept tensors on it. */
  async #prepare(attempt: number): Promise<void> {
    const { device, keep = [], onRecover } = this.#options;
    const engine = this.#engine;
    await recoverDevice(engine, device ? { device } : {}); // also if the device was lost before the work began
    this.#device = engine.gpu.device;
    if (this.#copied) overwriting(engine, "withRecovery", () => this.#used.putBack());
    await engine.flush();
    for (const each of this.#copied ? [] : keep) this.#used.noteTensor(each);
    if (!this.#copied) await this.#used.copy();
    this.#copied = true;
    if (!this.#loss) return;
    setRandomState(this.#random);
    await onRecover?.({ error: this.#loss, attempt });
  }
}

const exhausted = (tries: number, cause: DeviceLostError): DeviceLostError =>
  new DeviceLostError(
    `withRecovery: expected at most ${tries} losses of the GPU device, got ${tries + 1}; what the work had done is lost and what ` +
      "it was given is still there: call withRecovery() again with less work or more tries",
    { cause },
  );
