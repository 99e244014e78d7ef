/** Numbers of the storages that a command reads and writes. */
export interface Touches {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

/**
 * Which commands are live: those that write a storage in `wanted` or one that a later live command reads. A command that
 * writes nothing is dead.
 */
export function liveness(commands: readonly Touches[], wanted: ReadonlySet<number>): boolean[] {
  const needed = new Set(wanted);
  const live = commands.map(() => false);
  for (let i = commands.length - 1; i >= 0; i--) {
    const { reads, writes } = commands[i] as Touches;
    if (!writes.some((storage) => needed.has(storage))) continue;
    live[i] = true;
    for (const storage of reads) needed.add(storage);
  }
  return live;
}

/** A lifetime, from command `first` to command `last` inclusive, with its bytes. */
export interface Interval {
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
}

/** Assigns a buffer to every interval. */
export interface Assignment {
  /** Which buffer each interval gets. */
  readonly buffers: readonly number[];
  /** Size of every buffer in bytes. */
  readonly sizes: readonly number[];
}

/**
 * Assigns one buffer to several intervals that do not overlap, the largest intervals first, each to the smallest free
 * buffer (greedy by size; Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020).
 */
export function assignBuffers(intervals: readonly Interval[]): Assignment {
  const order = intervals.map((_, i) => i);
  order.sort((a, b) => bytesOf(intervals, b) - bytesOf(intervals, a) || a - b);
  const buffers = intervals.map(() => 0);
  const users: Interval[][] = [];
  const sizes: number[] = [];
  for (const i of order) {
    const interval = intervals[i] as Interval;
    // later buffers are never larger, so the last free one is the smallest
    let buffer = users.findLastIndex((list) => list.every((other) => apart(other, interval)));
    if (buffer < 0) {
      buffer = users.push([]) - 1;
      sizes.push(interval.bytes);
    }
    users[buffer]?.push(interval);
    buffers[i] = buffer;
  }
  return { buffers, sizes };
}

/** Maximum of the bytes alive at one command: a lower bound for every assignment. */
export function busiest(intervals: readonly Interval[]): number {
  const starts = [...new Set(intervals.map(({ first }) => first))];
  const alive = (at: number) =>
    intervals.reduce(
      (sum, { first, last, bytes }) => sum + (first <= at && at <= last ? bytes : 0),
      0,
    );
  return Math.max(0, ...starts.map(alive));
}

const bytesOf = (intervals: readonly Interval[], i: number) => intervals[i]?.bytes ?? 0;
const apart = (a: Interval, b: Interval) => a.last < b.first || b.last < a.first;
