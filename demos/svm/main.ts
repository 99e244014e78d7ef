import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { settingsChanged, showCode } from "../shared/code.ts";
import { tellKernels } from "../shared/compiling.ts";
import { byId } from "../shared/dom.ts";
import { Experiments } from "../shared/experiments.ts";
import { number } from "../shared/format.ts";
import { Jobs, pause, STOPPING } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { reasonOf } from "../shared/reasons.ts";
import { auto } from "../shared/unattended.ts";
import * as words from "../words/en/svm/page.ts";
import { Controls } from "./controls.ts";
import { experiments } from "./experiments.ts";
import { heldOutScore, type Learned, learn } from "./fit.ts";
import { Found } from "./found.ts";
import { ERASE, Pens } from "./pens.ts";
import { Plane } from "./plane.ts";
import { Points } from "./points.ts";
import { program } from "./program.ts";
import type { Scene } from "./scene.ts";
import { sceneOf } from "./scenes.ts";
import { sentence } from "./sentence.ts";
import {
  checkSettings,
  defaultSettings,
  parametersOf,
  type Settings,
  usualParameters,
} from "./settings.ts";

/** Milliseconds within which a further change replaces a fit that has not begun. */
const SETTLE = 40;

class Page {
  readonly #engine: Engine;
  readonly #settings: Settings;
  readonly #jobs = new Jobs(() => this.#idle());
  readonly #plane: Plane;
  readonly #found = new Found();
  readonly #pens = new Pens();
  readonly #points = new Points(() => this.#changed());
  readonly #stop = byId("stop") as HTMLButtonElement;
  readonly #experiments: Experiments;
  #scene: Scene | undefined;
  #learned: Learned | undefined;
  #heldOut: number | undefined;
  /** Whether the visitor stopped the last fit. */
  #stopped = false;
  /** Why the last tap had no effect; shown until something changes. */
  #refusal: string | undefined;

  constructor(engine: Engine, settings: Settings) {
    this.#engine = engine;
    this.#settings = settings;
    this.#plane = new Plane(byId("plane") as HTMLCanvasElement, {
      tapped: (x, y, point) => this.#tapped(x, y, point),
      dragged: (point, x, y, done) => this.#points.move(point, x, y, done),
      undo: () => this.#points.undo(),
    });
    new Controls(settings, { data: () => this.open(), machine: () => this.#fit() });
    byId("clear").addEventListener("click", () => this.#points.clear());
    this.#stop.addEventListener("click", () => {
      this.#stopped = true;
      this.#jobs.stop("fit");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
    this.#experiments = new Experiments(experiments, (work) => this.#jobs.run("experiment", work));
    showCode(() => program(this.#settings, this.#points.samples));
  }

  /** Shows other points and fits a machine to them. */
  open(): void {
    this.#jobs.run("scene", async (signal) => {
      const scene = await this.#loaded();
      signal.throwIfAborted();
      if (!scene) return;
      this.#scene = scene;
      this.#points.reset(scene.samples);
      this.#learned = undefined;
      this.#pens.show(this.#settings.task === "regress" ? [words.point] : scene.names);
      byId("across").textContent = scene.axes[0];
      byId("up").textContent = scene.axes[1];
      this.#draw();
      this.#fit();
    });
  }

  /** The points of the settings; undefined if they are a table that cannot be loaded, for example offline. */
  async #loaded(): Promise<Scene | undefined> {
    try {
      return await sceneOf(this.#settings);
    } catch (error) {
      this.#refuse(words.pointsNotLoaded(reasonOf(error)));
      return undefined;
    }
  }

  /** Runs the experiments named in the address. */
  rehearse(): void {
    this.#jobs.run("experiment", (signal) => this.#experiments.rehearse(signal));
  }

  #fit(): void {
    this.#stopped = false;
    this.#refusal = undefined;
    setStatus("running");
    this.#jobs.run("fit", async (signal) => {
      await pause(SETTLE, signal);
      const scene = this.#scene;
      if (!scene) return;
      this.#stop.disabled = false;
      this.#say(words.learning);
      tellKernels(byId("message"));
      const learned = await learn(scene, this.#settings, {
        signal,
        onProgress: ({ iteration }) => {
          setProgress(0, 1, words.steps(iteration));
          this.#say(words.learningSteps(number(iteration)));
          return pause(0, signal);
        },
      });
      signal.throwIfAborted();
      this.#learned = learned;
      this.#heldOut = undefined;
      this.#draw();
      if (!learned) return;
      this.#say(words.learnedAskingAboutPoints);
      const heldOut = await heldOutScore(scene, this.#settings, signal);
      signal.throwIfAborted();
      this.#heldOut = heldOut;
      this.#draw();
    });
  }

  #idle(): void {
    this.#stop.disabled = true;
    if (document.body.dataset.status === "error") return;
    const learned = this.#learned;
    const stopped = words.stopped(learned !== undefined);
    const result = this.#stopped ? stopped : sentence(this.#scene, learned, this.#settings);
    this.#say(this.#refusal ?? result);
    setProgress(1, 1, "done");
    const { gpu } = this.#engine;
    finish({
      demo: "svm",
      adapter: gpu.adapter.name,
      software: gpu.adapter.software,
      settings: { ...this.#settings },
      samples: this.#points.samples.length,
      ...(learned && {
        score: learned.score,
        heldOut: this.#heldOut,
        supportVectors: learned.support.size,
        dualObjective: learned.objective,
        iterations: learned.steps,
        gamma: learned.gamma,
        converged: learned.converged,
        seconds: learned.seconds,
      }),
      experiments: this.#experiments.findings,
    });
  }

  #draw(): void {
    const [scene, learned] = [this.#scene, this.#learned];
    if (!scene) return;
    this.#found.show(learned, this.#heldOut, this.#settings, scene.samples.length);
    const spoken = sentence(scene, learned, this.#settings);
    this.#plane.show(scene, learned, this.#settings.epsilon, spoken);
    settingsChanged();
  }

  #say(text: string): void {
    byId("message").textContent = text;
  }

  /** A tap adds a point, or removes the one under it. */
  #tapped(x: number, y: number, point: number | undefined): void {
    const { pen } = this.#pens;
    if (pen === ERASE) {
      if (point === undefined) this.#refuse(words.thereIsNoPointHere);
      else this.#points.remove(point);
    } else if (!this.#points.add({ x, y, label: pen })) {
      this.#refuse(words.noMorePointsFitClear);
    }
  }

  #refuse(reason: string): void {
    this.#refusal = reason;
    this.#say(reason);
  }

  #changed(): void {
    if (!this.#scene) return;
    this.#scene.samples = this.#points.samples;
    this.#learned = undefined;
    this.#draw();
    this.#fit();
  }
}

await openPage(async (engine) => {
  const given = withParameters(defaultSettings, checkSettings);
  const page = new Page(engine, inAddress(given, usualParameters, parametersOf));
  setStatus(auto ? "running" : "ready");
  page.open();
  if (auto) page.rehearse();
});
