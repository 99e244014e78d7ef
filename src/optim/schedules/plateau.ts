import { ValueError } from "../../core/errors.ts";
import { either, list, nothing, number, oneOf, required } from "../../core/kinds.ts";
import { checkArguments, describe, options, signature } from "../../core/signature.ts";
import { optimizerKind } from "../kinds.ts";
import { checkRange, forGroups, type Scheduled, savedRate } from "./schedule.ts";

/** Options of `ReduceLROnPlateau`. */
export interface PlateauOptions {
  /** Whether a better metric is smaller (default) or greater. */
  readonly mode?: "min" | "max";
  /** What the rates are multiplied by; below 1, default 0.1. */
  readonly factor?: number;
  /** Steps without improvement that are borne; default 10. */
  readonly patience?: number;
  /** How much better counts, as a share of the best ("rel", default) or by itself ("abs"); default 1e-4. */
  readonly threshold?: number;
  /** Whether `threshold` is a share of the best ("rel", default) or an absolute difference ("abs"). */
  readonly thresholdMode?: "rel" | "abs";
  /** Steps after a reduction in which nothing is counted; default 0. */
  readonly cooldown?: number;
  /** Never below this, for all groups or for each; default 0. */
  readonly minLr?: number | readonly number[];
  /** Smaller reductions are not made; default 1e-8. */
  readonly eps?: number;
}

/** JSON. */
export interface PlateauState {
  /** null before the first metric. */
  readonly best: number | null;
  /** Steps in a row without improvement. */
  readonly badSteps: number;
  /** Steps that are left of the cool-down. */
  readonly cooldown: number;
  /** Learning rate of each group. */
  readonly lrs: readonly number[];
}

/** Reduces the rates when a metric stops improving, as torch's ReduceLROnPlateau; `step(metric)` once an epoch. */
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
      throw new ValueError(`ReduceLROnPlateau: expected factor in [0, 1), got ${factor}`);
    }
    for (const [name, value] of Object.entries({ patience, threshold, cooldown, eps })) {
      checkRange("ReduceLROnPlateau", name, value, 0);
    }
    this.#least = forGroups("ReduceLROnPlateau", "minLr", minLr, optimizer);
    this.#groups = optimizer.groups;
  }

  /** The groups' learning rates now. */
  get lrs(): number[] {
    return this.#groups.map(({ lr }) => lr);
  }

  /** Takes the epoch's metric; NaN is never better. Throws `ValueError` without one. */
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

  /** What `loadStateDict` goes on from: plain data. */
  stateDict(): PlateauState {
    const { lrs } = this;
    return { best: this.#best, badSteps: this.#badSteps, cooldown: this.#cooldown, lrs };
  }

  /** Goes on where `stateDict()` was called. Throws `ValueError` for a state of other groups. */
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
