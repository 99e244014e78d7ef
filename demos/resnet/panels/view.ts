import { byId } from "../../shared/dom.ts";
import * as words from "../../words/en/resnet/panels.ts";
import type { Clothes } from "../data.ts";
import type { Evaluation } from "../evaluate.ts";
import type { LayerGradient } from "../gradients.ts";
import type { PerStep } from "../per_step.ts";
import { activations, blocks, norms, optimisers, type Settings } from "../settings.ts";
import type { Trainer, Watcher } from "../trainer.ts";
import { ConfusionPanel } from "./confusion.ts";
import { showCost } from "./cost.ts";
import { type Curves, CurvesPanel, smoothed } from "./curves.ts";
import { GradientsPanel } from "./gradients.ts";
import { PredictionsPanel } from "./predictions.ts";
import { StatsPanel } from "./stats.ts";
import { TimelinePanel } from "./timeline.ts";

/** What the page keeps of a run. */
interface Run {
  readonly label: string;
  readonly trainer: Trainer;
  readonly accuracy: { x: number[]; y: number[] };
  layers: readonly LayerGradient[];
  cost: PerStep | undefined;
}

/** All panels: the present run, over the previous one. */
export class View {
  readonly #clothes: Clothes;
  readonly #pause: number;
  readonly #stats = new StatsPanel(byId("stats"));
  readonly #curves = new CurvesPanel();
  readonly #confusion = new ConfusionPanel();
  readonly #gradients = new GradientsPanel();
  readonly #predictions: PredictionsPanel;
  readonly #timeline = new TimelinePanel();
  #run: Run | undefined;
  #before: Run | undefined;
  #drawnAt = 0;

  /** `pause`: least milliseconds between two drawings of the curves. */
  constructor(clothes: Clothes, pause: number) {
    this.#clothes = clothes;
    this.#pause = pause;
    this.#predictions = new PredictionsPanel(clothes);
  }

  /** The cost of a step of this run, once known. */
  get cost(): PerStep | undefined {
    return this.#run?.cost;
  }

  /** Clears the present run; it becomes the previous one if it has made any step. */
  clear(): void {
    if (this.#run && this.#run.trainer.losses.length > 1) this.#before = this.#run;
    this.#run = undefined;
    this.#predictions.preview(this.#clothes.heldOut);
    this.draw();
    this.#drawGradients();
  }

  /** Shows a new run. */
  begin(trainer: Trainer): void {
    this.clear();
    this.#run = {
      label: describe(trainer.settings),
      trainer,
      accuracy: { x: [], y: [] },
      layers: [],
      cost: undefined,
    };
    this.draw();
  }

  /** Shows on the page what the trainer reports. `stepped` is called after each step. */
  watcher(stepped: () => void): Watcher {
    return {
      stepped: () => {
        stepped();
        if (performance.now() - this.#drawnAt > this.#pause) this.draw();
      },
      evaluated: (evaluation) => this.#evaluated(evaluation),
      gradients: (layers) => {
        if (this.#run) this.#run.layers = layers;
        this.#drawGradients();
      },
      profiled: (profile) => this.#timeline.show(profile),
      counted: (cost) => {
        if (this.#run) this.#run.cost = cost;
        showCost(cost);
      },
    };
  }

  #evaluated({ accuracy, confusion, predictions }: Evaluation): void {
    this.#run?.accuracy.x.push(this.#run.trainer.losses.length);
    this.#run?.accuracy.y.push(accuracy);
    this.#confusion.show(confusion);
    this.#predictions.show(predictions);
    this.draw();
  }

  /** Draws the figures and the curves. */
  draw(): void {
    this.#drawnAt = performance.now();
    const run = this.#run;
    this.#curves.show(run && curvesOf(run), this.#before && curvesOf(this.#before));
    if (!run) {
      this.#stats.clear();
      return;
    }
    const loss = smoothed(run.trainer.losses).at(-1);
    this.#stats.show(run.trainer, this.#clothes.train.length, loss, run.accuracy.y.at(-1));
  }

  #drawGradients(): void {
    this.#gradients.show(this.#run, this.#before?.layers.length ? this.#before : undefined);
  }
}

function curvesOf({ label, trainer, accuracy }: Run): Curves {
  const { glance, heldOut } = trainer.settings;
  return { label, losses: trainer.losses, accuracy, glance, heldOut };
}

/** A run's settings in a few words. */
function describe({
  block,
  norm,
  activation,
  optimiser,
  width,
  depth,
  shortcut,
}: Settings): string {
  const size = words.size(depth > 1 ? `× ${depth}, ` : "", width);
  const parts = [
    ...[blocks[block], size, norm === "none" ? words.noNorm : norms[norm]],
    ...[activations[activation] ?? activation, optimisers[optimiser]],
    ...(shortcut ? [] : [words.noShortcut]),
  ];
  return parts.join(", ");
}
