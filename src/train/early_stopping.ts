import { ValueError } from "../core/errors.ts";
import { boolean, either, nothing, number, record, required, string } from "../core/kinds.ts";
import { checkArguments, describe, options as optionsOf, signature } from "../core/signature.ts";
import type { AnyModule } from "../nn/module/module.ts";
import type { StateDict } from "../nn/module/state.ts";
import { ModelSnapshot } from "./snapshot.ts";

/** Options of `EarlyStopping`. */
export interface EarlyStoppingOptions {
  /** Number of consecutive observations without improvement after which training stops. Default 10. */
  readonly patience?: number;
  /** Minimum difference from the best value that counts as an improvement. Default 0: any difference. */
  readonly minDelta?: number;
  /** Whether smaller ("min", a loss) or larger ("max", an accuracy) is better. Default "min". */
  readonly mode?: "min" | "max";
  /** Whether the weights of the best observation are kept and restored at the end; `fit` does so. Default false. */
  readonly restoreBest?: boolean;
}

/** State of early stopping: plain data. */
export interface EarlyStoppingState {
  /** Whether smaller or larger is better. */
  readonly mode: "min" | "max";
  /** The best value; ±∞ before the first. */
  readonly best: number;
  /** Number of the best observation, from 1; 0 before the first. */
  readonly bestAt: number;
  /** Number of observed values. */
  readonly observations: number;
  /** The model at its best, if it is kept. */
  readonly weights: StateDict | null;
}

/**
 * Stops a training whose metric no longer improves (Prechelt, "Early stopping — but when?", 1998): after `patience`
 * consecutive observations that are not better than the best by more than `minDelta`. NaN never counts as better.
 *
 * @example
 * ```ts
 * import { EarlyStopping } from "wgrad/train";
 * const stopping = new EarlyStopping({ patience: 2, mode: "min" });
 * for (const loss of [1, 0.8, 0.9, 0.85]) {
 *   const better = stopping.observe(loss); // fit does it by itself: fit({ earlyStopping: stopping, … })
 *   console.log(better, stopping.stopped);
 * }
 * // true false
 * // true false
 * // false false
 * // false true
 * ```
 */
export class EarlyStopping {
  static readonly signature = /* @__PURE__ */ signature("EarlyStopping", {
    options: optionsOf<EarlyStoppingOptions>({
      patience: number,
      minDelta: number,
      mode: string,
      restoreBest: boolean,
    }),
  });

  /** Number of consecutive observations without improvement after which training stops. */
  readonly patience: number;
  /** Minimum difference from the best value that counts as an improvement. */
  readonly minDelta: number;
  /** Whether smaller ("min") or larger ("max") is better. */
  readonly mode: "min" | "max";
  /** Whether the weights of the best observation are kept. */
  readonly restoreBest: boolean;
  #best: number;
  #bestAt = 0;
  #observations = 0;
  /** Weights of the best observation, on the GPU; `#loaded` has them if they came from a checkpoint. */
  #kept: ModelSnapshot | undefined;
  #loaded: StateDict | null = null;

  /** Throws `ValueError`. */
  constructor(options: EarlyStoppingOptions = {}) {
    checkArguments(EarlyStopping.signature, arguments);
    const { patience = 10, minDelta = 0, mode = "min", restoreBest = false } = options;
    if (!(Number.isInteger(patience) && patience >= 1)) {
      throw new ValueError(
        `EarlyStopping: expected patience an integer ≥ 1, got ${patience}; it counts observations`,
      );
    }
    if (!(minDelta >= 0 && minDelta < Infinity)) {
      throw new ValueError(
        `EarlyStopping: expected a finite minDelta ≥ 0, got ${minDelta}; 0 counts every improvement`,
      );
    }
    checkMode(mode);
    this.patience = patience;
    this.minDelta = minDelta;
    this.mode = mode;
    this.restoreBest = restoreBest;
    this.#best = worst(mode);
  }

  /** The best value so far; ±∞ before the first. */
  get best(): number {
    return this.#best;
  }

  /** Number of the best observation, from 1; 0 before the first. */
  get bestAt(): number {
    return this.#bestAt;
  }

  /** True after `patience` observations without improvement. */
  get stopped(): boolean {
    return this.#observations - this.#bestAt >= this.patience;
  }

  /** Observes one more value; returns whether it is an improvement. With `restoreBest` the model is then copied. */
  observe(value: number, model?: AnyModule): boolean {
    if (typeof value !== "number") {
      throw new ValueError(
        `EarlyStopping: expected a number to observe, got ${describe(value)}; read the loss first: await loss.item()`,
      );
    }
    this.#observations++;
    const gain = this.mode === "min" ? this.#best - value : value - this.#best;
    if (!(gain > this.minDelta)) return false;
    this.#best = value;
    this.#bestAt = this.#observations;
    if (this.restoreBest && model) this.#keep(model);
    return true;
  }

  /** Restores the model to its best. Returns false, and changes nothing, if that was not kept. */
  restore(model: AnyModule): boolean {
    if (this.#kept) this.#kept.restore();
    else if (this.#loaded) model.loadStateDict(this.#loaded);
    return this.#kept !== undefined || this.#loaded !== null;
  }

  /** Resets all observations. */
  reset(): void {
    this.dispose();
    this.#best = worst(this.mode);
    this.#bestAt = 0;
    this.#observations = 0;
  }

  /** The observations, and the best weights if they are kept: plain data. */
  async stateDict(): Promise<EarlyStoppingState> {
    const { mode } = this;
    const seen = { mode, best: this.#best, bestAt: this.#bestAt, observations: this.#observations };
    return { ...seen, weights: (await this.#kept?.stateDict()) ?? this.#loaded };
  }

  /** Loads the state of another early stopping. Throws `ValueError` unless it fits; then nothing changes. */
  loadStateDict(state: EarlyStoppingState): void {
    checkArguments(saved, arguments);
    const { mode, best, bestAt, observations, weights } = state;
    if (mode !== this.mode) {
      throw new ValueError(
        `EarlyStopping: expected the state of mode "${this.mode}", got "${mode}"; use the same mode`,
      );
    }
    const whole = Number.isInteger(bestAt) && Number.isInteger(observations);
    if (!whole || bestAt < 0 || bestAt > observations) {
      throw new ValueError(
        `EarlyStopping: expected a number and 0 ≤ bestAt ≤ observations, got ${best}, ${bestAt} and ${observations}; ` +
          "the state is damaged",
      );
    }
    this.#best = best;
    this.#bestAt = bestAt;
    this.#observations = observations;
    this.dispose();
    this.#loaded = weights;
  }

  /** Frees its copy of the model. */
  dispose(): void {
    this.#kept?.dispose();
    this.#kept = undefined;
    this.#loaded = null;
  }

  #keep(model: AnyModule): void {
    if (this.#kept) this.#kept.take();
    else this.#kept = new ModelSnapshot(model);
    this.#loaded = null;
  }
}

const saved = /* @__PURE__ */ signature("loadStateDict", {
  state: optionsOf<EarlyStoppingState>({
    mode: required(string),
    best: required(number),
    bestAt: required(number),
    observations: required(number),
    weights: required(either(nothing, record)),
  }),
});

const worst = (mode: "min" | "max") => (mode === "min" ? Infinity : -Infinity);

function checkMode(mode: string): void {
  if (mode === "min" || mode === "max") return;
  throw new ValueError(
    `EarlyStopping: expected mode "min" or "max", got "${mode}"; "min" is for losses`,
  );
}
