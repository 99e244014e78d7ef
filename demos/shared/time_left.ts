/** Seconds that the rate is taken over at least; later a third of all there were, so that rare pauses count as often as they come. */
const WINDOW = 8;
/** Seconds of work before anything is said: the first steps compile. */
const SURE = 2;
/** Marks of a window at most. */
const MARKS = 24;
/** How much more may be shown than the least within the last seconds. */
const RISE = 4 / 3;
const CALM = 5;

interface Mark {
  readonly time: number;
  readonly done: number;
}

/**
 * How long work will take, by the geometric mean of two rates: that of all so far, and the median one between moments of
 * the last seconds that lie at least a third of a window apart, which a single slow step does not move while pauses that
 * come again and again do. What it says never rises by more than a third within 5 s.
 */
export class TimeLeft {
  #first: Mark | undefined;
  #marks: Mark[] = [];
  #said: { readonly time: number; readonly seconds: number }[] = [];

  /** Seconds left, or undefined while it is not known. `time`: seconds of a clock that stands still while the work does. */
  at(done: number, total: number, time: number): number | undefined {
    if (done >= total) return 0;
    if (done <= 0) return undefined;
    this.#first ??= { time, done };
    this.#note({ time, done });
    if (time - this.#first.time < SURE || done === this.#first.done) return undefined;
    const rate = Math.sqrt(this.#rate() * ((done - this.#first.done) / (time - this.#first.time)));
    return rate > 0 ? this.#calmed((total - done) / rate, time) : undefined;
  }

  /** Keeps moments at even distances within the window. */
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

  /** Steps a second of late: the median slope of pairs that are far enough apart (P. K. Sen 1968). */
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
