import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { choice, Slider } from "../../shared/fields.ts";
import { number, percent, powerOfTen } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import * as words from "../../words/en/activations/depth.ts";
import { sides } from "../curves/panel.ts";
import { named, optionsOf } from "../names.ts";
import type { Settings } from "../settings.ts";
import { type Layers, propagate } from "./signal.ts";
import { starts } from "./starts.ts";

const SETTLE = 40;
/** Smaller deviations are drawn at this value. */
const FLOOR = 1e-12;

/** How a signal and its gradient change through many layers. */
export class DepthPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #charts: Readonly<Record<keyof Layers, Chart>>;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const lines = sides.map(({ colour, dash }) => ({ label: colour, colour, dash }));
    const powers = {
      yValue: powerOfTen,
      read: (power: number) => number(10 ** power),
    };
    const chart = (id: string, y: string) =>
      new Chart(byId(id), {
        label: y,
        lines,
        height: 180,
        ...powers,
        titles: { x: words.layer, y },
      });
    this.#charts = {
      signal: chart("signal-chart", words.deviationOfOutputs),
      gradient: chart("gradient-chart", words.deviationOfGradients),
      dead: new Chart(byId("dead-chart"), {
        ...{ label: words.shareOfDeadUnits, lines, height: 180, y: { min: 0, max: 1 } },
        yValue: (share) => `${Math.round(100 * share)} %`,
        read: (share) => percent(share),
        titles: { x: words.layer, y: words.unitsThatAreAlways0 },
      }),
    };
    byId("depth-fields").append(
      choice({
        ...{ id: "start", label: words.weightsBeginAs, options: starts, value: settings.start },
        changed: (start) => {
          settings.start = start;
          this.send();
        },
      }),
      new Slider({
        ...{ id: "depth", label: words.layersOf64Units, min: 2, max: 40, step: 1, text: String },
        value: settings.depth,
        changed: (depth) => {
          settings.depth = depth;
          this.send();
        },
      }).element,
    );
    byId("other-weights").addEventListener("click", () => {
      settings.seed = (settings.seed + 1) % 1e6;
      this.send();
    });
  }

  send(): void {
    this.#jobs.run("depth", async (signal) => {
      await pause(SETTLE, signal);
      const settings = this.#settings;
      const { start, depth, seed } = settings;
      const found: Layers[] = [];
      for (const { setting } of sides) {
        const options = optionsOf(settings[setting], settings);
        found.push(await propagate({ options, start, depth, seed }));
        signal.throwIfAborted();
      }
      const [first, second] = found as [Layers, Layers];
      const names = [named[settings.first].name, named[settings.second].name] as const;
      this.#show(found, `${sentence(names[0], first)} ${sentence(names[1], second)}`);
      this.result = { start, depth, seed, first, second };
    });
  }

  #show(found: readonly Layers[], said: string): void {
    for (const of of ["signal", "gradient", "dead"] as const) {
      const points = found.map((layers) => ({
        x: layers[of].map((_, i) => i + 1),
        y:
          of === "dead"
            ? layers.dead
            : layers[of].map((value) => Math.log10(Math.max(value, FLOOR))),
      }));
      this.#charts[of].set(points, said);
    }
    byId("depth-message").textContent = said;
  }
}

/** The sentence about a signal and its gradient. */
export function sentence(name: string, { signal, gradient, dead }: Layers): string {
  const [last, first] = [Number(signal.at(-1)), Number(gradient[0])];
  return words.afterLayersOutputsDeviate(
    name,
    signal.length,
    number(last),
    number(first / Number(gradient.at(-1))),
    percent(Number(dead.at(-1)), 0),
  );
}
