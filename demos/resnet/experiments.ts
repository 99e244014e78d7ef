import { type Engine, manualSeed, scope } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import { resNet } from "wgrad/models";
import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { type AnyExperiment, experiment, type Stage } from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import type { Clothes } from "./data.ts";
import { gradientNorms, type LayerGradient } from "./gradients.ts";
import { smoothed } from "./panels/curves.ts";
import { GradientDrawing } from "./panels/gradient_drawing.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { Trainer } from "./trainer.ts";

/** Small networks: a software adapter has to stand them. */
const small = {
  ...defaultSettings({ software: true }),
  ...{ width: 4, stages: 2, batch: 16, every: 1e6, glance: 20, heldOut: 400 },
} satisfies Settings;

interface Gradients {
  /** ‖dW‖ of the first layer. */
  readonly withShortcut: number;
  readonly without: number;
}

interface Accuracies {
  readonly batch: number;
  readonly group: number;
  readonly steps: number;
}

interface Rates {
  /** Mean of the last losses; the loss of guessing is ln 10. */
  readonly small: number;
  readonly large: number;
  readonly steps: number;
}

/** What the page proposes to predict. */
export function experimentsOf(
  engine: Engine,
  clothes: Clothes,
): readonly [AnyExperiment, ...AnyExperiment[]] {
  return [vanishing(clothes), smallBatches(engine, clothes), tooFast(engine, clothes)];
}

/** The gradients of one batch in a deep network without normalisation. */
async function gradientsOf(clothes: Clothes, shortcut: boolean): Promise<LayerGradient[]> {
  manualSeed(1);
  const model = resNet({
    norm: "none",
    block: "preactivation",
    activation: "sigmoid",
    shortcut,
    width: 4,
    layers: [4, 4, 4],
    stemStride: 2,
  });
  scope(() => {
    const { x, y } = clothes.dataset.batch(clothes.train.slice(0, 8));
    crossEntropy(model.forward(x), y).backward();
  });
  const norms = await gradientNorms(model);
  model.dispose();
  return norms;
}

const vanishing = (clothes: Clothes) =>
  experiment<Gradients>({
    id: "shortcut",
    title: "The gradient without a shortcut",
    question:
      "Twelve pre-activation blocks with sigmoids and no normalisation. By which factor is the gradient of the first layer smaller without shortcuts?",
    predictions: ["Below 10", "10 to 1,000", "More than 1,000"],
    sides: ["With shortcuts", "Without shortcuts"],
    async run({ signal, sides, progress }) {
      const found: LayerGradient[][] = [];
      for (const [i, shortcut] of [true, false].entries()) {
        progress(i, 2, `gradient ${i + 1} of 2`);
        found.push(await gradientsOf(clothes, shortcut));
        signal.throwIfAborted();
      }
      found.forEach((layers, i) => {
        const host = make("div", { class: "gradients" });
        sides[i]?.replaceChildren(host);
        new GradientDrawing(host).show([{ layers, colour: "blue" }], found.flat());
      });
      const [withShortcut = 0, without = 0] = found.map(([first]) => first?.norm);
      return { withShortcut, without };
    },
    sentence: ({ withShortcut, without }) =>
      `The gradient of the first layer is ${number(withShortcut)} long with shortcuts and ${number(without)} without.`,
    answer: ({ withShortcut, without }) => {
      const factor = withShortcut / without;
      return factor < 10 ? 0 : factor <= 1000 ? 1 : 2;
    },
  });

