import { Chart, type Line } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import { type Jobs, STOPPING } from "../../shared/jobs.ts";
import { key } from "../../shared/legend.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/normalisation/sizes.ts";
import * as common from "../../words/en/shared/common.ts";
import { type Between, batchSizes, type Settings } from "../settings.ts";
import { digits } from "../training/digits.ts";
import { Learner } from "../training/learner.ts";
import { betweens } from "../training/sides.ts";

const ROUND = 20;

const looks: Readonly<Record<Between, Pick<Line, "colour" | "dash">>> = {
  none: { colour: "ghost", dash: [2, 3] },
  batch: { colour: "blue" },
  group: { colour: "orange", dash: [8, 4] },
  instance: { colour: "green", dash: [2, 4] },
  layer: { colour: "pink", dash: [10, 3, 2, 3] },
  rms: { colour: "yellow", dash: [5, 2] },
};

const names = Object.keys(betweens) as Between[];

/** Accuracies by norm and batch size. */
export type Table = Readonly<Record<Between, number[]>>;

/** Trains the same network with every norm at every batch size. */
export class SizesPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #chart: Chart;
  readonly #stop = byId("stop-sizes") as HTMLButtonElement;
  readonly #bar = byId("sizes-bar") as HTMLProgressElement;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const lines = names.map((name) => ({ ...looks[name], label: betweens[name], points: true }));
    byId("sizes-legend").append(...names.map((name) => key(betweens[name], looks[name].colour)));
    this.#chart = new Chart(byId("sizes-chart"), {
      ...{ label: words.heldOutAccuracyByDigits, lines, y: { min: 0, max: 1 } },
      yValue: (share) => `${Math.round(100 * share)} %`,
      read: (share) => percent(share),
      titles: { x: words.digitsOfStepAsPower, y: words.heldOutAccuracy },
    });
    byId("all-sizes").addEventListener("click", () => this.compare());
    this.#stop.addEventListener("click", () => {
      jobs.stop("sizes");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
  }

  /** Trains all, smallest batches first. */
  compare(): void {
    this.#jobs.run("sizes", async (signal) => {
      const { sweep: steps, order, rate: power, seed } = this.#settings;
      const table: Table = { none: [], batch: [], group: [], instance: [], layer: [], rms: [] };
      const total = names.length * batchSizes.length;
      this.#stop.disabled = false;
      this.#bar.hidden = false;
      try {
        const split = await digits();
        for (const [i, batch] of batchSizes.entries()) {
          for (const [j, between] of names.entries()) {
            const done = i * names.length + j;
            this.#progress(done, total, words.digitsStep(betweens[between], batch));
            const lesson = { between, order, batch, rate: 10 ** power, seed };
            const learner = new Learner(split, lesson);
            try {
              for (let step = 0; step < steps; step += ROUND) {
                await learner.advance(Math.min(ROUND, steps - step));
                signal.throwIfAborted();
              }
              table[between].push(await learner.accuracy());
            } finally {
              learner.dispose();
            }
            signal.throwIfAborted();
            this.#show(table);
          }
        }
        const said = sentence(table, steps);
        this.#say(said);
        this.result = { steps, order, sizes: batchSizes, accuracies: table, sentence: said };
      } finally {
        this.#stop.disabled = true;
        this.#bar.hidden = true;
        if (signal.aborted && !this.#jobs.has("sizes")) this.#say(common.stopped);
      }
    });
  }

  #show(table: Table): void {
    const points = names.map((name) => ({
      x: table[name].map((_, i) => i + 1),
      y: table[name],
    }));
    const best = names.map((name) => `${betweens[name]} ${table[name].map((v) => percent(v, 0))}`);
    this.#chart.set(points, words.heldOutAccuracyAtBatches(best.join("; ")));
    const rows = names.map((name) =>
      make(
        "tr",
        {},
        make("th", { attributes: { scope: "row" } }, key(betweens[name], looks[name].colour)),
        ...batchSizes.map((_, i) => {
          const share = table[name][i];
          return make("td", { text: share === undefined ? "" : (100 * share).toFixed(0) });
        }),
      ),
    );
    byId("sizes-rows").replaceChildren(...rows);
  }

  #progress(done: number, total: number, text: string): void {
    this.#bar.value = done / total;
    this.#say(words.trainingOf(done + 1, total, text));
    setProgress(done, total, text);
  }

  #say(text: string): void {
    byId("sizes-message").textContent = text;
  }
}

/** The sentence about the best norms at the smallest and the largest batch, and the gain of batch norm. */
function sentence(table: Table, steps: number): string {
  const best = (i: number) => {
    const [name, share] = names
      .map((each) => [each, table[each][i] ?? 0] as const)
      .reduce((a, b) => (b[1] > a[1] ? b : a));
    return words.isBestWith(betweens[name], percent(share));
  };
  const last = batchSizes.length - 1;
  const { batch } = table;
  return words.afterStepsWith2Digits(
    steps,
    best(0),
    best(last),
    percent(batch[0] ?? 0),
    percent(batch[last] ?? 0),
  );
}
