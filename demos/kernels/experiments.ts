import {
  div,
  exp,
  mean,
  mul,
  scope,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  variance,
} from "wgrad";
import { experiment, type Pair, type Stage } from "../shared/experiments.ts";
import { facts } from "../shared/facts.ts";
import { number } from "../shared/format.ts";
import * as words from "../words/en/kernels/experiments.ts";
import * as common from "../words/en/shared/common.ts";

/** The results of two ways to compute a number, and its true value. */
interface Results extends Pair {
  readonly truth: number;
}

const COUNT = 1_000_000;

/** Relative error of a value, from 0; 1 for a value that is not finite. */
const off = (value: number, truth: number) =>
  Number.isFinite(value) ? Math.abs(value / truth - 1) : 1;

function inWords(value: number): string {
  if (!Number.isFinite(value)) return words.noNumber;
  return number(Math.abs(value) < 1000 ? value : Math.round(value));
}

function show({ sides }: Stage, found: Results): Results {
  for (const [i, value] of [found.left, found.right].entries()) {
    const error = Number.isFinite(value) ? `${number(100 * off(value, found.truth))} %` : "all";
    facts(sides[i], { Result: inWords(value), "In float64": inWords(found.truth), Off: error });
  }
  return found;
}

/** 0 if the left value is closer to the truth by a factor of ten, 2 if the right one is, else 1. */
function nearer({ left, right, truth }: Results): number {
  const [a, b] = [off(left, truth), off(right, truth)];
  return 10 * a < b ? 0 : 10 * b < a ? 2 : 1;
}

async function itemOf(make: () => Tensor): Promise<number> {
  using found = scope(make);
  return found.item();
}

/** Effects of float32 on sums and formulas, which are the reason for float64 references. */
export const experiments = [
  experiment<Results>({
    id: "sum",
    title: words.millionTimes01,
    question: words.numberOf32BitsHolds,
    predictions: [words.oneAfterOther, common.bothAlike, words.kernelsTree],
    sides: [words.oneAfterOther, words.kernelsTree],
    async run(stage) {
      const values = new Float32Array(COUNT).fill(0.1);
      const left = values.reduce((total, value) => Math.fround(total + value), 0);
      stage.progress(1, 2, words.theKernel);
      using x = tensor(values);
      const right = await itemOf(() => sum(x));
      stage.signal.throwIfAborted();
      return show(stage, { left, right, truth: COUNT * Number(values[0]) });
    },
    sentence: ({ left, right, truth }) =>
      words.oneAfterOtherComesTo(inWords(left), inWords(right), inWords(truth)),
    answer: nearer,
  }),
  experiment<Results>({
    id: "overflow",
    title: words.scoresOfHundred,
    question: words.softmaxOfScores100And,
    predictions: [words.theTextbook, words.both, words.theKernelSide],
    sides: ["exp(x) / Σ exp(x)", words.theKernelSide],
    async run(stage) {
      using x = tensor(new Float32Array([100, 99]), { shape: [1, 2] });
      const first = async (make: () => Tensor) => {
        using found = scope(make);
        return Number((await found.read())[0]);
      };
      const left = await first(() => {
        const powers = exp(x);
        return div(powers, sum(powers));
      });
      const right = await first(() => softmax(x));
      stage.signal.throwIfAborted();
      return show(stage, { left, right, truth: 1 / (1 + Math.exp(-1)) });
    },
    sentence: ({ left, right, truth }) =>
      words.firstProbabilityIsBy(inWords(left), inWords(right), number(truth)),
    answer: nearer,
  }),
  experiment<Results>({
    id: "variance",
    title: words.twoFormulasOfVariance,
    question: words.thousandNumbersAround10000,
    predictions: [words.squaresLessSquare, common.bothAlike, words.theKernelSide],
    sides: ["mean(x²) − mean(x)²", words.theKernelSide],
    async run(stage) {
      const spread = Math.sqrt(2); // the amplitude of a sine with deviation 1
      const values = Float32Array.from({ length: 1000 }, (_, i) => 1e4 + spread * Math.sin(i));
      using x = tensor(values);
      const left = await itemOf(() => sub(mean(mul(x, x)), square(mean(x))));
      const right = await itemOf(() => variance(x, { correction: 0 }));
      stage.signal.throwIfAborted();
      const middle = values.reduce((total, value) => total + value, 0) / values.length;
      const truth = values.reduce((total, v) => total + (v - middle) ** 2, 0) / values.length;
      return show(stage, { left, right, truth });
    },
    sentence: ({ left, right, truth }) =>
      words.squaresLessSquareComesTo(inWords(left), inWords(right), number(truth)),
    answer: nearer,
  }),
] as const;
