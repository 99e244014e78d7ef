import type { Engine } from "wgrad";
import { writeAddress } from "../shared/address.ts";
import { settingsChanged, showCode } from "../shared/code.ts";
import { tellKernels } from "../shared/compiling.ts";
import { byId, make } from "../shared/dom.ts";
import { Experiments } from "../shared/experiments.ts";
import { number } from "../shared/format.ts";
import { Handle } from "../shared/handle.ts";
import { Jobs, STOPPING } from "../shared/jobs.ts";
import { finish, setProgress, setStatus } from "../shared/page.ts";
import { auto } from "../shared/unattended.ts";
import * as words from "../words/en/optimisers/page.ts";
import * as common from "../words/en/shared/common.ts";
import { type Grid, gridOf } from "./contours.ts";
import { Curves } from "./curves.ts";
import { experimentsOf } from "./experiments.ts";
import { outcomes } from "./outcome.ts";
import { Plot } from "./plot.ts";
import { program } from "./program.ts";
import { Race } from "./race.ts";
import { defaultSettings, parametersOf, type Settings } from "./settings.ts";
import { type Point, type SurfaceName, surfaceNames, surfaces } from "./surfaces.ts";
import { Table } from "./table.ts";

/** Steps between two drawings. */
const BATCH = auto ? 20 : 4;

/** Progress of work that nothing replaces. */
const neverAborted = new AbortController().signal;

const play = byId("play") as HTMLButtonElement;
const step = byId("step") as HTMLButtonElement;
const reset = byId("reset") as HTMLButtonElement;
const against = byId("against") as HTMLSelectElement;

/** The race and its controls. */
export class Page {
  readonly #engine: Engine;
  readonly #steps: number;
  readonly #grids = new Map<SurfaceName, Grid>();
  readonly #plot = new Plot(byId("plot") as HTMLCanvasElement, () => this.#placeHandle());
  readonly #handle: Handle;
  readonly #curves = new Curves();
  readonly #table: Table;
  #surface: SurfaceName;
  #start: Point;
  #race: Race | undefined;
  #playing = false;
  readonly #jobs = new Jobs(() => this.#draw());
  readonly experiments: Experiments;

