/**
 * Shortest window over which the rate is taken, in seconds; later it is a third of the elapsed time, so that rare
 * pauses count as often as they occur.
 */
const WINDOW = 8;
/** Seconds of work before an estimate is shown, because the first steps compile. */
const SURE = 2;
/** Largest number of samples in a window. */
const MARKS = 24;
/** Factor by which an estimate may exceed the smallest one of the last seconds. */
const RISE = 4 / 3;
const CALM = 5;

interface Mark {
  readonly time: number;
  readonly done: number;
}

/**
 * Estimates the remaining time by the geometric mean of two rates: the mean rate since the start, and a recent one. The
 * recent rate is the median over pairs of samples within the window that lie at least a third of it apart: a single
 * slow step does not change it, recurring pauses do. The estimate never rises by more than a third within 5 s.
 */
export class TimeLeft {
  #first: Mark | undefined;
  #marks: Mark[] = [];
  #said: { readonly time: number; readonly seconds: number }[] = [];

  /** Seconds left, or undefined while unknown. `time`: seconds of a clock that stops while the work is paused. */
  at(done: number, total: number, time: number): number | undefined {
    if (done >= total) return 0;
    if (done <= 0) return undefined;
    this.#first ??= { time, done };
    this.#note({ time, done });
    if (time - this.#first.time < SURE || done === this.#first.done) return undefined;
    const rate = Math.sqrt(this.#rate() * ((done - this.#first.done) / (time - this.#first.time)));
    return rate > 0 ? this.#calmed((total - done) / rate, time) : undefined;
  }

  /** Keeps samples at even distances within the window. */
  #note(mark: Mark): void {
    const window = this.#window(mark.time);
    const before = this.#marks.at(-2);
    const last = this.#marks.at(-1);
    if (before && last && last.time - before.time < window / MARKS) this.#marks.pop();
    this.#marks.push(mark);
    this.#marks = this.#marks.filter(({ time }) => mark.time - time <= window);
  }

  #window(time: number): number {
    return Math.max(WINDOW, (time - (this.#first?.time ?? time)) / 3);
  }

  /** Recent steps a second: the median slope of pairs that are far enough apart (P. K. Sen 1968). */
  #rate(): number {
    const marks = this.#marks;
    const apart = ((marks.at(-1)?.time ?? 0) - (marks[0]?.time ?? 0)) / 3;
    const slopes = marks.flatMap((a, i) =>
      marks
        .slice(i + 1)
        .filter((b) => b.time - a.time >= apart && b.time > a.time)
        .map((b) => (b.done - a.done) / (b.time - a.time)),
    );
    slopes.sort((a, b) => a - b);
    return slopes[Math.floor(slopes.length / 2)] ?? Number.NaN;
  }

  #calmed(seconds: number, time: number): number {
    this.#said = this.#said.filter((each) => time - each.time <= CALM);
    const least = Math.min(...this.#said.map((each) => each.seconds));
    const calm = Math.min(seconds, RISE * least);
    this.#said.push({ time, seconds: calm });
    return calm;
  }
}
