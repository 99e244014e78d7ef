import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { showCode } from "../shared/code.ts";
import { tellKernels } from "../shared/compiling.ts";
import { byId } from "../shared/dom.ts";
import { Experiments } from "../shared/experiments.ts";
import { duration, number, percent } from "../shared/format.ts";
import { Jobs, STOPPING } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto, startByItself } from "../shared/unattended.ts";
import * as words from "../words/en/resnet/page.ts";
import * as common from "../words/en/shared/common.ts";
import { type Clothes, loadClothes } from "./data.ts";
import { experimentsOf } from "./experiments.ts";
import type { Controls } from "./panels/controls.ts";
import { View } from "./panels/view.ts";
import { program } from "./program.ts";
import { resultOf } from "./result.ts";
import { checkSettings, defaultSettings, type Settings } from "./settings.ts";
import { Trainer } from "./trainer.ts";

/** Milliseconds between two drawings: often enough to follow the training without slowing it down. */
const DRAW_EVERY = { watched: 200, unattended: 2000 };

const start = byId("start") as HTMLButtonElement;
const reset = byId("reset") as HTMLButtonElement;

class Lab {
  readonly #engine: Engine;
  readonly #clothes: Clothes;
  readonly #view: View;
  readonly #settings: Settings;
  #trainer: Trainer | undefined;
  readonly #jobs = new Jobs(() => undefined);
  readonly #experiments: Experiments;

  constructor(engine: Engine, clothes: Clothes, settings: Settings, Panel: typeof Controls) {
    this.#engine = engine;
    this.#clothes = clothes;
    this.#view = new View(clothes, auto ? DRAW_EVERY.unattended : DRAW_EVERY.watched);
    this.#settings = new Panel(settings, () => this.#choicesChanged()).settings;
    start.addEventListener("click", () => this.#press());
    reset.addEventListener("click", () => (this.#restarts ? this.train() : this.#clear()));
    this.#experiments = new Experiments(experimentsOf(engine, clothes, settings.part), (work) => {
      this.#clear();
      this.#jobs.run("experiment", work);
    });
    showCode(() => program(this.#settings));
    start.disabled = false;
    this.#view.clear();
    this.#describeSize();
  }

  /** Trains from new weights until done or stopped; replaces the present run. */
  train(): void {
    this.#replace(async (signal) => {
      const watcher = this.#view.watcher(() => this.#report());
      const trainer = new Trainer(this.#engine, this.#clothes, { ...this.#settings }, watcher);
      this.#trainer = trainer;
      signal.addEventListener("abort", () => trainer.stop());
      this.#view.begin(trainer);
      setStatus("running");
      this.#labelTraining();
      const evaluation = await trainer.run();
      if (!evaluation) return;
      const { adapter } = this.#engine.gpu;
      if (auto) await this.#experiments.rehearse(signal);
      const { findings: experiments } = this.#experiments;
      finish({ ...resultOf(trainer, evaluation, adapter, this.#view.cost), experiments });
      this.#label(words.doneIn(percent(evaluation.accuracy), duration(trainer.seconds)));
    });
  }

  /** Ends the present run and calls this once its network is freed; the page answers at once. */
  #replace(work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#jobs.busy) byId("message").textContent = STOPPING;
    this.#jobs.stop("experiment");
    this.#jobs.run("training", async (signal) => {
      this.#trainer?.dispose();
      this.#trainer = undefined;
      await work(signal);
    });
  }

  /** The main button: start, pause or continue. */
  #press(): void {
    const { status } = document.body.dataset;
    if (status !== "running" && status !== "paused") {
      this.train();
    } else if (status === "running") {
      this.#trainer?.pause();
      setStatus("paused");
      this.#label(words.paused);
    } else {
      this.#trainer?.resume();
      setStatus("running");
      this.#labelTraining();
    }
  }

  /** Until the first step is done, says how many kernels have been compiled. */
  #labelTraining(): void {
    const trained = this.#trainer !== undefined && this.#trainer.losses.length > 0;
    this.#label(trained ? words.training : words.preparingKernels);
    if (!trained) tellKernels(byId("message"));
  }

  #clear(): void {
    this.#replace(async () => {
      this.#view.clear();
      setStatus("ready");
      this.#label(words.ready);
    });
  }

  #report(): void {
    const trainer = this.#trainer;
    if (!trainer || trainer.paused || trainer.stopped) return;
    const { losses, total } = trainer;
    const loss = losses.at(-1) ?? 0;
    setProgress(losses.length, total, words.stepLoss(losses.length, loss.toFixed(3)));
    if (losses.length === 1) this.#label(words.training);
    if (!Number.isFinite(loss) && !auto) {
      trainer.pause();
      setStatus("paused");
      this.#label(words.lossIsNoLongerNumber);
    }
  }

  #choicesChanged(): void {
    this.#describeSize();
    const { status } = document.body.dataset;
    if (this.#restarts) this.#label(words.pressRestartToUseThese);
    else if (status === "running") this.#labelTraining();
    else this.#label(status === "paused" ? words.paused : words.ready);
  }

  /** Whether the present run has other settings than those chosen now. */
  get #restarts(): boolean {
    const { status } = document.body.dataset;
    const run = status === "running" || status === "paused" ? this.#trainer : undefined;
    return run !== undefined && JSON.stringify(run.settings) !== JSON.stringify(this.#settings);
  }

  #describeSize(): void {
    const { software } = this.#engine.gpu.adapter;
    const side = 28 / this.#settings.stemStride;
    const size = words.seesAfterFirstLayer(side, number(this.#settings.batch));
    byId("size").textContent = software ? words.smallOnPurposeThereIs(size) : size;
  }

  #label(message: string): void {
    const { status } = document.body.dataset;
    const labels: Record<string, string> = {
      running: common.pause,
      paused: words.goOn,
      ok: words.trainAgain,
    };
    start.textContent = labels[status ?? ""] ?? words.start;
    reset.textContent = this.#restarts ? words.restart : words.reset;
    reset.disabled = status === "ready";
    byId("message").textContent = message;
  }
}

await openPage(async (engine) => {
  const usual = defaultSettings(engine.gpu.adapter);
  const settings = inAddress(withParameters(usual, checkSettings), { ...usual });
  // the controls use a library, which is fetched together with the pictures, after the page has shown itself
  const parts = await Promise.all([loadClothes(), import("./panels/controls.ts")]);
  const [clothes, { Controls: Panel }] = parts;
  const lab = new Lab(engine, clothes, settings, Panel);
  setStatus("ready");
  setProgress(0, 1, "ready");
  byId("message").textContent = words.ready;
  if (auto) lab.train();
  else startByItself(() => lab.train());
});
