import {
  concat,
  type Engine,
  keep,
  noGrad,
  reshape,
  scope,
  slice,
  sum,
  type Tensor,
  tensor,
} from "wgrad";
import type { ClosureOptimizer } from "wgrad/optim";
import type { Racer, SecondOrder, Stepper } from "./racers.ts";
import type { Point, Surface } from "./surfaces.ts";

/** The path of a racer: entry k of each list is after k steps. */
export interface Track {
  readonly racer: Racer;
  readonly points: Point[];
  readonly losses: number[];
  /** Function evaluations so far. */
  readonly evaluations: number[];
  /** It has stopped by itself: no step improves the loss. */
  done: boolean;
}

/** All racers on one surface from one start, computed with the library's tensors and gradients. */
export class Race {
  readonly surface: Surface;
  readonly tracks: readonly Track[];
  readonly #first: First;
  readonly #second: readonly Second[];
  /** Steps taken. */
  steps = 0;

  constructor(
    engine: Engine,
    surface: Surface,
    start: Point,
    entries: readonly { readonly racer: Racer; readonly lr: number }[],
  ) {
    this.surface = surface;
    this.tracks = entries.map(({ racer }) => {
      return { racer, points: [], losses: [], evaluations: [], done: false };
    });
    const leaf = () =>
      keep(tensor([...start], { shape: [1, 2], requiresGrad: true, engine, name: "point" }));
    const first: Entry[] = [];
    const second: Second[] = [];
    entries.forEach(({ racer, lr }, i) => {
      const [p, track] = [leaf(), this.tracks[i] as Track];
      if (racer.order === 1) first.push({ p, track, optimizer: racer.make([p], lr) });
      else second.push(new Second(surface, racer, p, track));
    });
    this.#first = new First(surface, first);
    this.#second = second;
  }

  /** Records the start of each racer. */
  async begin(): Promise<void> {
    await this.#first.run(0);
    for (const racer of this.#second) await racer.begin();
  }

  /**
   * Makes steps with each racer; results of first-order methods are read back together, then `partly` is called. On abort
   * throws the signal's reason between two steps; the next call lets racers that are behind catch up.
   */
  async advance(steps: number, signal: AbortSignal, partly?: () => void): Promise<void> {
    const goal = this.steps + steps;
    const more = goal - this.#first.steps;
    if (more > 0) await this.#first.run(more);
    partly?.();
    for (const racer of this.#second) {
      while (racer.steps < goal) {
        signal.throwIfAborted();
        await racer.step();
      }
    }
    this.steps = goal;
  }

  dispose(): void {
    this.#first.dispose();
    for (const racer of this.#second) racer.dispose();
  }
}

/** x, y and the loss of points [n, 2]: [n, 3]. */
function measured(surface: Surface, points: Tensor): Tensor {
  const [n = 1] = points.shape;
  const loss = lossOf(surface, points);
  return concat([points, reshape(loss, [n, 1])], 1);
}

/** The loss of each of the points [n, 2]: [n]. */
function lossOf(surface: Surface, points: Tensor): Tensor {
  const [n = 1] = points.shape;
  const column = (i: number) => reshape(slice(points, [{}, { start: i, end: i + 1 }]), [n]);
  return surface.loss(column(0), column(1));
}

function note(track: Track, row: ArrayLike<number>, evaluations: number): void {
  const [x, y, loss] = [row[0] as number, row[1] as number, row[2] as number];
  track.points.push([x, y]);
  track.losses.push(loss);
  track.evaluations.push((track.evaluations.at(-1) ?? 0) + evaluations);
}

interface Entry {
  readonly p: Tensor;
  readonly track: Track;
  readonly optimizer: Stepper;
}

/**
 * First-order racers: their points are rows of one tensor, so that one loss and one backward pass serve all. The
 * gradient of the sum of their losses gives each row its own gradient.
 */
class First {
  readonly #surface: Surface;
  readonly #entries: readonly Entry[];
  steps = 0;

  constructor(surface: Surface, entries: readonly Entry[]) {
    this.#surface = surface;
    this.#entries = entries;
  }

  /** Makes steps and reads all of them back together; with 0 steps records the start. */
  async run(steps: number): Promise<void> {
    this.steps += steps;
    if (this.#entries.length === 0) return;
    const rows = scope(() => {
      const noted = Array.from({ length: Math.max(steps, 1) }, () => {
        return scope(() => {
          if (steps > 0) this.#step();
          return noGrad(() => measured(this.#surface, this.#points()));
        });
      });
      return concat(noted);
    });
    const data = await rows.read();
    rows.dispose();
    const width = 3 * this.#entries.length;
    for (let k = 0; k < Math.max(steps, 1); k++) {
      this.#entries.forEach(({ track }, i) => {
        const at = k * width + 3 * i;
        note(track, data.subarray(at, at + 3), steps > 0 ? 1 : 0);
      });
    }
  }

  dispose(): void {
    for (const { p, optimizer } of this.#entries) {
      optimizer.dispose();
      free(p);
    }
  }

  #points(): Tensor {
    return concat(this.#entries.map(({ p }) => p));
  }

  #step(): void {
    for (const { optimizer } of this.#entries) optimizer.zeroGrad();
    sum(lossOf(this.#surface, this.#points())).backward();
    for (const { optimizer } of this.#entries) optimizer.step();
  }
}

/** One second-order racer: a step is one iteration, with as many evaluations as its line search needs. */
class Second {
  readonly #surface: Surface;
  readonly #p: Tensor;
  readonly #track: Track;
  readonly #optimizer: ClosureOptimizer;
  #evaluations = 0;
  /** Steps requested, including those after it had stopped. */
  steps = 0;

  constructor(surface: Surface, racer: SecondOrder, p: Tensor, track: Track) {
    this.#surface = surface;
    this.#p = p;
    this.#track = track;
    this.#optimizer = racer.make([p]);
  }

  async begin(): Promise<void> {
    const row = scope(() => noGrad(() => measured(this.#surface, this.#p)));
    note(this.#track, await row.read(), 0);
    row.dispose();
  }

  async step(): Promise<void> {
    this.steps++;
    if (this.#track.done) return;
    this.#evaluations = 0;
    await this.#optimizer.step(() => {
      this.#evaluations++;
      this.#optimizer.zeroGrad();
      const loss = sum(lossOf(this.#surface, this.#p));
      loss.backward();
      return loss;
    });
    const { report } = this.#optimizer;
    this.#track.done = report?.stopped === "gradient" || report?.stopped === "line search";
    if (!report || report.iterations === 0) return;
    const [x = Number.NaN, y = Number.NaN] = await this.#p.read();
    // a step begins with the evaluation that ended the one before
    const repeated = this.#track.points.length > 1 ? 1 : 0;
    note(this.#track, [x, y, report.loss], this.#evaluations - repeated);
  }

  dispose(): void {
    this.#optimizer.dispose();
    free(this.#p);
  }
}

/** Frees a point with its gradient. */
function free(p: Tensor): void {
  p.grad?.dispose();
  p.gradTarget?.dispose();
  p.dispose();
}
