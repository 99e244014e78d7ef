import { activation } from "wgrad";
import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { experiment, inTurn, larger, type Pair, type Stage } from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import { measured } from "../shared/measured.ts";
import * as words from "../words/en/activations/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import { type Layers, propagate, type Stack } from "./depth/signal.ts";
import { activations } from "./names.ts";
import { Learner } from "./training/train.ts";

/** A chart of one line on the left or the right of the stage. */
function show(
  host: HTMLElement | undefined,
  y: readonly number[],
  titles: { readonly x: string; readonly y: string },
  text: string,
  x: readonly number[] = [...y.keys()],
): void {
  const chart = make("div");
  host?.replaceChildren(chart, make("p", { class: "hint", text }));
  new Chart(chart, {
    label: titles.y,
    height: 170,
    titles,
    lines: [{ label: titles.y, colour: "blue" }],
  }).set([{ x, y }], `${titles.y} by ${titles.x}. ${text}`);
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

/** An activation around 0. */
interface Around {
  readonly slope: number;
  readonly lowest: number;
  /** The x at which the activation is lowest. */
  readonly at: number;
}

/** From −4 to 2, with 0 among them. */
const places = Array.from({ length: 241 }, (_, i) => (i - 160) / 40);

/** Values and slopes of swish and mish around 0. */
async function around({ signal, sides, progress }: Stage): Promise<Pair<Around>> {
  return inTurn(["silu", "mish"] as const, async (act, i) => {
    progress(i, 2, activations[act].name);
    const { f } = await measured(places, { f: (x) => activation(x, { act }) });
    signal.throwIfAborted();
    const lowest = Math.min(...f.values);
    const at = Number(places[f.values.indexOf(lowest)]);
    const slope = Number(f.gradients[places.indexOf(0)]);
    const text = words.lowestAt(number(lowest), number(at));
    show(sides[i], f.values, { x: "x", y: "f(x)" }, text, places);
    return { slope, lowest, at };
  });
}

/** 0 if the left number is more than three times the right one, 2 if the right one is more than three times the left. */
const thrice = ({ left, right }: Pair) => (left > 3 * right ? 0 : right > 3 * left ? 2 : 1);

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
    answer: thrice,
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
    answer: thrice,
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
    answer: ({ left, right }) => larger(left, right, 0.05),
  }),
  experiment<Pair<Around>>({
    id: "around",
    title: words.swishAndMishAround0,
    question: words.bothBendBelow0,
    predictions: [words.swish, common.bothAlike, words.mish],
    sides: [words.swish, words.mish],
    run: around,
    sentence: ({ left, right }) =>
      words.at0SlopesAre(
        ...([number(left.slope), number(right.slope), number(left.lowest)] as const),
        ...([number(left.at), number(right.lowest), number(right.at)] as const),
      ),
    answer: ({ left, right }) => larger(left.slope, right.slope, 0.01),
  }),
] as const;
