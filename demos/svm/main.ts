import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { byId, make } from "../shared/dom.ts";
import { numbersOf } from "../shared/fields.ts";
import { number } from "../shared/format.ts";
import { Jobs, pause, STOPPING } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { Controls } from "./controls.ts";
import { type Learned, learn } from "./fit.ts";
import { looks, Plane } from "./plane.ts";
import { MOST, type Sample, type Scene } from "./scene.ts";
import { sceneOf } from "./scenes.ts";
import {
  checkSettings,
  defaultSettings,
  parametersOf,
  type Settings,
  usualParameters,
} from "./settings.ts";

const auto = new URLSearchParams(location.search).get("auto") === "1";

/** Milliseconds in which another change replaces a fit before it begins. */
const SETTLE = 40;

class Page {
  readonly #engine: Engine;
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #plane: Plane;
  readonly #numbers: (values: Readonly<Record<string, string>>) => void;
  readonly #stop = byId("stop") as HTMLButtonElement;
  #scene: Scene | undefined;
  #learned: Learned | undefined;
  /** Whether the visitor ended the last fit. */
  #stopped = false;
  /** The class of the next drawn point; −1 takes points away. */
  #pen = 0;

  constructor(engine: Engine, settings: Settings) {
    this.#engine = engine;
    this.#settings = settings;
    this.#jobs = new Jobs(() => this.#idle());
    this.#plane = new Plane(byId("plane") as HTMLCanvasElement, { put: (x, y) => this.#put(x, y) });
    this.#numbers = numbersOf(byId("numbers"), {
      score: "Training accuracy",
      support: "Support vectors",
      objective: "Dual objective",
      steps: "Iterations",
      gamma: "γ",
      seconds: "Time",
    });
    new Controls(settings, { data: () => this.open(), machine: () => this.#fit() });
    byId("clear").addEventListener("click", () => this.#change([]));
    this.#stop.addEventListener("click", () => {
      this.#stopped = true;
      this.#jobs.stop("fit");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
  }

  /** Other points, and a machine for them. */
  open(): void {
    this.#jobs.run("scene", async (signal) => {
      const scene = await sceneOf(this.#settings);
      signal.throwIfAborted();
      this.#scene = scene;
      this.#learned = undefined;
      this.#addPens();
      byId("across").textContent = scene.axes[0];
      byId("up").textContent = scene.axes[1];
      this.#draw();
      this.#fit();
    });
  }

  #fit(): void {
    this.#stopped = false;
    setStatus("running");
    this.#jobs.run("fit", async (signal) => {
      await pause(SETTLE, signal);
      const scene = this.#scene;
      if (!scene) return;
      this.#stop.disabled = false;
      this.#say("Learning …");
      const learned = await learn(scene, this.#settings, {
        signal,
        onProgress: ({ iteration }) => {
          setProgress(0, 1, `${iteration} steps`);
          this.#say(`Learning, ${number(iteration)} steps …`);
          return pause(0, signal);
        },
      });
      signal.throwIfAborted();
      this.#learned = learned;
      this.#draw();
    });
  }

  #idle(): void {
    this.#stop.disabled = true;
    if (document.body.dataset.status === "error") return;
    const learned = this.#learned;
    this.#say(
      this.#stopped
        ? `Stopped.${learned ? " What is shown is of the settings before." : ""}`
        : sentence(this.#scene, learned, this.#settings),
    );
    setProgress(1, 1, "done");
    const { gpu } = this.#engine;
    finish({
      demo: "svm",
      adapter: gpu.adapter.name,
      software: gpu.adapter.software,
      settings: { ...this.#settings },
      samples: this.#scene?.samples.length ?? 0,
      ...(learned && {
        score: learned.score,
        supportVectors: learned.support.size,
        dualObjective: learned.objective,
        iterations: learned.steps,
        gamma: learned.gamma,
        converged: learned.converged,
        seconds: learned.seconds,
      }),
    });
  }

  #draw(): void {
    const [scene, learned] = [this.#scene, this.#learned];
    if (!scene) return;
    const regress = this.#settings.task === "regress";
    const name = byId("value-score").previousElementSibling;
    if (name) name.textContent = regress ? "R²" : "Training accuracy";
    this.#numbers({
      score: learned
        ? regress
          ? learned.score.toFixed(3)
          : `${(100 * learned.score).toFixed(1)} %`
        : "–",
      support: learned ? `${learned.support.size} of ${scene.samples.length}` : "–",
      objective: learned ? number(Number(learned.objective.toPrecision(5))) : "–",
      steps: learned ? number(learned.steps) : "–",
      gamma:
        learned && this.#settings.kernel !== "linear"
          ? String(Number(learned.gamma.toPrecision(3)))
          : "–",
      seconds: learned ? `${learned.seconds.toFixed(2)} s` : "–",
    });
    const spoken = sentence(scene, learned, this.#settings);
    this.#plane.show(scene, learned, this.#settings.epsilon, spoken);
  }

  #say(text: string): void {
    byId("message").textContent = text;
  }

  /** A click: a point more, or the nearest one less. */
  #put(x: number, y: number): void {
    const scene = this.#scene;
    if (!scene) return;
    if (this.#pen >= 0) {
      if (scene.samples.length >= MOST) return;
      this.#change([...scene.samples, { x, y, label: this.#pen }]);
      return;
    }
    const [left, right, bottom, top] = scene.domain;
    const far = (sample: Sample) =>
      Math.hypot((sample.x - x) / (right - left), (sample.y - y) / (top - bottom));
    const nearest = scene.samples.reduce<Sample | undefined>(
      (best, sample) => (best && far(best) <= far(sample) ? best : sample),
      undefined,
    );
    this.#change(scene.samples.filter((sample) => sample !== nearest));
  }

  #change(samples: Sample[]): void {
    if (!this.#scene) return;
    this.#scene.samples = samples;
    this.#learned = undefined;
    this.#draw();
    this.#fit();
  }

  /** Buttons for what a click does. */
  #addPens(): void {
    const names = this.#settings.task === "regress" ? ["Point"] : (this.#scene?.names ?? []);
    if (this.#pen >= names.length) this.#pen = 0;
    const pens = [...names.map((name, i) => ({ name, pen: i })), { name: "Erase", pen: -1 }];
    byId("pens").replaceChildren(
      ...pens.map(({ name, pen }) => {
        const attributes = {
          type: "button",
          "data-pen": String(pen),
          "aria-pressed": String(pen === this.#pen),
        };
        const button = make("button", { text: name, attributes });
        const look = looks[pen];
        if (look)
          button.prepend(
            make("span", {
              class: `mark ${look.shape}`,
              style: { "--mark": `var(--${look.colour})` },
            }),
          );
        button.addEventListener("click", () => {
          this.#pen = pen;
          this.#addPens();
        });
        return button;
      }),
    );
  }
}

/** What is seen, in words. */
function sentence(
  scene: Scene | undefined,
  learned: Learned | undefined,
  { task }: Settings,
): string {
  if (!learned) {
    return task === "regress"
      ? "Click on the plane: two points make a curve."
      : "Click on the plane: points of two classes make a border.";
  }
  const held = task === "regress" ? "the curve" : "the border";
  const ended = learned.converged
    ? ""
    : " Stopped before the optimum: lower C, or take another kernel.";
  return `${scene?.samples.length} points, ${learned.support.size} of which hold up ${held}.${ended}`;
}

await openPage(async (engine) => {
  const given = withParameters(defaultSettings, checkSettings);
  const page = new Page(engine, inAddress(given, usualParameters, parametersOf));
  setStatus(auto ? "running" : "ready");
  page.open();
});
