import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { experiment, inTurn, type Pair, type Stage } from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import { type Layers, propagate, type Stack } from "./depth/signal.ts";
import { Learner } from "./training/train.ts";

/** A chart of one line, in one of the two places. */
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

/** What two stacks of twenty layers come to. */
async function compare(
  { signal, sides, progress }: Stage,
  stacks: readonly [Pick<Stack, "options" | "start">, Pick<Stack, "options" | "start">],
  of: "signal" | "gradient",
  told: (layers: Layers) => number,
): Promise<Pair> {
  return inTurn(stacks, async (stack, i) => {
    progress(i, 2, `stack ${i + 1} of 2`);
    const layers = await propagate({ ...stack, depth: 20, seed: 1 });
    signal.throwIfAborted();
    const value = told(layers);
    const y = of === "signal" ? "log₁₀ deviation of outputs" : "log₁₀ deviation of gradients";
    show(sides[i], powers(layers[of]), { x: "layer", y }, number(value));
    return value;
  });
}

const STEPS = 150;

/** The same network with each of two activations. */
async function train({ signal, sides, progress }: Stage): Promise<Pair> {
  return inTurn(["sigmoid", "tanh"] as const, async (act, i) => {
    const learner = new Learner({ options: { act }, seed: 1, rate: 0.01 });
    try {
      for (let step = 0; step < STEPS; step += 10) {
        await learner.advance(10);
        signal.throwIfAborted();
        progress(i * STEPS + step, 2 * STEPS, `${act}, step ${step + 10} of ${STEPS}`);
      }
      const accuracy = await learner.accuracy();
      show(sides[i], learner.losses, { x: "step", y: "loss" }, `${percent(accuracy)} right`);
      return accuracy;
    } finally {
      learner.dispose();
    }
  });
}

/** What the page proposes to predict. */
export const experiments = [
  experiment<Pair>({
    id: "vanishing",
    title: "Sigmoids, twenty deep",
    question:
      "Twenty layers with ReLU and twenty with sigmoids. The first layer's gradient, as a part of the last layer's: where is more left?",
    predictions: ["With ReLU", "Alike", "With sigmoids"],
    sides: ["ReLU", "Sigmoid"],
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
    sentence: ({ left, right }) =>
      `With ReLU the first layer's gradient is ${number(left)} of the last one's, with sigmoids ${number(right)}: a sigmoid's slope is at most a quarter.`,
    answer: ({ left, right }) => (left > 3 * right ? 0 : right > 3 * left ? 2 : 1),
  }),
  experiment<Pair>({
    id: "start",
    title: "Twice the variance",
    question:
      "ReLU makes half of its input 0. Weights of variance 1/n (Xavier) or 2/n (He): which keeps the signal's size through twenty layers?",
    predictions: ["Xavier", "Both alike", "He"],
    sides: ["Xavier", "He"],
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
    sentence: ({ left, right }) =>
      `After twenty layers outputs deviate by ${number(left)} with Xavier's weights and by ${number(right)} with He's.`,
    answer: ({ left, right }) => (left > 3 * right ? 0 : right > 3 * left ? 2 : 1),
  }),
  experiment<Pair>({
    id: "centred",
    title: "Centred on 0, or not",
    question:
      "Tanh is a sigmoid that was stretched to −1 … 1, so that its outputs lie around 0. The same network learns two spirals in 150 steps with each: which gets more right?",
    predictions: ["Sigmoid", "Both alike", "Tanh"],
    sides: ["Sigmoid", "Tanh"],
    run: train,
    sentence: ({ left, right }) =>
      `After ${STEPS} steps the network with sigmoids is right about ${percent(left)} of the points, that with tanh about ${percent(right)}.`,
    answer: ({ left, right }) => (left > right + 0.05 ? 0 : right > left + 0.05 ? 2 : 1),
  }),
] as const;
