import { ValueError } from "../core/errors.ts";
import { type Kind, natural, required } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import type { LoaderPlace } from "../data/loader_options.ts";

/** What `fit` knows of the present epoch: plain data. */
export interface EpochLossesState {
  /** Of the steps of the present epoch, in order. */
  readonly losses: readonly number[];
}

const numbers: Kind = {
  expected: "an array of numbers",
  accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === "number"),
};

const saved = /* @__PURE__ */ signature("EpochLosses.loadStateDict", {
  state: options<EpochLossesState>({ losses: required(numbers) }),
});

const forgotten = /* @__PURE__ */ signature("EpochLosses.forget", { steps: natural });

/**
 * The losses of the present epoch: all that `fit` itself has to keep, so that a training that goes on within an epoch, or before
 * the end of one was looked at, observes the same mean as one that was never interrupted. Give the same to `fit` and to
 * `saveCheckpoint`:
 *
 *     const epochLosses = new EpochLosses();
 *     await fit({ model, optimizer, data, loss, epochs, earlyStopping, epochLosses });
 *     const file = await saveCheckpoint({ model, optimizer, data, earlyStopping, epochLosses });
 */
export class EpochLosses {
  static readonly signature = /* @__PURE__ */ signature("EpochLosses", {});

  #losses: Promise<number>[] = [];

  constructor() {
    checkArguments(EpochLosses.signature, arguments);
  }

  /** Steps of the present epoch. */
  get count(): number {
    return this.#losses.length;
  }

  /** One more step; its loss may be on its way. */
  add(loss: Promise<number>): void {
    this.#losses.push(loss);
  }

  /** Waits for the losses of all steps, and gives their mean. */
  async mean(): Promise<number> {
    const losses = await Promise.all(this.#losses);
    return losses.reduce((sum, each) => sum + each, 0) / losses.length;
  }

  /** Forgets the losses of the last steps, which have not run. */
  forget(steps: number): void {
    checkArguments(forgotten, arguments);
    this.#losses.length = Math.max(0, this.#losses.length - steps);
  }

  /** Begins another epoch. */
  reset(): void {
    this.#losses = [];
  }

  /** Waits for the losses of the steps that are queued by now. */
  async stateDict(): Promise<EpochLossesState> {
    return { losses: await Promise.all(this.#losses) };
  }

  /** Goes on where `stateDict()` was called. Throws `ValueError` for anything else. */
  loadStateDict(state: EpochLossesState): void {
    checkArguments(saved, arguments);
    this.#losses = state.losses.map((loss) => Promise.resolve(loss));
  }
}

/** Whether an epoch has ended whose losses have not been given. Throws `ValueError` for losses of another place than the loader's. */
export function isEndDue(
  { count }: EpochLosses,
  { epoch, position, batchesPerEpoch }: LoaderPlace & { readonly batchesPerEpoch: number },
): boolean {
  const due = position === 0 && epoch > 0 && count === batchesPerEpoch;
  if (count === 0 || count === position || due) return due;
  throw new ValueError(
    `fit: expected the losses of ${position} steps of this epoch, got ${count}; load those that were saved with the loader, or ` +
      "call epochLosses.reset()",
  );
}
