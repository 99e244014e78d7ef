import type { Storage } from "../storage.ts";
import type { StepCommand } from "./commands.ts";
import { lifetimes } from "./lifetimes.ts";
import type { Interval } from "./liveness.ts";
import type { Owners } from "./placing.ts";

/** Bytes alive at every command, updated as storages become parts of others. */
export class Occupancy {
  readonly #lives: Map<Storage, Interval>;
  /** Bytes alive at each command; element 0 is before the first one. */
  readonly #alive: Float64Array;
  readonly #peak: number;

  constructor(commands: readonly StepCommand[], { isShared, filled, outlives }: Owners) {
    const roots = new Set(commands.flatMap(({ storages }) => storages.map(({ root }) => root)));
    const own = [...roots].filter((root) => !isShared(root));
    const bounds = { early: filled, late: new Set(own.filter(outlives)) };
    const intervals = lifetimes(commands, own, bounds);
    this.#lives = new Map(own.map((root, i) => [root, intervals[i] as Interval]));
    this.#alive = new Float64Array(commands.length + 2);
    for (const { first, last, bytes } of intervals) {
      for (let at = first; at <= last; at++) this.#add(at, bytes);
    }
    this.#peak = Math.max(...this.#alive);
  }

  /** Makes `from` a part of `into`, unless the peak would exceed the initial one. Returns whether it did. */
  join(from: Storage, into: Storage): boolean {
    const [part, whole] = [this.#lives.get(from), this.#lives.get(into)];
    if (!part || !whole) return false;
    const [first, last] = [Math.min(part.first, whole.first), Math.max(part.last, whole.last)];
    const joined = { first, last, bytes: whole.bytes };
    const change = (at: number) => taken(joined, at) - taken(whole, at) - taken(part, at);
    for (let at = first; at <= last; at++) {
      if ((this.#alive[at + 1] as number) + change(at) > this.#peak) return false;
    }
    for (let at = first; at <= last; at++) this.#add(at, change(at));
    this.#lives.delete(from);
    this.#lives.set(into, joined);
    return true;
  }

  #add(at: number, bytes: number): void {
    this.#alive[at + 1] = (this.#alive[at + 1] as number) + bytes;
  }
}

/** Bytes of an interval at a command; 0 outside it. */
const taken = ({ first, last, bytes }: Interval, at: number): number =>
  first <= at && at <= last ? bytes : 0;
