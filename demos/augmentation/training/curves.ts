import { Chart, type Points } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import * as words from "../../words/en/augmentation/training.ts";
import { type Recipe, recipeNames, recipes } from "./recipes.ts";

/** Held-out accuracy by epoch, one line for each recipe: the mean over the seeds finished so far. */
export class AccuracyCurves {
  readonly #chart = new Chart(byId("accuracy-chart"), {
    label: words.heldOutAccuracyByEpoch,
    titles: { x: words.epoch, y: words.heldOutAccuracy },
    yValue: (value) => percent(value, 0),
    read: percent,
    lines: recipeNames.map((name) => ({
      label: recipes[name].name,
      colour: recipes[name].colour,
      width: 2.5,
      points: true,
    })),
  });
  readonly #measured = new Map<Recipe, Map<number, number[]>>();

  constructor() {
    byId("accuracy-legend").append(
      ...recipeNames.map((name) =>
        make("span", {
          ...{ class: "key", text: recipes[name].name },
          style: { "--key": `var(--${recipes[name].colour})` },
        }),
      ),
    );
  }

  clear(): void {
    this.#measured.clear();
    this.#draw();
  }

  add(recipe: Recipe, epoch: number, accuracy: number): void {
    const line = this.#measured.get(recipe) ?? new Map<number, number[]>();
    this.#measured.set(recipe, line);
    line.set(epoch, [...(line.get(epoch) ?? []), accuracy]);
    this.#draw();
  }

  #draw(): void {
    const lines = recipeNames.map((name) => this.#line(name));
    const said = recipeNames.flatMap((name, i) => {
      const last = lines[i]?.y.at(-1);
      const epoch = lines[i]?.x.at(-1);
      return last === undefined ? [] : [words.at(recipes[name].name, percent(last), epoch)];
    });
    this.#chart.set(
      lines,
      words.heldOutAccuracyByEpochOf(said.join(", ") || words.nothingTrainedYet),
    );
  }

  #line(name: Recipe): Points {
    const measured = [...(this.#measured.get(name) ?? [])].sort(([a], [b]) => a - b);
    return {
      x: measured.map(([epoch]) => epoch),
      y: measured.map(([, values]) => values.reduce((sum, v) => sum + v, 0) / values.length),
    };
  }
}
