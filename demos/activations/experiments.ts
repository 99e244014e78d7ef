import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { experiment, inTurn, type Pair, type Stage } from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import * as words from "../words/en/activations/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import { type Layers, propagate, type Stack } from "./depth/signal.ts";
import { Learner } from "./training/train.ts";

/** A chart of one line on the left or the right of the stage. */
function show(
  host: HTMLElement | undefined,
  y: readonly number[],
  titles: { readonly x: string; readonly y: string },
  text: string,
): void {
  const chart = make("div");
  host?.replaceChildren(chart, make("p", { class: "hint", text }));
  new Chart(chart, {
    label: titles.y,
    height: 170,
    titles,
    lines: [{ label: titles.y, colour: "blue" }],
  }).set([{ x: [...y.keys()], y }], `${titles.y} by ${titles.x}. ${text}`);
}

const powers = (values: readonly number[]) =>
  values.map((value) => Math.log10(Math.max(value, 1e-12)));

/** Figures of two stacks of twenty layers. */
async function compare(
  { signal, sides, progress }: Stage,
  stacks: readonly [Pick<Stack, "options" | "start">, Pick<Stack, "options" | "start">],
  of: "signal" | "gradient",
  told: (layers: Layers) => number,
): Promise<Pair> {
  return inTurn(stacks, async (stack, i) => {
    progress(i, 2, words.stackOf2(i + 1));
    const layers = await propagate({ ...stack, depth: 20, seed: 1 });
    signal.throwIfAborted();
    const value = told(layers);
    const y = of === "signal" ? words.logDeviationOfOutputs : words.logDeviationOfGradients;
    show(sides[i], powers(layers[of]), { x: words.layer, y }, number(value));
    return value;
  });
}

const STEPS = 150;

/** Trains the same network with each of two activations. */
async function train({ signal, sides, progress }: Stage): Promise<Pair> {
  return inTurn(["sigmoid", "tanh"] as const, async (act, i) => {
    const learner = new Learner({ options: { act }, seed: 1, rate: 0.01 });
    try {
      for (let step = 0; step < STEPS; step += 10) {
        await learner.advance(10);
        signal.throwIfAborted();
        progress(i * STEPS + step, 2 * STEPS, words.stepOf(act, step + 10, STEPS));
      }
      const accuracy = await learner.accuracy();
      show(
        sides[i],
        learner.losses,
        { x: common.step, y: common.loss },
        words.right(percent(accuracy)),
      );
      return accuracy;
    } finally {
      learner.dispose();
    }
  });
}

/** The guided experiments of the page. */
export const experiments = [
  experiment<Pair>({
    id: "vanishing",
    title: words.sigmoidsTwentyDeep,
    question: words.twentyLayersWithReluAnd,
    predictions: [words.withRelu, common.alike, words.withSigmoids],
    sides: [words.relu, words.sigmoid],
    run: (stage) =>
      compare(
        stage,
        [
          { options: { act: "relu" }, start: "he" },
          { options: { act: "sigmoid" }, start: "he" },
        ],
        "gradient",
        ({ gradient }) => Number(gradient[0]) / Number(gradient.at(-1)),
      ),
    sentence: ({ left, right }) => words.withReluFirstLayers(number(left), number(right)),
    answer: ({ left, right }) => (left > 3 * right ? 0 : right > 3 * left ? 2 : 1),
  }),
  experiment<Pair>({
    id: "start",
    title: words.twiceVariance,
    question: words.reluMakesHalfOfInput,
    predictions: [words.xavier, common.bothAlike, words.he],
    sides: [words.xavier, words.he],
    run: (stage) =>
      compare(
        stage,
        [
          { options: { act: "relu" }, start: "xavier" },
          { options: { act: "relu" }, start: "he" },
        ],
        "signal",
        ({ signal }) => Number(signal.at(-1)),
      ),
    sentence: ({ left, right }) => words.afterTwentyLayersOutputs(number(left), number(right)),
    answer: ({ left, right }) => (left > 3 * right ? 0 : right > 3 * left ? 2 : 1),
  }),
  experiment<Pair>({
    id: "centred",
    title: words.centredOn0OrNot,
    question: words.tanhIsSigmoidThatWas,
    predictions: [words.sigmoid, common.bothAlike, words.tanh],
    sides: [words.sigmoid, words.tanh],
    run: train,
    sentence: ({ left, right }) =>
      words.afterStepsNetworkWith(STEPS, percent(left), percent(right)),
    answer: ({ left, right }) => (left > right + 0.05 ? 0 : right > left + 0.05 ? 2 : 1),
  }),
] as const;
