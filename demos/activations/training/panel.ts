import { Chart } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { Slider } from "../../shared/fields.ts";
import { number, percent } from "../../shared/format.ts";
import { type Jobs, pause, STOPPING } from "../../shared/jobs.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/activations/training.ts";
import * as common from "../../words/en/shared/common.ts";
import { sides } from "../curves/panel.ts";
import { named, optionsOf } from "../names.ts";
import type { Settings } from "../settings.ts";
import { Picture } from "./picture.ts";
import { Learner } from "./train.ts";

const SETTLE = 40;
/** Steps between two updates of the picture. */
const ROUND = 10;

/** Trains the same network with each of two activations. */
export class TrainingPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #chart: Chart;
  readonly #stop = byId("stop-training") as HTMLButtonElement;
  readonly #pictures: readonly Picture[];
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#chart = new Chart(byId("training-chart"), {
      label: common.lossByStep,
      lines: sides.map(({ colour, dash }) => ({ label: colour, colour, dash })),
      y: { min: 0 },
      titles: { x: common.step, y: common.loss },
    });
    this.#pictures = sides.map(({ setting }) => {
      const canvas = make("canvas", {
        attributes: { role: "img", "aria-label": words.twoSpirals },
      });
      const caption = make("figcaption", { attributes: { id: `name-${setting}` } });
      byId("pictures").append(make("figure", {}, canvas, caption));
      return new Picture(canvas);
    });
    byId("training-fields").append(
      new Slider({
        ...{ id: "rate", label: words.learningRateOfAdam, min: -4, max: 0, step: 0.25 },
        value: settings.rate,
        text: (power) => number(10 ** power),
        changed: (rate) => {
          settings.rate = rate;
          this.train();
        },
      }).element,
    );
    byId("train").addEventListener("click", () => this.train());
    this.#stop.addEventListener("click", () => {
      jobs.stop("training");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
  }

  train(): void {
    this.#jobs.run("training", async (signal) => {
      await pause(SETTLE, signal);
      const settings = { ...this.#settings };
      const { seed, steps } = settings;
      const rate = 10 ** settings.rate;
      const learners = sides.map(
        ({ setting }) =>
          new Learner({ options: optionsOf(settings[setting], settings), seed, rate }),
      );
      this.#stop.disabled = false;
      try {
        for (let step = 0; step < steps; step += ROUND) {
          for (const learner of learners) {
            await learner.advance(Math.min(ROUND, steps - step));
            signal.throwIfAborted();
          }
          const done = Math.min(step + ROUND, steps);
          setProgress(done, steps, words.step(done));
          await this.#show(learners, settings, words.stepOf(done, steps));
          signal.throwIfAborted();
        }
        const found = await this.#show(learners, settings);
        const [first = 0, second = 0] = found;
        this.result = { first, second, steps, sentence: sentence(found, settings) };
      } finally {
        for (const learner of learners) learner.dispose();
        this.#stop.disabled = true;
        if (signal.aborted && !this.#jobs.has("training")) this.#say(common.stopped);
      }
    });
  }

  /** Losses, pictures and accuracies so far; without `said`, those of the end. */
  async #show(learners: readonly Learner[], settings: Settings, said = ""): Promise<number[]> {
    const accuracies: number[] = [];
    for (const [i, learner] of learners.entries()) {
      const setting = sides[i]?.setting ?? "first";
      const accuracy = await learner.accuracy();
      accuracies.push(accuracy);
      const text = words.right(named[settings[setting]].name, percent(accuracy));
      byId(`name-${setting}`).textContent = text;
      this.#pictures[i]?.show(await learner.plane(), words.twoSpiralsAndWhatNetwork(text));
    }
    const points = learners.map(({ losses }) => ({ x: losses.map((_, k) => k), y: losses }));
    const told = said || sentence(accuracies, settings);
    this.#chart.set(points, words.lossByStepOf(told));
    this.#say(told);
    return accuracies;
  }

  #say(text: string): void {
    byId("training-message").textContent = text;
  }
}

/** The sentence about the end of a training. */
function sentence([first = 0, second = 0]: readonly number[], settings: Settings): string {
  return words.afterStepsIsRightAbout(
    settings.steps,
    named[settings.first].name,
    percent(first),
    named[settings.second].name,
    percent(second),
  );
}
