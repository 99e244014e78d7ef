import type { Clothes } from "../../resnet/data.ts";
import { tellKernels } from "../../shared/compiling.ts";
import { byId, make } from "../../shared/dom.ts";
import { numbersOf, Slider } from "../../shared/fields.ts";
import { duration, percent } from "../../shared/format.ts";
import { type Jobs, STOPPING } from "../../shared/jobs.ts";
import { setProgress, setStatus } from "../../shared/page.ts";
import { spread } from "../../shared/spread.ts";
import { TimeLeft } from "../../shared/time_left.ts";
import * as words from "../../words/en/augmentation/training.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Settings } from "../settings.ts";
import type { Run } from "./compare.ts";
import { AccuracyCurves } from "./curves.ts";
import type { Watcher } from "./learn.ts";
import { type Recipe, recipeNames, recipes } from "./recipes.ts";

/** Steps of an epoch: 50 pictures each. */
const stepsOf = ({ pictures, epochs }: Settings) => (pictures / 50) * epochs;

/** Trainings with and without augmentation, side by side. */
export class TrainingPanel {
  readonly #settings: Settings;
  readonly #clothes: Clothes;
  readonly #jobs: Jobs;
  readonly #curves = new AccuracyCurves();
  readonly #start = byId("train") as HTMLButtonElement;
  readonly #stop = byId("stop-training") as HTMLButtonElement;
  readonly #bar = byId("training-progress") as HTMLProgressElement;
  readonly #numbers = numbersOf(byId("training-numbers"), {
    recipe: words.training,
    step: common.stepHeading,
    loss: common.lossHeading,
    left: common.timeLeft,
  });
  #runs: readonly Run[] = [];
  #same: boolean | undefined;
  #seconds = 0;

  constructor(settings: Settings, clothes: Clothes, jobs: Jobs) {
    this.#settings = settings;
    this.#clothes = clothes;
    this.#jobs = jobs;
    this.#addRecipes();
    const slider = (id: "epochs" | "seeds", label: string, [min, max, step]: readonly number[]) =>
      new Slider({
        ...{ id, label, min: min ?? 1, max: max ?? 1, step: step ?? 1, value: settings[id] },
        text: String,
        changed: (value) => {
          settings[id] = value;
        },
      }).element;
    byId("training-fields").append(
      slider("epochs", words.epochs, [1, 100, 1]),
      slider("seeds", words.seedsEach, [1, 5, 1]),
    );
    this.#start.addEventListener("click", () => this.train());
    this.#stop.addEventListener("click", () => {
      this.#jobs.stop("training");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
  }

  /** Held-out accuracies of the finished trainings, as plain JSON; undefined if there are none. */
  get result(): object | undefined {
    if (this.#runs.length === 0) return undefined;
    const { pictures, epochs, heldOut } = this.#settings;
    return {
      ...{ pictures, epochs, heldOut, seconds: Math.round(this.#seconds) },
      ...(this.#same !== undefined && { sameBitsAgain: this.#same }),
      accuracy: Object.fromEntries(
        recipeNames.flatMap((name) => {
          const all = this.#of(name);
          if (all.length === 0) return [];
          const { mean, deviation } = spread(all);
          return [[name, { mean, deviation, seeds: all }]];
        }),
      ),
    };
  }

  /**
   * Trains every chosen recipe for every seed; `proved`: also checks that trainings with augmentation are reproducible
   * to the bit.
   */
  train({ proved = false } = {}): void {
    const settings = { ...this.#settings };
    const perRun = stepsOf(settings);
    const total = perRun * settings.seeds * settings.recipes.length;
    setStatus("running");
    this.#begin();
    this.#jobs.run("training", async (signal) => {
      const began = performance.now();
      const left = new TimeLeft();
      let before = 0;
      try {
        const { compare, reproducible } = await import("./compare.ts");
        await compare(this.#clothes, settings, {
          signal,
          begin: (recipe, seed) => this.#watch({ recipe, seed, settings, total, left }, before),
          onRun: (run) => {
            before += perRun;
            this.#runs = [...this.#runs, run];
            this.#curves.add(run.recipe, settings.epochs, run.accuracy);
            this.#table();
          },
        });
        if (proved) {
          this.#say(words.sameSeedsOnceMoreFor);
          this.#same = await reproducible(this.#clothes, settings, signal);
        }
        this.#seconds = (performance.now() - began) / 1000;
        this.#say(this.#seen());
      } catch (error) {
        if (signal.aborted) this.#say(words.stopped(this.#seen()));
        throw error;
      } finally {
        this.#start.disabled = this.#settings.recipes.length === 0;
        this.#stop.disabled = true;
      }
    });
  }

  #begin(): void {
    this.#runs = [];
    this.#same = undefined;
    this.#curves.clear();
    this.#table();
    this.#start.disabled = true;
    this.#stop.disabled = false;
    this.#bar.value = 0;
    this.#numbers({ recipe: "–", step: "–", loss: "–", left: "–" });
    this.#say(words.compilingKernels);
    tellKernels(byId("training-message"));
  }

  #watch(
    run: { recipe: Recipe; seed: number; settings: Settings; total: number; left: TimeLeft },
    before: number,
  ): Omit<Watcher, "signal"> {
    const { recipe, seed, settings, total, left } = run;
    const name = recipes[recipe].name;
    const which = settings.seeds > 1 ? words.seed(name, seed) : name;
    return {
      onStep: ({ step, loss }) => {
        const done = before + step;
        const seconds = left.at(done, total, performance.now() / 1000);
        this.#bar.value = done / total;
        this.#numbers({
          ...{ recipe: name, step: words.ofTotal(done, total), loss: loss.toFixed(3) },
          ...(seconds !== undefined && { left: duration(seconds) }),
        });
        this.#say(words.trainingOf(which));
        setProgress(done, total, words.stepLoss(which, step, loss.toFixed(3)));
      },
      onMeasured: (epoch, accuracy) => {
        if (epoch < settings.epochs) this.#curves.add(recipe, epoch, accuracy);
      },
    };
  }

  #of(recipe: Recipe): number[] {
    return this.#runs.filter((run) => run.recipe === recipe).map(({ accuracy }) => accuracy);
  }

  #table(): void {
    const rows = recipeNames.flatMap((name) => {
      const all = this.#of(name);
      if (all.length === 0) return [];
      const { mean, deviation } = spread(all);
      const value = all.length > 1 ? `${percent(mean)} ± ${percent(deviation)}` : percent(mean);
      const head = make("th", { text: recipes[name].name, attributes: { scope: "row" } });
      return [
        make("tr", {}, head, make("td", { text: value }), make("td", { text: `${all.length}` })),
      ];
    });
    byId("training-rows").replaceChildren(...rows);
    byId("training-table").hidden = rows.length === 0;
  }

  /** The sentence about the accuracies. */
  #seen(): string {
    const found = recipeNames
      .map((name) => ({ name, all: this.#of(name) }))
      .filter(({ all }) => all.length > 0)
      .map(({ name, all }) => ({ name: recipes[name].name, ...spread(all), count: all.length }))
      .sort((a, b) => b.mean - a.mean);
    const [best, ...others] = found;
    if (!best) return words.nothingWasTrainedToEnd;
    const rest = others.map(({ name, mean }) => `${name} ${percent(mean)}`).join(", ");
    const few = Math.min(...found.map(({ count }) => count)) < 2;
    return words.getsMostOfHeldOut(best.name, percent(best.mean), rest && `; ${rest}`, few);
  }

  #addRecipes(): void {
    const chosen = this.#settings.recipes;
    byId("recipes").append(
      ...recipeNames.map((name) => {
        const attributes = { type: "checkbox", id: `recipe-${name}` };
        const box = make("input", { attributes });
        box.checked = chosen.includes(name);
        box.addEventListener("change", () => {
          const boxes = byId("recipes").querySelectorAll("input");
          this.#settings.recipes = recipeNames.filter((_, i) => boxes[i]?.checked);
          this.#start.disabled = this.#settings.recipes.length === 0;
        });
        return make("label", {}, box, ` ${recipes[name].name}`);
      }),
    );
  }

  #say(text: string): void {
    byId("training-message").textContent = text;
  }
}
