import type { Storage } from "../storage.ts";
import { lifetimes } from "./lifetimes.ts";
import type { Interval } from "./liveness.ts";
import type { Owners } from "./placing.ts";
import type { Step } from "./steps.ts";

/** Bytes alive at every step, updated as storages become parts of others. */
export class Occupancy {
  readonly #lives: Map<Storage, Interval>;
  /** Bytes alive at each step; element 0 is before the first step. */
  readonly #alive: Float64Array;
  readonly #peak: number;

  constructor(steps: readonly Step[], { isShared, filled, outlives }: Owners) {
    const roots = new Set(steps.flatMap(({ storages }) => storages.map(({ root }) => root)));
    const own = [...roots].filter((root) => !isShared(root));
    const bounds = { early: filled, late: new Set(own.filter(outlives)) };
    const intervals = lifetimes(steps, own, bounds);
    this.#lives = new Map(own.map((root, i) => [root, intervals[i] as Interval]));
    this.#alive = new Float64Array(steps.length + 2);
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

/** Bytes of an interval at a step; 0 outside it. */
const taken = ({ first, last, bytes }: Interval, at: number): number =>
  first <= at && at <= last ? bytes : 0;
