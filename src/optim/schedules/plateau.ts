import { ValueError } from "../../core/errors.ts";
import { either, list, nothing, number, oneOf, required } from "../../core/kinds.ts";
import { checkArguments, describe, options, signature } from "../../core/signature.ts";
import { optimizerKind } from "../kinds.ts";
import { checkRange, forGroups, type Scheduled, savedRate } from "./schedule.ts";

/** Options of `ReduceLROnPlateau`. */
export interface PlateauOptions {
  /** Whether a better metric is smaller (default) or greater. */
  readonly mode?: "min" | "max";
  /** Factor of each reduction; below 1, default 0.1. */
  readonly factor?: number;
  /** Number of steps without improvement before a reduction; default 10. */
  readonly patience?: number;
  /** Minimum improvement that counts, relative to the best metric ("rel", default) or absolute ("abs"); default 1e-4. */
  readonly threshold?: number;
  /** Whether `threshold` is relative to the best metric ("rel", default) or an absolute difference ("abs"). */
  readonly thresholdMode?: "rel" | "abs";
  /** Steps after a reduction during which bad steps are not counted; default 0. */
  readonly cooldown?: number;
  /** Lower bound of the rate, for all groups or for each; default 0. */
  readonly minLr?: number | readonly number[];
  /** Minimum change of the rate: smaller reductions are skipped; default 1e-8. */
  readonly eps?: number;
}

/** State of a `ReduceLROnPlateau`: plain data. */
export interface PlateauState {
  /** Best metric so far; null before the first. */
  readonly best: number | null;
  /** Consecutive steps without improvement. */
  readonly badSteps: number;
  /** Remaining steps of the cool-down. */
  readonly cooldown: number;
  /** Learning rate of each group. */
  readonly lrs: readonly number[];
}

/**
 * Reduces the rates when a metric stops improving, as torch's ReduceLROnPlateau; call `step(metric)` once per epoch.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { ReduceLROnPlateau, SGD } from "wgrad/optim";
 * const optimizer = new SGD([parameter(tensor([1]))], { lr: 0.1 });
 * const schedule = new ReduceLROnPlateau(optimizer, { patience: 1 });
 * for (const loss of [1, 0.9, 0.9, 0.9]) schedule.step(loss); // two epochs without progress
 * console.log(optimizer.lr); // 0.01
 * ```
 */
export class ReduceLROnPlateau {
  static readonly signature = /* @__PURE__ */ signature("ReduceLROnPlateau", {
    optimizer: optimizerKind,
    options: options<PlateauOptions>({
      mode: oneOf("min", "max"),
      factor: number,
      patience: number,
      threshold: number,
      thresholdMode: oneOf("rel", "abs"),
      cooldown: number,
      minLr: either(number, list(number)),
      eps: number,
    }),
  });

  readonly #groups: Scheduled["groups"];
  readonly #options: Required<PlateauOptions>;
  readonly #least: readonly number[];
  #best: number | null = null;
  #badSteps = 0;
  #cooldown = 0;

  constructor(optimizer: Scheduled, given: PlateauOptions = {}) {
    checkArguments(ReduceLROnPlateau.signature, arguments);
    this.#options = {
      ...{ mode: "min", factor: 0.1, patience: 10, threshold: 1e-4, thresholdMode: "rel" },
      ...{ cooldown: 0, minLr: 0, eps: 1e-8 },
      ...given,
    };
    const { factor, patience, threshold, cooldown, minLr, eps } = this.#options;
    if (!(factor >= 0 && factor < 1)) {
      throw new ValueError(
        `ReduceLROnPlateau: expected factor in [0, 1), got ${factor}; 0.1 is the default`,
      );
    }
    for (const [name, value] of Object.entries({ patience, threshold, cooldown, eps })) {
      checkRange("ReduceLROnPlateau", name, value, 0);
    }
    this.#least = forGroups("ReduceLROnPlateau", "minLr", minLr, optimizer);
    this.#groups = optimizer.groups;
  }

  /** Current learning rates of the groups. */
  get lrs(): number[] {
    return this.#groups.map(({ lr }) => lr);
  }

  /** Processes the metric of an epoch; NaN never counts as better. Throws `ValueError` without a metric. */
  step(metric: number): void {
    if (typeof metric !== "number") {
      throw new ValueError(
        `ReduceLROnPlateau: expected a number as metric, got ${describe(metric)}; read the loss and pass it to step()`,
      );
    }
    if (this.#better(metric)) {
      this.#best = metric;
      this.#badSteps = 0;
    } else {
      this.#badSteps++;
    }
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#badSteps = 0;
    }
    if (this.#badSteps <= this.#options.patience) return;
    this.#reduce();
    this.#cooldown = this.#options.cooldown;
    this.#badSteps = 0;
  }

  /** State for `loadStateDict`: plain data. */
  stateDict(): PlateauState {
    const { lrs } = this;
    return { best: this.#best, badSteps: this.#badSteps, cooldown: this.#cooldown, lrs };
  }

  /** Restores a state from `stateDict()`. Throws `ValueError` for a state with another number of groups. */
  loadStateDict(state: PlateauState): void {
    checkArguments(saved, arguments);
    const { best, badSteps, cooldown, lrs } = state;
    checkRange("loadStateDict", "badSteps", badSteps, 0);
    checkRange("loadStateDict", "cooldown", cooldown, 0);
    const rates = forGroups("loadStateDict", "lrs", lrs, { groups: this.#groups });
    this.#groups.forEach((group, i) => {
      group.lr = rates[i] as number;
    });
    this.#best = best;
    this.#badSteps = badSteps;
    this.#cooldown = cooldown;
  }

  #better(metric: number): boolean {
    if (this.#best === null) return !Number.isNaN(metric);
    const { mode, threshold, thresholdMode } = this.#options;
    const sign = mode === "min" ? -1 : 1;
    const bar =
      thresholdMode === "rel" ? this.#best * (1 + sign * threshold) : this.#best + sign * threshold;
    return mode === "min" ? metric < bar : metric > bar;
  }

  #reduce(): void {
    const { factor, eps } = this.#options;
    this.#groups.forEach((group, i) => {
      const lr = Math.max(group.lr * factor, this.#least[i] as number);
      if (group.lr - lr > eps) group.lr = lr;
    });
  }
}

const saved = /* @__PURE__ */ signature("loadStateDict", {
  state: options<PlateauState>({
    best: either(number, nothing),
    badSteps: required(number),
    cooldown: required(number),
    lrs: required(list(savedRate)),
  }),
});
