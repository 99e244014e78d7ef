import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { Slider } from "../../shared/fields.ts";
import { number, percent } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { addLegend } from "../../shared/legend.ts";
import * as words from "../../words/en/losses/descent.ts";
import * as common from "../../words/en/shared/common.ts";
import { scoreLosses } from "../curves/families.ts";
import type { Settings } from "../settings.ts";
import { type Descents, descend, descentNames, STEPS } from "./descend.ts";

const SETTLE = 40;

/** Gradient descent with each loss from a score that is wrong and confident. */
export class DescentPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #chart: Chart;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const lines = descentNames.map((name) => {
      const { name: label, colour, dash = [] } = scoreLosses[name];
      return { label, colour, dash };
    });
    this.#chart = new Chart(byId("descent-chart"), {
      label: words.probabilityOfTruthByStep,
      lines,
      y: { min: 0, max: 1 },
      yValue: (value) => `${Math.round(100 * value)} %`,
      read: (value) => percent(value),
      titles: { x: common.step, y: words.probabilityOfTruth },
    });
    addLegend(byId("descent-legend"), lines);
    const slider = (
      id: "start" | "rate",
      label: string,
      [min, max, step]: readonly [number, number, number],
      [to, from]: readonly [(position: number) => number, (value: number) => number],
    ) =>
      new Slider({
        ...{ id, label, min, max, step, value: from(settings[id]) },
        text: (position) => number(to(position)),
        changed: (position) => {
          settings[id] = Number(to(position).toPrecision(3));
          this.descend();
        },
      }).element;
    byId("descent-fields").append(
      slider("start", words.scoreStartsFrom, [-10, 10, 0.5], [(v) => v, (v) => v]),
      slider("rate", words.learningRate, [-2, 1, 0.1], [(v) => 10 ** v, Math.log10]),
    );
  }

  descend(): void {
    this.#jobs.run("descent", async (signal) => {
      await pause(SETTLE, signal);
      const { start, rate } = this.#settings;
      const done = await descend(
        { start, rate, shape: this.#settings },
        {
          signal,
          onRound: (so) => this.#show(so, words.stepOf(so.crossEntropy.length - 1, STEPS)),
        },
      );
      const said = sentence(done);
      this.#show(done, said);
      const last = descentNames.map((name) => [name, done[name].at(-1)]);
      this.result = {
        start,
        rate,
        steps: STEPS,
        probabilities: Object.fromEntries(last),
        sentence: said,
      };
    });
  }

  #show(so: Descents, said: string): void {
    const points = descentNames.map((name) => ({ x: [...so[name].keys()], y: so[name] }));
    this.#chart.set(points, words.probabilityOfTruthByStepOf(said));
    byId("descent-message").textContent = said;
  }
}

function sentence(done: Descents): string {
  const at = (name: keyof Descents) => done[name].at(-1) ?? 0;
  const first = done.crossEntropy[0] ?? 0;
  return words.fromStepsOfCrossEntropy(
    percent(first, 2),
    STEPS,
    percent(at("crossEntropy")),
    percent(at("squared")),
    percent(at("hinge")),
  );
}
