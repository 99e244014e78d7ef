import { tellingKernels } from "../../shared/compiling.ts";
import { byId, make } from "../../shared/dom.ts";
import { choice, numbersOf, Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/kmeans/groups.ts";
import * as common from "../../words/en/shared/common.ts";
import { clouds, MOST_CLUSTERS, type Settings } from "../settings.ts";
import { howManySentence } from "./bend.ts";
import { cloud } from "./clouds.ts";
import { Descent, type Start, starts } from "./descent.ts";
import { type HowMany, HowManyChart, howMany } from "./how_many.ts";
import { Scatter } from "./scatter.ts";
import { TwentyPanel } from "./twenty_panel.ts";

const names = Object.keys(starts) as Start[];

const LOOK = 350; // milliseconds for which a step is shown

/** The first half of the page: K-Means on points, step by step, from two initialisations. */
export class GroupsPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #look: number;
  readonly #chart = new HowManyChart();
  readonly #sides = names.map((start) => side(start));
  readonly #play = byId("play") as HTMLButtonElement;
  readonly #clusters: Slider;
  readonly #twenty: TwentyPanel;
  #points: Float32Array<ArrayBuffer> = new Float32Array();
  #descents: readonly Descent[] = [];
  #howMany: HowMany | undefined;
  #playing = false;
  /** Whether the points or the number of clusters have changed since the descents began. */
  #stale = true;

  /** `watched`: whether to pause after each step, so that it can be seen. */
  constructor(settings: Settings, jobs: Jobs, { watched }: { watched: boolean }) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#look = watched ? LOOK : 0;
    this.#clusters = this.#addFields();
    this.#twenty = new TwentyPanel(jobs, settings, () => this.#points);
    this.#play.addEventListener("click", () => (this.#playing ? this.#halt() : this.play()));
    byId("step").addEventListener("click", () => this.#stepOnce());
    byId("again").addEventListener("click", () => {
      settings.seed++;
      this.#line();
      this.play();
    });
    byId("suggested").addEventListener("click", () => this.#take());
  }

  /** Draws new points, which belong to no cluster yet. */
  #drawPoints(): void {
    const { cloud: name, points, seed } = this.#settings;
    this.#points = cloud(name, points, seed);
    const scene = { points: this.#points, labels: undefined, trail: [] };
    for (const { scatter } of this.#sides) scatter.show(scene);
  }

  /** Draws new points, runs both descents on them, which stand above, and then computes the curves. */
  open(): void {
    this.#drawPoints();
    this.#howMany = undefined;
    byId("suggestion").textContent = words.computing;
    (byId("suggested") as HTMLButtonElement).disabled = true;
    this.#line();
    this.play();
    this.#jobs.run("how many", async (signal) => {
      this.#howMany = await howMany(this.#points, signal);
      this.#drawCurves();
    });
  }

  /** Runs both descents to their ends. */
  play(): void {
    this.#playing = true;
    this.#label();
    this.#descend(async (signal, shown) => {
      if (this.#stale || this.#descents.every(({ done }) => done)) await this.#begin(signal, true);
      this.#draw();
      shown();
      while (this.#descents.some(({ done }) => !done)) {
        await pause(this.#look, signal);
        await this.#step(signal);
      }
      this.#playing = false;
      this.#label();
    });
  }

  /** The results as plain numbers. */
  results() {
    const ends = this.#descents.map(({ steps, inertias }, i) => [
      names[i],
      { steps, inertia: inertias.at(-1) },
    ]);
    const { found } = this.#twenty;
    return { ...Object.fromEntries(ends), ...this.#howMany, ...(found && { twenty: found }) };
  }

  /** Restarts both descents without running them. */
  #line(): void {
    this.#playing = false;
    this.#stale = true;
    this.#twenty.forget();
    byId("starts-said").textContent = "";
    this.#label();
    this.#descend((signal) => this.#begin(signal));
    if (this.#howMany) this.#drawCurves();
  }

  /** Replaces the present work on the descents, and tells in it how many kernels have been compiled until `shown` is called. */
  #descend(work: (signal: AbortSignal, shown: () => void) => Promise<void>): void {
    this.#jobs.run("descent", (signal) =>
      tellingKernels(byId("starts-said"), (shown) => work(signal, shown)),
    );
  }

  /** Shows both starts, and each one's first step if `stepping`; neither waits for the other's kernels. */
  async #begin(signal: AbortSignal, stepping = false): Promise<void> {
    const { clusters, seed } = this.#settings;
    const beginning = names.map(async (start, i) => {
      const begun = await Descent.begin(this.#points, { clusters, start, seed });
      signal.throwIfAborted();
      this.#drawSide(begun, i);
      if (!stepping) return begun;
      await pause(this.#look, signal);
      await begun.step(signal);
      this.#drawSide(begun, i);
      return begun;
    });
    const begun = await Promise.all(beginning);
    signal.throwIfAborted(); // a setting has changed meanwhile: these are not its descents
    this.#descents = begun;
    this.#stale = false;
  }

  async #step(signal: AbortSignal): Promise<void> {
    for (const descent of this.#descents) await descent.step(signal);
    this.#draw();
    const steps = Math.max(...this.#descents.map((descent) => descent.steps));
    setProgress(steps, steps + 1, words.pointsStep(steps));
  }

  #stepOnce(): void {
    this.#halt();
    this.#descend(async (signal) => {
      if (this.#stale) await this.#begin(signal);
      await this.#step(signal);
    });
  }

  #halt(): void {
    this.#jobs.stop("descent");
    this.#playing = false;
    this.#label();
  }

  /** Takes the number of clusters with the greatest silhouette. */
  #take(): void {
    if (!this.#howMany) return;
    this.#clusters.value = this.#howMany.clearest;
    this.#settings.clusters = this.#howMany.clearest;
    this.#line();
    this.play();
  }

  #addFields(): Slider {
    const settings = this.#settings;
    const set = choice({
      id: "cloud",
      label: words.points,
      options: clouds,
      value: settings.cloud,
      changed: (value) => {
        settings.cloud = value;
        this.open();
      },
    });
    const clusters = new Slider({
      id: "clusters",
      label: words.clustersK,
      ...{ min: 1, max: MOST_CLUSTERS, step: 1, value: settings.clusters },
      text: String,
      changed: (value) => {
        settings.clusters = value;
        this.#line();
        this.play();
      },
    });
    byId("group-fields").append(set, clusters.element);
    return clusters;
  }

  #draw(): void {
    for (const [i, descent] of this.#descents.entries()) this.#drawSide(descent, i);
    const [spread, random] = this.#descents;
    if (spread?.done && random?.done) byId("starts-said").textContent = compared(spread, random);
  }

  #drawSide(descent: Descent, i: number): void {
    const { scatter, numbers } = this.#sides[i] as ReturnType<typeof side>;
    scatter.show({ points: this.#points, ...descent });
    const inertia = descent.inertias.at(-1);
    numbers({
      [`${names[i]}-steps`]: words.stepsDone(descent.steps, descent.done),
      [`${names[i]}-inertia`]: inertia === undefined ? "–" : number(Number(inertia.toPrecision(4))),
    });
  }

  #drawCurves(): void {
    const found = this.#howMany;
    if (!found) return;
    this.#chart.show(found, this.#settings.clusters);
    byId("suggestion").textContent = howManySentence(found);
    const use = byId("suggested") as HTMLButtonElement;
    use.textContent = words.use(found.clearest);
    use.disabled = found.clearest === this.#settings.clusters;
  }

  #label(): void {
    this.#play.textContent = this.#playing ? common.pause : words.run;
  }
}

/** The sentence about the two ends for this seed. */
function compared(spread: Descent, random: Descent): string {
  const [a = 0, b = 0] = [spread, random].map(({ inertias }) => inertias.at(-1));
  const [less, more] = [Math.min(a, b), Math.max(a, b)];
  if (more < 1.001 * less) return words.bothStartsComeToSame;
  const excess = (100 * (more - less)) / less;
  const share = number(excess < 10 ? Number(excess.toPrecision(2)) : Math.round(excess));
  return words.endsAboveOtherAndNo(a < b, share);
}

function side(start: Start) {
  const canvas = make("canvas", {
    attributes: { role: "img", "aria-label": words.pointsAndCentroids(starts[start]) },
  });
  const host = make("figure", {}, make("figcaption", { text: starts[start] }), canvas);
  const numbers = numbersOf(host, {
    [`${start}-steps`]: words.steps,
    [`${start}-inertia`]: words.inertia,
  });
  byId("sides").append(host);
  return { scatter: new Scatter(canvas), numbers };
}
