import { type Engine, manualSeed, scope } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import { resNet } from "wgrad/models";
import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { type AnyExperiment, experiment, larger, type Stage } from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import * as words from "../words/en/resnet/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import type { Clothes } from "./data.ts";
import { gradientNorms, type LayerGradient } from "./gradients.ts";
import { smoothed } from "./panels/curves.ts";
import { GradientDrawing } from "./panels/gradient_drawing.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { Trainer } from "./trainer.ts";

/** Small networks, because a software adapter must be able to train them. */
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
  /** Mean of the last losses; guessing has a loss of ln 10. */
  readonly small: number;
  readonly large: number;
  readonly steps: number;
}

/** The guided experiments of the page. `part`: the share of their steps that the trainings take. */
export function experimentsOf(
  engine: Engine,
  clothes: Clothes,
  part: number,
): readonly [AnyExperiment, ...AnyExperiment[]] {
  const steps = (whole: number) => Math.ceil(part * whole);
  return [
    vanishing(clothes),
    smallBatches(engine, clothes, steps(150)),
    tooFast(engine, clothes, steps(40)),
  ];
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
    title: words.gradientWithoutShortcut,
    question: words.twelvePreActivationBlocks,
    predictions: [words.below10, words.from10To1000, words.moreThan1000],
    sides: [words.withShortcuts, words.withoutShortcuts],
    async run({ signal, sides, progress }) {
      const found: LayerGradient[][] = [];
      for (const [i, shortcut] of [true, false].entries()) {
        progress(i, 2, words.gradientOf2(i + 1));
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
      words.gradientOfFirstLayerIs(number(withShortcut), number(without)),
    answer: ({ withShortcut, without }) => {
      const factor = withShortcut / without;
      return factor < 10 ? 0 : factor <= 1000 ? 1 : 2;
    },
  });

/** Trains one network after the other, draws their losses, and returns their figures. */
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
        const text = words.networkOf2StepOf(i + 1, done, trainer.total);
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
      drawLosses(sides[i], losses, words.heldOutAccuracy(percent(accuracy)));
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
    ...{
      label: common.lossHeading,
      height: 180,
      titles: { x: common.stepHeading, y: common.lossHeading },
      y: { min: 0 },
    },
    lines: [{ label: common.loss, colour: "blue" }],
  }).set([{ x: y.map((_, k) => k + 1), y }], words.lossByStepAtLast(number(y.at(-1) ?? 0)));
}

const smallBatches = (engine: Engine, clothes: Clothes, steps: number) =>
  experiment<Accuracies>({
    id: "small-batch",
    title: words.twoPicturesStep,
    question: words.batchNormalisationTakes,
    predictions: [words.batchNormalisation, words.neitherBy5Points, words.groupNormalisation],
    sides: [words.batchNormalisation, words.groupNormalisation],
    async run(stage) {
      const choice = { batch: 2, steps, learningRate: 3e-3 };
      const [batch, group] = await trainBoth(engine, clothes, stage, [
        { ...choice, norm: "batch" },
        { ...choice, norm: "group" },
      ]);
      return {
        ...{ batch: batch?.accuracy ?? Number.NaN, group: group?.accuracy ?? Number.NaN },
        steps,
      };
    },
    sentence: ({ batch, group, steps }) =>
      words.afterStepsOf2Pictures(steps, percent(batch), percent(group)),
    answer: ({ batch, group }) => larger(batch, group, 0.05),
  });

const tooFast = (engine: Engine, clothes: Clothes, steps: number) =>
  experiment<Rates>({
    id: "rate",
    title: words.learningRateTooLarge,
    question: words.sameNetworkByAdamOnce,
    predictions: [words.belowSmallOne, words.betweenSmallOneAnd2, words.above23],
    sides: ["η = 0.005", "η = 1"],
    async run(stage) {
      const choice = { batch: 32, steps } as const;
      const ends = await trainBoth(engine, clothes, stage, [
        { ...choice, learningRate: 5e-3 },
        { ...choice, learningRate: 1 },
      ]);
      const [slow = Number.NaN, fast = Number.NaN] = ends.map(({ losses }) =>
        mean(losses.slice(-10)),
      );
      return { small: slow, large: Number.isFinite(fast) ? fast : Infinity, steps };
    },
    sentence: ({ small: slow, large, steps }) =>
      words.afterStepsLossIsWith(steps, number(slow), Number.isFinite(large), number(large)),
    answer: ({ small: slow, large }) => (large < slow ? 0 : large <= Math.log(10) ? 1 : 2),
  });

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
