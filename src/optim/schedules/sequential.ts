import { ValueError } from "../../core/errors.ts";
import { type Kind, list, number, required } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { optimizerKind } from "../kinds.ts";
import {
  checkScheduleState,
  Schedule,
  type Scheduled,
  type ScheduleState,
  type Setting,
} from "./schedule.ts";

/** Options of `SequentialLR`. */
export interface SequentialOptions {
  /** Schedules of the same optimiser, one or more, in the order in which they run. */
  readonly schedulers: readonly Schedule[];
  /** The step at which each schedule except the first begins, in ascending order. */
  readonly milestones: readonly number[];
}

const schedule: Kind = {
  expected: "a schedule",
  accepts: (value) => value instanceof Schedule,
};

/** Base of the schedules that consist of others of the same optimiser, whose states are a part of its own. */
abstract class CombinedSchedule extends Schedule {
  readonly #schedulers: readonly Schedule[];

  constructor(
    optimizer: Scheduled,
    schedulers: readonly Schedule[],
    rule: (base: number, step: number, group: number) => Setting,
  ) {
    super(optimizer, rule);
    this.#schedulers = schedulers;
  }

  /** State for `loadStateDict`, including the states of its schedules: plain data. */
  override stateDict(): ScheduleState {
    return { ...super.stateDict(), schedules: this.#schedulers.map((each) => each.stateDict()) };
  }

  override loadStateDict(state: ScheduleState): void {
    checkScheduleState(state);
    const { schedules = [] } = state;
    if (schedules.length !== this.#schedulers.length) {
      throw new ValueError(
        `loadStateDict: expected the states of ${this.#schedulers.length} schedules, got ${schedules.length}; ` +
          "build the schedule as it was",
      );
    }
    this.#schedulers.forEach((each, i) => {
      each.loadStateDict(schedules[i] as ScheduleState);
    });
    super.loadStateDict(state);
  }
}

/**
 * Runs schedules one after the other, each counting its own steps from 0: for example a warm-up, then a cosine. Make all of
 * them for the same optimiser; each starts from the rate before any schedule. Throws `ValueError`.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { ConstantLR, ExponentialLR, SequentialLR, SGD } from "wgrad/optim";
 * const optimizer = new SGD([parameter(tensor([1]))], { lr: 1 });
 * const schedulers = [
 *   new ConstantLR(optimizer, { factor: 0.1, totalIters: 2 }),
 *   new ExponentialLR(optimizer, { gamma: 0.5 }),
 * ];
 * const schedule = new SequentialLR(optimizer, { schedulers, milestones: [2] });
 * const rates: number[] = [];
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(optimizer.lr);
 *   schedule.step();
 * }
 * console.log(rates); // [0.1, 0.1, 1, 0.5]
 * ```
 */
export class SequentialLR extends CombinedSchedule {
  static readonly signature = /* @__PURE__ */ signature("SequentialLR", {
    optimizer: optimizerKind,
    options: options<SequentialOptions>({
      schedulers: required(list(schedule)),
      milestones: required(list(number)),
    }),
  });

  constructor(optimizer: Scheduled, given: SequentialOptions) {
    checkArguments(SequentialLR.signature, arguments);
    const { schedulers, milestones } = given;
    const rising = milestones.every((step, i) => step > (milestones[i - 1] ?? 0));
    if (schedulers.length === 0 || milestones.length !== schedulers.length - 1 || !rising) {
      throw new ValueError(
        `SequentialLR: expected rising milestones > 0, one fewer than schedules, got [${milestones.join(", ")}] for ` +
          `${schedulers.length}; give the step at which each but the first takes over`,
      );
    }
    super(optimizer, schedulers, (_, t, group) => {
      const which = milestones.filter((milestone) => milestone <= t).length;
      const schedule = schedulers[which] as Schedule;
      return schedule.setting(t - (milestones[which - 1] ?? 0), group);
    });
  }
}

/** Options of `ChainedScheduler`. */
export interface ChainedOptions {
  /** Schedules of the same optimiser, one or more. */
  readonly schedulers: readonly Schedule[];
}

/**
 * Runs schedules at the same time: the base rate times the factor of each, lr = base · Π (lrᵢ / base), as if PyTorch's
 * schedules stepped in turns. Make all of them for the same optimiser. A momentum is that of the last that sets one. Throws
 * `ValueError`.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { ChainedScheduler, ExponentialLR, LinearLR, SGD } from "wgrad/optim";
 * const optimizer = new SGD([parameter(tensor([1]))], { lr: 1 });
 * const warmUp = new LinearLR(optimizer, { startFactor: 0.25, totalIters: 3 });
 * const decay = new ExponentialLR(optimizer, { gamma: 0.5 });
 * const schedule = new ChainedScheduler(optimizer, { schedulers: [warmUp, decay] });
 * const rates: number[] = [];
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(optimizer.lr);
 *   schedule.step();
 * }
 * console.log(rates); // [0.25, 0.25, 0.1875, 0.125]
 * ```
 */
export class ChainedScheduler extends CombinedSchedule {
  static readonly signature = /* @__PURE__ */ signature("ChainedScheduler", {
    optimizer: optimizerKind,
    options: options<ChainedOptions>({ schedulers: required(list(schedule)) }),
  });

  constructor(optimizer: Scheduled, given: ChainedOptions) {
    checkArguments(ChainedScheduler.signature, arguments);
    const { schedulers } = given;
    if (schedulers.length === 0) {
      throw new ValueError(
        "ChainedScheduler: expected one schedule at least, got none; pass { schedulers: [warmUp, decay] }",
      );
    }
    super(optimizer, schedulers, (base, t, group) => {
      const settings = schedulers.map((each) => each.setting(t, group));
      const lr = settings.reduce(
        (rate, setting) => rate * (base === 0 ? 0 : setting.lr / base),
        base,
      );
      const momentum = settings.findLast((setting) => setting.momentum !== undefined)?.momentum;
      return momentum === undefined ? { lr } : { lr, momentum };
    });
  }
}
