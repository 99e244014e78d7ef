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

/** What two ways to one number came to, and what it is. */
interface Results extends Pair {
  readonly truth: number;
}

const COUNT = 1_000_000;

/** The share by which a value is off, 0 to 1 and more; one that is no number is off by all. */
const off = (value: number, truth: number) =>
  Number.isFinite(value) ? Math.abs(value / truth - 1) : 1;

function inWords(value: number): string {
  if (!Number.isFinite(value)) return "no number";
  return number(Math.abs(value) < 1000 ? value : Math.round(value));
}

function show({ sides }: Stage, found: Results): Results {
  for (const [i, value] of [found.left, found.right].entries()) {
    const error = Number.isFinite(value) ? `${number(100 * off(value, found.truth))} %` : "all";
    facts(sides[i], { Result: inWords(value), "In float64": inWords(found.truth), Off: error });
  }
  return found;
}

/** 0 where the left value is nearer to the truth by ten times, 2 where the right one is. */
function nearer({ left, right, truth }: Results): number {
  const [a, b] = [off(left, truth), off(right, truth)];
  return 10 * a < b ? 0 : 10 * b < a ? 2 : 1;
}

async function itemOf(make: () => Tensor): Promise<number> {
  using found = scope(make);
  return found.item();
}

/** What float32 does to sums and formulas: the reason for references in float64. */
export const experiments = [
  experiment<Results>({
    id: "sum",
    title: "A million times 0.1",
    question:
      "A number of 32 bits holds about seven decimal digits. Add 0.1 a million times: one after the other, or in a tree of pairs as the kernel does. Which sum is nearer to 100,000?",
    predictions: ["One after the other", "Both alike", "The kernel's tree"],
    sides: ["One after the other", "The kernel's tree"],
    async run(stage) {
      const values = new Float32Array(COUNT).fill(0.1);
      const left = values.reduce((total, value) => Math.fround(total + value), 0);
      stage.progress(1, 2, "the kernel");
      using x = tensor(values);
      const right = await itemOf(() => sum(x));
      stage.signal.throwIfAborted();
      return show(stage, { left, right, truth: COUNT * Number(values[0]) });
    },
    sentence: ({ left, right, truth }) =>
      `One after the other comes to ${inWords(left)}, the kernel's tree to ${inWords(right)}; in float64 the sum of these numbers is ${inWords(truth)}.`,
    answer: nearer,
  }),
  experiment<Results>({
    id: "overflow",
    title: "Scores of a hundred",
    question:
      "The softmax of the scores 100 and 99: by exp(x) / Σ exp(x) as the textbook has it, or by the kernel, which takes the largest score away first. Float32 ends at 3.4 · 10³⁸. Which gives 0.731?",
    predictions: ["The textbook", "Both", "The kernel"],
    sides: ["exp(x) / Σ exp(x)", "The kernel"],
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
      `The first probability is ${inWords(left)} by the textbook and ${inWords(right)} by the kernel; in float64 it is ${number(truth)}.`,
    answer: nearer,
  }),
  experiment<Results>({
    id: "variance",
    title: "Two formulas of a variance",
    question:
      "A thousand numbers around 10,000 with deviation 1. Their variance as mean of the squares less square of the mean, or by the kernel, which takes the mean away first. Which is near 1?",
    predictions: ["Squares less square", "Both alike", "The kernel"],
    sides: ["mean(x²) − mean(x)²", "The kernel"],
    async run(stage) {
      const spread = Math.sqrt(2); // of a sine, so that its deviation is 1
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
      `Squares less square comes to ${inWords(left)}, the kernel to ${inWords(right)}; in float64 the variance is ${number(truth)}.`,
    answer: nearer,
  }),
] as const;
