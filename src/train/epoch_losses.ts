import { ValueError } from "../core/errors.ts";
import { type Kind, natural, required } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import type { LoaderPlace } from "../data/loader_options.ts";

/** State of the current epoch in `fit`: plain data. */
export interface EpochLossesState {
  /** Losses of the steps of the current epoch, in order. */
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
 * The losses of the current epoch: the only state of `fit` itself. A training that resumes within an epoch, or before the
 * end of one was processed, then observes the same mean as one that was never interrupted. Pass the same object to `fit`
 * and to `saveCheckpoint`:
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

  /** Number of steps of the current epoch. */
  get count(): number {
    return this.#losses.length;
  }

  /** Adds a step; its loss may still be read. */
  add(loss: Promise<number>): void {
    this.#losses.push(loss);
  }

  /** Waits for the losses of all steps, and returns their mean. */
  async mean(): Promise<number> {
    const losses = await Promise.all(this.#losses);
    return losses.reduce((sum, each) => sum + each, 0) / losses.length;
  }

  /** Removes the losses of the last steps, which have not run. */
  forget(steps: number): void {
    checkArguments(forgotten, arguments);
    this.#losses.length = Math.max(0, this.#losses.length - steps);
  }

  /** Begins a new epoch. */
  reset(): void {
    this.#losses = [];
  }

  /** Waits for the losses of all steps queued so far. */
  async stateDict(): Promise<EpochLossesState> {
    return { losses: await Promise.all(this.#losses) };
  }

  /** Restores a state of `stateDict()`. Throws `ValueError` for any other argument. */
  loadStateDict(state: EpochLossesState): void {
    checkArguments(saved, arguments);
    this.#losses = state.losses.map((loss) => Promise.resolve(loss));
  }
}

/**
 * Whether an epoch has ended whose end was not processed. Throws `ValueError` for losses that do not fit the loader's
 * position.
 */
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