  constructor(engine: Engine, settings: Settings) {
    this.#engine = engine;
    this.#steps = settings.steps;
    this.#surface = settings.surface;
    this.#start = settings.start;
    this.#table = new Table(byId("racers"), {
      shownChanged: () => this.#draw(),
      rateChanged: () => this.#restart(),
    });
    this.#handle = new Handle(byId("board"), byId("start"), {
      pointAt: (x, y) => this.#plot.pointAt(x, y, surfaces[this.#surface]),
      moved: (point) => this.#moveStart(point),
      dropped: () => this.#restart(),
    });
    for (const name of surfaceNames) byId("surfaces").append(this.#choice(name));
    play.addEventListener("click", () => (this.#playing ? this.#pause() : this.play()));
    step.addEventListener("click", () => this.#stepOnce());
    reset.addEventListener("click", () => this.#choose(this.#surface));
    against.addEventListener("change", () => this.#draw());
    this.experiments = new Experiments(experimentsOf(engine), (work) => this.#instead(work));
    showCode(() => this.#code());
  }

  /** Shows a surface with every racer at its default start. */
  async open(name: SurfaceName, start: Point = surfaces[name].start): Promise<void> {
    this.#name(name);
    this.#start = start;
    await this.#line(neverAborted);
  }

  /** Sets the page's text about a surface. */
  #name(name: SurfaceName): void {
    this.#surface = name;
    this.#start = surfaces[name].start;
    this.#table.setDefaults(name);
    for (const button of byId("surfaces").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.surface === name));
    }
    byId("formula").textContent = surfaces[name].formula;
    byId("hint").textContent = surfaces[name].hint;
  }

  /** Races to the end, or until paused. Throws the signal's reason. */
  async run(signal = neverAborted): Promise<void> {
    const race = this.#race;
    if (!race) return;
    this.#playing = true;
    setStatus("running");
    this.label();
    if (race.steps === 0) tellKernels(byId("count"));
    while (this.#playing && race.steps < this.#steps) {
      // the first steps wait for kernels, those of second-order methods for twice as many
      const partly = race.steps === 0 ? () => this.#paint() : undefined;
      await race.advance(Math.min(BATCH, this.#steps - race.steps), signal, partly);
      setProgress(race.steps, this.#steps, words.step(race.surface.title, race.steps));
      this.#draw();
      if (!auto) await new Promise(requestAnimationFrame);
    }
    this.#playing = false;
  }

  results() {
    return outcomes(this.#race as Race);
  }

  /** Restarts the tracks. */
  async #line(signal: AbortSignal): Promise<void> {
    const name = this.#surface;
    if (!this.#grids.has(name)) this.#grids.set(name, await gridOf(surfaces[name]));
    signal.throwIfAborted();
    this.#race?.dispose();
    this.#race = new Race(this.#engine, surfaces[name], this.#start, this.#table.entries());
    await this.#race.begin();
    this.#draw();
    this.#placeHandle();
  }

  /** Replaces the present work; the page answers at once, even during a step. */
  #queue(work: (signal: AbortSignal) => Promise<void>): void {
    this.#playing = false;
    if (this.#jobs.busy) byId("count").textContent = STOPPING;
    this.#jobs.run("race", work);
  }

  /** Runs an experiment in place of the race, which can continue afterwards. */
  #instead(work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#playing) setStatus("paused");
    this.#queue(work);
    this.label();
  }

  #code(): string {
    const [surface, start, steps] = [this.#surface, this.#start, this.#steps];
    return program({ surface, start, steps, ...this.#table.first });
  }

  /** Races to the end, or until it is paused. */
  play(): void {
    this.#queue((signal) => this.#go(signal));
  }

  #pause(): void {
    this.#playing = false;
    setStatus("paused");
    this.label();
  }

  async #go(signal: AbortSignal): Promise<void> {
    if (this.#over) await this.#line(signal);
    await this.run(signal);
    if (!this.#over) return;
    finish({ adapter: this.#engine.gpu.adapter, surfaces: { [this.#surface]: this.results() } });
    this.label();
  }

  get #over(): boolean {
    return (this.#race?.steps ?? 0) >= this.#steps;
  }

  #restart(): void {
    this.#queue(async (signal) => {
      await this.#line(signal);
      await this.#go(signal);
    });
  }

  #choose(name: SurfaceName): void {
    this.#name(name);
    this.#remember();
    this.#queue(async (signal) => {
      await this.#line(signal);
      setStatus("ready");
      this.label();
    });
  }

  /** Puts surface and start into the address. */
  #remember(): void {
    writeAddress(parametersOf(this.#surface, this.#start), defaultSettings);
  }

  #stepOnce(): void {
    this.#queue(async (signal) => {
      if (this.#over) await this.#line(signal);
      await this.#race?.advance(1, signal);
      setStatus("paused");
      this.label();
    });
  }

  #choice(name: SurfaceName): HTMLButtonElement {
    const { title } = surfaces[name];
    const button = make("button", { text: title, attributes: { type: "button" } });
    button.dataset.surface = name;
    button.addEventListener("click", () => this.#choose(name));
    return button;
  }

  #moveStart(point: Point): void {
    this.#start = point;
    this.#remember();
    this.#placeHandle();
  }

  #placeHandle(): void {
    const [x, y] = this.#plot.place(this.#start, surfaces[this.#surface]);
    this.#handle.place(x, y, words.startAt(this.#start.map((v) => v.toFixed(2)).join(", ")));
  }

  #draw(): void {
    settingsChanged();
    const race = this.#paint();
    if (race) byId("count").textContent = words.stepOf(number(race.steps), number(this.#steps));
  }

  /** Shows where the racers are; undefined if there is no race on this surface yet. */
  #paint(): Race | undefined {
    const race = this.#race;
    const grid = this.#grids.get(this.#surface);
    if (!race || !grid || race.surface !== surfaces[this.#surface]) return undefined;
    const shown = (track: (typeof race.tracks)[number]) => this.#table.shown(track);
    this.#plot.show({ surface: race.surface, grid, tracks: race.tracks.filter(shown) });
    this.#table.show(race.surface, race.tracks);
    this.#curves.show(race.tracks, shown, against.value);
    return race;
  }

  /** Enables the buttons. */
  enable(): void {
    for (const button of [play, step, reset]) button.disabled = false;
  }

  /** Labels the main button by what it does now. */
  label(): void {
    const { status } = document.body.dataset;
    const labels = { running: common.pause, paused: words.goOn, ok: words.raceAgain };
    play.textContent = labels[status as keyof typeof labels] ?? words.race;
  }
}
