import { ValueError } from "../../core/errors.ts";
import { type Kind, list, number, record, required } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";

/** An optimiser, as far as schedules change it. A scheduled momentum is written to `betas[0]` if the group has betas. */
export interface Scheduled {
  /** Parameter groups with the options that a schedule may set. */
  readonly groups: readonly {
    lr: number;
    momentum?: number | undefined;
    betas?: readonly [number, number] | undefined;
  }[];
}

/** Values of a group at some step. */
export interface Setting {
  /** The learning rate. */
  readonly lr: number;
  /** The momentum, if the schedule sets it. */
  readonly momentum?: number;
}

/** State of a schedule, without its options: plain data. */
export interface ScheduleState {
  /** Steps taken. */
  readonly steps: number;
  /** Learning rate of each group before any schedule. */
  readonly baseLrs: readonly number[];
  /** States of the schedules of a SequentialLR or ChainedScheduler. */
  readonly schedules?: readonly ScheduleState[];
}

type ScheduledGroup = Scheduled["groups"][number];

/** Base and scheduled rate of each group, so that another schedule starts from the rate before all schedules, as in PyTorch. */
const scheduled = new WeakMap<ScheduledGroup, { readonly base: number; readonly last: number }>();

function baseOf(group: ScheduledGroup): number {
  const known = scheduled.get(group);
  return known && known.last === group.lr ? known.base : group.lr;
}

/**
 * Base of the learning-rate schedules. After `step()`, called once per epoch or once per batch, every group has the rate
 * that a closed formula gives for the number of steps. The constructor sets the rate of step 0. Options are not part of the
 * state.
 */
export abstract class Schedule {
  readonly #groups: Scheduled["groups"];
  readonly #rule: (base: number, step: number, group: number) => Setting;
  #baseLrs: readonly number[];
  /** What it has set the groups to. */
  #set: readonly number[] = [];
  #steps = 0;

  constructor({ groups }: Scheduled, rule: (base: number, step: number, group: number) => Setting) {
    this.#groups = groups;
    this.#rule = rule;
    this.#baseLrs = groups.map(baseOf);
    this.at(0);
  }

  /** Steps taken. */
  get steps(): number {
    return this.#steps;
  }

  /** Current learning rates of the groups. */
  get lrs(): number[] {
    return this.#groups.map(({ lr }) => lr);
  }

  /** Advances by one step. Throws `ValueError` if another schedule, or you, changed a rate that it has set. */
  step(): void {
    const set = this.#set;
    if (this.lrs.join() !== set.join()) {
      throw new ValueError(
        `schedule: expected the rates [${set}] that it has set, got [${this.lrs}], which step() would overwrite; put ` +
          "schedules into ChainedScheduler or SequentialLR, and make one anew after a rate set by hand",
      );
    }
    this.at(this.#steps + 1);
  }

  /** Sets any step; fractions are allowed if the formula is defined for them. */
  at(step: number): void {
    if (!(step >= 0 && step < Infinity)) {
      throw new ValueError(`schedule: expected a step ≥ 0, got ${step}; count from 0`);
    }
    const settings = this.#groups.map((_, i) => this.setting(step, i));
    this.#groups.forEach((group, i) => {
      const { lr, momentum } = settings[i] as Setting;
      scheduled.set(group, { base: this.#baseLrs[i] as number, last: lr });
      group.lr = lr;
      if (momentum === undefined) return;
      if (group.betas) group.betas = [momentum, group.betas[1]];
      else group.momentum = momentum;
    });
    this.#set = this.lrs;
    this.#steps = step;
  }

  /** Values of a group at a step; changes nothing. */
  setting(step: number, group: number): Setting {
    return this.#rule(this.#baseLrs[group] as number, step, group);
  }

  /** State for `loadStateDict`: plain data. */
  stateDict(): ScheduleState {
    return { steps: this.#steps, baseLrs: [...this.#baseLrs] };
  }

  /** Restores a state from `stateDict()`. Throws `ValueError` for a state with another number of groups. */
  loadStateDict(state: ScheduleState): void {
    checkScheduleState(state);
    const { steps, baseLrs } = state;
    if (baseLrs.length !== this.#groups.length || !(steps >= 0 && steps < Infinity)) {
      throw new ValueError(
        `loadStateDict: expected steps ≥ 0 and the rates of ${this.#groups.length} groups, got ${steps} and ` +
          `${baseLrs.length}; build the optimiser as it was`,
      );
    }
    this.#baseLrs = [...baseLrs];
    this.at(steps);
  }
}

/** A learning rate in a saved state that the optimiser accepts. */
export const savedRate: Kind = {
  expected: "a finite number ≥ 0",
  accepts: (value) => Number.isFinite(value) && (value as number) >= 0,
};

const saved = /* @__PURE__ */ options<ScheduleState>({
  steps: required(number),
  baseLrs: required(list(savedRate)),
  schedules: list(record),
});

/** Throws `ValueError` unless the state has a valid form. */
export function checkScheduleState(state: ScheduleState): void {
  checkArguments(signature("loadStateDict", { state: saved }), [state]);
}

/** Throws `ValueError` unless it is an integer ≥ 1. */
export function checkCount(who: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new ValueError(`${who}: expected ${name} an integer ≥ 1, got ${value}; round or raise it`);
}

/** Throws `ValueError` unless least ≤ value ≤ most. */
export function checkRange(
  who: string,
  name: string,
  value: number,
  least: number,
  most = Number.MAX_VALUE,
): void {
  if (value >= least && value <= most) return;
  const domain = most === Number.MAX_VALUE ? `a number ≥ ${least}` : `in [${least}, ${most}]`;
  throw new ValueError(`${who}: expected ${name} ${domain}, got ${value}; choose another`);
}

/** One value for all groups, or one for each. Throws `ValueError` for another number of values. */
export function forGroups<T>(
  who: string,
  name: string,
  value: T | readonly T[],
  { groups }: Scheduled,
): readonly T[] {
  if (!Array.isArray(value)) return groups.map(() => value as T);
  if (value.length === groups.length) return value;
  throw new ValueError(
    `${who}: expected ${name} for ${groups.length} groups, got ${value.length}; give one number for all of them`,
  );
}
