import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { number, percent, powerOfTen } from "../../shared/format.ts";
import { type Jobs, pause, STOPPING } from "../../shared/jobs.ts";
import { key } from "../../shared/legend.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/normalisation/training.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Settings } from "../settings.ts";
import { digits } from "./digits.ts";
import { addFields } from "./fields.ts";
import { type Histograms, spans } from "./histograms.ts";
import { Learner } from "./learner.ts";
import { Ridges } from "./ridges.ts";
import { betweens, sides } from "./sides.ts";

const SETTLE = 40;
/** Steps between two updates of the picture. */
const ROUND = 10;

/** A trained network, and its norm. */
export interface Trained {
  readonly learner: Learner;
  readonly name: string;
  /** Whether its norm has running statistics. */
  readonly running: boolean;
}

/** Trains the same network with each of two norms: losses, and histograms by layer during the training. */
export class TrainingPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #chart: Chart;
  readonly #activations: Ridges;
  readonly #gradients: Ridges;
  readonly #stop = byId("stop-training") as HTMLButtonElement;
  readonly #done: (trained: readonly Trained[]) => Promise<void>;
  #trained: readonly Trained[] = [];
  result: object | undefined;

  /**
   * `done` is called with the trained networks, which stay valid until the next training; nothing else runs in the same
   * jobs meanwhile.
   */
  constructor(
    settings: Settings,
    jobs: Jobs,
    done: (trained: readonly Trained[]) => Promise<void>,
  ) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#done = done;
    this.#chart = new Chart(byId("training-chart"), {
      label: common.lossByStep,
      lines: sides.map(({ colour, dash }) => ({ label: colour, colour, dash })),
      y: { min: 0, max: 3, cut: true },
      titles: { x: common.step, y: common.loss },
      height: 200,
    });
    const host = byId("ridges");
    this.#activations = new Ridges(host, words.outputsOfEachLayer, {
      span: spans.activations,
      text: number,
    });
    this.#gradients = new Ridges(host, words.sizesOfGradientsOfEach, {
      span: spans.gradients,
      text: powerOfTen,
    });
    addFields(byId("training-fields"), settings, () => this.train());
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
      const split = await digits();
      signal.throwIfAborted();
      for (const { learner } of this.#trained) learner.dispose();
      const rate = 10 ** settings.rate;
      const { order, batch, seed } = settings;
      this.#trained = sides.map(({ setting }) => ({
        learner: new Learner(split, { between: settings[setting], order, batch, rate, seed }),
        name: betweens[settings[setting]],
        running: settings[setting] === "batch",
      }));
      const names = this.#trained.map(({ name }, i) => key(name, sides[i as 0 | 1].colour));
      byId("training-legend").replaceChildren(...names);
      this.#stop.disabled = false;
      try {
        await this.#learn(settings, signal);
      } finally {
        this.#stop.disabled = true;
        if (signal.aborted && !this.#jobs.has("training")) this.#say(common.stopped);
      }
      await this.#done(this.#trained);
    });
  }

  async #learn(settings: Settings, signal: AbortSignal): Promise<void> {
    const { steps } = settings;
    let found: readonly Histograms[] = [];
    for (let step = 0; step < steps; step += ROUND) {
      for (const { learner } of this.#trained) {
        await learner.advance(Math.min(ROUND, steps - step));
        signal.throwIfAborted();
      }
      const done = Math.min(step + ROUND, steps);
      setProgress(done, steps, words.step(done));
      found = await this.#show(words.stepOf(done, steps));
      signal.throwIfAborted();
    }
    const accuracies: number[] = [];
    for (const { learner } of this.#trained) accuracies.push(await learner.accuracy());
    signal.throwIfAborted();
    this.#end(accuracies, found, settings);
  }

  /** Losses and histograms so far. */
  async #show(said: string): Promise<readonly Histograms[]> {
    const found: Histograms[] = [];
    for (const { learner } of this.#trained) found.push(await learner.histograms());
    const points = this.#trained.map(({ learner: { losses } }) => ({
      x: losses.map((_, k) => k),
      y: losses,
    }));
    this.#chart.set(points, words.lossByStepOf(said));
    for (const [ridges, of, what] of [
      [this.#activations, "activations", words.outputsOfLayers],
      [this.#gradients, "gradients", words.gradientsOfLayersWeights],
    ] as const) {
      const sizes = found.map(
        ({ sizes }, i) => `${this.#trained[i]?.name}: ${sizes[of].map(number).join(", ")}`,
      );
      const spoken = words.histogramsByLayer(what, sizes.join(". "));
      ridges.show(
        found.map((each) => each[of]),
        spoken,
      );
    }
    this.#say(said);
    return found;
  }

  #end(accuracies: readonly number[], found: readonly Histograms[], settings: Settings): void {
    const { steps, batch } = settings;
    const told = this.#trained.map(({ name }, i) => {
      const { sizes } = found[i] as Histograms;
      const share = Number(sizes.gradients[0]) / Number(sizes.gradients.at(-1));
      const right = percent(accuracies[i] ?? Number.NaN);
      return words.ofHeldOutDigitsAre(name, right, number(share));
    });
    const said = words.afterStepsOfDigits(steps, batch, told.join(" "));
    this.#say(said);
    const [first, second] = accuracies;
    const losses = this.#trained.map(({ learner }) => learner.losses.at(-1));
    const { first: one, second: other, order } = settings;
    this.result = {
      ...{ norms: [one, other], order, steps, batch, first, second, losses },
      sizes: found.map(({ sizes }) => sizes),
      histograms: found.map(({ activations, gradients }) => ({ activations, gradients })),
      sentence: said,
    };
  }

  #say(text: string): void {
    byId("training-message").textContent = text;
  }
}
