import { ValueError } from "../../core/errors.ts";
import { type Kind, list, number, record, required } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";

/** What a schedule changes. Every optimiser here is one; momentum goes to `betas[0]` where there are betas. */
export interface Scheduled {
  /** Parameter groups with what a schedule may set. */
  readonly groups: readonly {
    lr: number;
    momentum?: number | undefined;
    betas?: readonly [number, number] | undefined;
  }[];
}

/** A group's values after some steps. */
export interface Setting {
  /** The learning rate. */
  readonly lr: number;
  /** The momentum, where the schedule sets it. */
  readonly momentum?: number;
}

/** All a schedule knows besides its options: JSON. */
export interface ScheduleState {
  /** Steps taken. */
  readonly steps: number;
  /** Learning rate of each group before any schedule. */
  readonly baseLrs: readonly number[];
  /** Those of a SequentialLR. */
  readonly schedules?: readonly ScheduleState[];
}

type Group = Scheduled["groups"][number];

/** What schedules have made of a group: so that the next one starts from the rate before all of them, as in PyTorch. */
const scheduled = new WeakMap<Group, { readonly base: number; readonly last: number }>();

function baseOf(group: Group): number {
  const known = scheduled.get(group);
  return known && known.last === group.lr ? known.base : group.lr;
}

/**
 * Base of the learning-rate schedules: after `step()`, called once an epoch or once a batch, every group has the rate
 * that a closed formula gives for the number of steps. Making one sets the rate of step 0. Options are not part of the
 * state.
 */
export abstract class Schedule {
  readonly #groups: Scheduled["groups"];
  readonly #rule: (base: number, step: number, group: number) => Setting;
  #baseLrs: readonly number[];
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

  /** The groups' learning rates now. */
  get lrs(): number[] {
    return this.#groups.map(({ lr }) => lr);
  }

  /** Goes on by one step: an epoch, or a batch, as it is called. */
  step(): void {
    this.at(this.#steps + 1);
  }

  /** Goes to any step; between two epochs it may be a fraction where the formula has a value there. */
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
    this.#steps = step;
  }

  /** What a group has after these steps; nothing is changed. */
  setting(step: number, group: number): Setting {
    return this.#rule(this.#baseLrs[group] as number, step, group);
  }

  /** What `loadStateDict` goes on from: plain data. */
  stateDict(): ScheduleState {
    return { steps: this.#steps, baseLrs: [...this.#baseLrs] };
  }

  /** Goes on where `stateDict()` was called. Throws `ValueError` for a state of other groups. */
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

/** A learning rate of a saved state, which the optimiser must take. */
export const savedRate: Kind = {
  expected: "a finite number ≥ 0",
  accepts: (value) => Number.isFinite(value) && (value as number) >= 0,
};

const saved = /* @__PURE__ */ options<ScheduleState>({
  steps: required(number),
  baseLrs: required(list(savedRate)),
  schedules: list(record),
});

/** Throws `ValueError` unless it looks like one. */
export function checkScheduleState(state: ScheduleState): void {
  checkArguments(signature("loadStateDict", { state: saved }), [state]);
}

/** Throws `ValueError` unless it is a whole number ≥ 1. */
export function checkCount(who: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new ValueError(`${who}: expected ${name} an integer ≥ 1, got ${value}`);
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
  throw new ValueError(`${who}: expected ${name} ${domain}, got ${value}`);
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
