import { tellKernels } from "../../shared/compiling.ts";
import { byId, make } from "../../shared/dom.ts";
import { choice, numbersOf, Slider } from "../../shared/fields.ts";
import { number, percent } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/augmentation/imbalance.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Settings } from "../settings.ts";
import { RareCurves } from "./curves.ts";
import { type Telling, tell } from "./learn.ts";
import { methods } from "./methods.ts";
import { GRID, ImbalancePlane } from "./plane.ts";
import { gridOf, points } from "./points.ts";
import { bestCut, type Counts, countsOf, scoresOf } from "./scores.ts";

/** Rare points for training and for evaluation; of the common ones there are fifty times as many. */
const TRAINED = 12;
const MEASURED = 100;

const SETTLE = 40;

/** Results of a trained network. */
interface Known {
  readonly trained: Telling["trained"];
  /** Log-odds on the grid, for the training points, and for the points held out. */
  readonly odds: Readonly<Record<"grid" | "given" | "measured", Float64Array>>;
}

/** Two classes in the plane, 1 : 50. */
export class ImbalancePanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #plane = new ImbalancePlane(byId("plane") as HTMLCanvasElement);
  readonly #curves = new RareCurves();
  readonly #gamma: Slider;
  readonly #cut: Slider;
  readonly #numbers = numbersOf(byId("rare-numbers"), {
    balanced: words.balancedAccuracy,
    accuracy: common.accuracy,
    precision: words.precision,
    recall: words.recall,
    average: words.averagePrecision,
  });
  readonly #given = points(TRAINED, 1);
  readonly #measured = points(MEASURED, 2);
  #known: Known | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const method = choice({
      ...{ id: "method", label: words.whatIsDoneAbout, options: methods },
      value: settings.method,
      changed: (value) => {
        settings.method = value;
        this.learn();
      },
    });
    this.#gamma = new Slider({
      ...{ id: "gamma", label: words.gammaOfFocalLoss, min: 0, max: 5, step: 0.5 },
      value: settings.gamma,
      text: String,
      changed: (value) => {
        settings.gamma = value;
        this.learn();
      },
    });
    this.#cut = new Slider({
      ...{
        id: "cut",
        label: words.thresholdLabel,
        min: -6,
        max: 6,
        step: 0.1,
        value: settings.cut,
      },
      text: (odds) => words.probability((1 / (1 + Math.exp(-odds))).toFixed(3)),
      changed: (value) => this.#move(value),
    });
    byId("rare-fields").append(method, this.#gamma.element, this.#cut.element);
    byId("best-cut").addEventListener("click", () => {
      if (this.#known) this.#move(bestCut(this.#given.y, this.#known.odds.given));
    });
  }

  /** The figures shown, as plain numbers; undefined before the first training. */
  get result(): object | undefined {
    if (!this.#known) return undefined;
    const { method, cut } = this.#settings;
    const { y } = this.#measured;
    const odds = this.#known.odds.measured;
    const made = this.#known.trained.y.length - this.#given.y.length;
    return { method, cut, made, ...scoresOf(y, odds, { cut }), counts: countsOf(y, odds, cut) };
  }

  /** Trains by the chosen method; a newer training replaces this one. */
  learn(): void {
    const { method, gamma, steps } = this.#settings;
    this.#gamma.disabled = method !== "focal";
    this.#jobs.run("plane", async (signal) => {
      await pause(SETTLE, signal);
      this.#say(words.learning);
      tellKernels(byId("rare-message"));
      const task = { samples: this.#given, method, gamma, seed: 1, steps };
      const network = await tell(task, {
        signal,
        onStep: (step) => {
          this.#say(words.learningStepOf(step, steps));
          setProgress(step, steps, words.twoClassesStep(step));
        },
      });
      try {
        const [grid, given, measured] = [
          await network.odds(gridOf(GRID)),
          await network.odds(this.#given.X),
          await network.odds(this.#measured.X),
        ];
        signal.throwIfAborted();
        this.#known = { trained: network.trained, odds: { grid, given, measured } };
      } finally {
        network.dispose();
      }
      this.#show();
    });
  }

  /** Applies another threshold. */
  #move(cut: number): void {
    const within = Math.min(6, Math.max(-6, cut));
    this.#settings.cut = Math.round(100 * within) / 100;
    this.#cut.value = within;
    this.#show();
  }

  #show(): void {
    const known = this.#known;
    if (!known) return;
    const { cut, method } = this.#settings;
    const { y } = this.#measured;
    const odds = known.odds.measured;
    const counts = countsOf(y, odds, cut);
    const { balancedAccuracy, averagePrecision } = scoresOf(y, odds, { cut });
    const { tn, fp, fn, tp } = counts;
    const kept = method === "under" ? 0 : this.#given.y.length;
    this.#numbers({
      balanced: percent(balancedAccuracy),
      accuracy: percent((tp + tn) / y.length),
      precision: tp + fp > 0 ? percent(tp / (tp + fp)) : words.noneSaid,
      recall: percent(tp / (tp + fn)),
      average: averagePrecision.toFixed(3),
    });
    showConfusion(counts);
    this.#curves.show(y, odds, averagePrecision, counts);
    const said = sentence(counts, y.length);
    this.#plane.show(
      { trained: known.trained, given: kept || known.trained.y.length, odds: known.odds.grid, cut },
      words.pointsOfTwoClassesAnd(said),
    );
    this.#say(said);
  }

  #say(text: string): void {
    byId("rare-message").textContent = text;
  }
}

/** The sentence about the counts. */
function sentence({ fp, fn, tp, tn }: Counts, all: number): string {
  return words.ofRarePointsThatWere(
    tp + fn,
    tp,
    fn,
    number(fp),
    number(tn + fp),
    percent((tn + fp) / all),
  );
}

function showConfusion({ tn, fp, fn, tp }: Counts): void {
  const row = (name: string, toCommon: number, toRare: number) =>
    make(
      "tr",
      {},
      make("th", { text: name, attributes: { scope: "row" } }),
      make("td", { text: toCommon.toLocaleString("en-GB") }),
      make("td", { text: toRare.toLocaleString("en-GB") }),
    );
  byId("confusion-rows").replaceChildren(
    row(words.commonClass, tn, fp),
    row(words.rareClass, fn, tp),
  );
}