/** Trains one network after the other, draws their losses, and gives what they come to. */
async function trainBoth(
  engine: Engine,
  clothes: Clothes,
  { signal, sides, progress }: Stage,
  choices: readonly Partial<Settings>[],
): Promise<readonly { readonly losses: readonly number[]; readonly accuracy: number }[]> {
  const ends = [];
  for (const [i, choice] of choices.entries()) {
    const settings = { ...small, ...choice };
    const quiet = { evaluated() {}, gradients() {}, profiled() {}, counted() {} };
    const trainer = new Trainer(engine, clothes, settings, {
      ...quiet,
      stepped: () => {
        const done = trainer.losses.length;
        const text = `network ${i + 1} of 2, step ${done} of ${trainer.total}`;
        progress(i * trainer.total + done, choices.length * trainer.total, text);
      },
    });
    const stop = () => trainer.stop();
    signal.addEventListener("abort", stop);
    try {
      const evaluation = await trainer.run();
      signal.throwIfAborted();
      const { losses } = trainer;
      const accuracy = evaluation?.accuracy ?? Number.NaN;
      ends.push({ losses: [...losses], accuracy });
      drawLosses(sides[i], losses, `Held-out accuracy ${percent(accuracy)}`);
    } finally {
      signal.removeEventListener("abort", stop);
      trainer.dispose();
    }
  }
  return ends;
}

function drawLosses(host: HTMLElement | undefined, losses: readonly number[], text: string): void {
  const chart = make("div");
  host?.replaceChildren(chart, make("p", { class: "hint", text }));
  const y = smoothed(losses.filter(Number.isFinite));
  new Chart(chart, {
    ...{ label: "Loss", height: 180, titles: { x: "Step", y: "Loss" }, y: { min: 0 } },
    lines: [{ label: "loss", colour: "blue" }],
  }).set([{ x: y.map((_, k) => k + 1), y }], `Loss by step, at last ${number(y.at(-1) ?? 0)}`);
}

const smallBatches = (engine: Engine, clothes: Clothes) =>
  experiment<Accuracies>({
    id: "small-batch",
    title: "Two pictures a step",
    question:
      "Batch normalisation takes mean and deviation over the batch, group normalisation within each picture. With 2 pictures a step, which network is right more often about pictures it has not seen?",
    predictions: ["Batch normalisation", "Neither by 5 points", "Group normalisation"],
    sides: ["Batch normalisation", "Group normalisation"],
    async run(stage) {
      const choice = { batch: 2, steps: 150, learningRate: 3e-3 };
      const [batch, group] = await trainBoth(engine, clothes, stage, [
        { ...choice, norm: "batch" },
        { ...choice, norm: "group" },
      ]);
      return {
        ...{ batch: batch?.accuracy ?? Number.NaN, group: group?.accuracy ?? Number.NaN },
        steps: choice.steps,
      };
    },
    sentence: ({ batch, group, steps }) =>
      `After ${steps} steps of 2 pictures, batch normalisation is right about ${percent(batch)} of held-out pictures and group normalisation about ${percent(group)}.`,
    answer: ({ batch, group }) => (batch > group + 0.05 ? 0 : group > batch + 0.05 ? 2 : 1),
  });

const tooFast = (engine: Engine, clothes: Clothes) =>
  experiment<Rates>({
    id: "rate",
    title: "A learning rate too large",
    question:
      "The same network by Adam, once with a learning rate of 0.005 and once of 1. Guessing has a loss of 2.3. Where does the large one come to?",
    predictions: ["Below the small one", "Between the small one and 2.3", "Above 2.3"],
    sides: ["η = 0.005", "η = 1"],
    async run(stage) {
      const choice = { batch: 32, steps: 40 } as const;
      const ends = await trainBoth(engine, clothes, stage, [
        { ...choice, learningRate: 5e-3 },
        { ...choice, learningRate: 1 },
      ]);
      const [slow = Number.NaN, fast = Number.NaN] = ends.map(({ losses }) =>
        mean(losses.slice(-10)),
      );
      return { small: slow, large: Number.isFinite(fast) ? fast : Infinity, steps: choice.steps };
    },
    sentence: ({ small: slow, large, steps }) =>
      `After ${steps} steps the loss is ${number(slow)} with η = 0.005 and ${Number.isFinite(large) ? number(large) : "no number any more"} with η = 1; guessing has 2.30.`,
    answer: ({ small: slow, large }) => (large < slow ? 0 : large <= Math.log(10) ? 1 : 2),
  });

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
