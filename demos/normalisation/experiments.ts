import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { experiment, larger, type Pair, type Stage } from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import type { Between } from "./settings.ts";
import { digits } from "./training/digits.ts";
import { Learner, type Lesson, type Question } from "./training/learner.ts";

const ROUND = 10;
/** A difference of accuracy smaller than this is none: four of the 300 held-out digits. */
const CLOSE = 0.015;

/** Losses of a training in one of the two places. */
function show(host: HTMLElement | undefined, losses: readonly number[], text: string): void {
  const chart = make("div");
  host?.replaceChildren(chart, make("p", { class: "hint", text }));
  new Chart(chart, {
    ...{ label: "loss", height: 170, titles: { x: "step", y: "loss" } },
    lines: [{ label: "loss", colour: "blue" }],
    y: { min: 0, max: 3, cut: true },
  }).set([{ x: losses.map((_, i) => i), y: losses.map((loss) => finite(loss)) }], `Loss. ${text}`);
}

const finite = (value: number) => (Number.isFinite(value) ? value : 1e6);

interface Run extends Lesson {
  readonly steps: number;
}

interface Told {
  /** Held-out accuracy, and under the question. */
  readonly plain: number;
  readonly asked: number;
  readonly loss: number;
}

const base = { order: "before", batch: 32, rate: 0.01, seed: 1, steps: 150 } as const;

/** Trains the networks of both runs, or one network for both, and asks each run's question. */
async function compare(
  stage: Stage,
  runs: readonly [Run, Run] | readonly [Run],
  text: (told: Told) => string,
  questions: readonly [Question, Question] = [{}, {}],
): Promise<Pair<Told>> {
  const split = await digits();
  const found: Told[] = [];
  for (const [i, run] of runs.entries()) {
    const { steps, ...lesson } = run;
    const learner = new Learner(split, lesson);
    try {
      for (let step = 0; step < steps; step += ROUND) {
        await learner.advance(ROUND);
        stage.signal.throwIfAborted();
        const done = i * steps + step + ROUND;
        stage.progress(done, runs.length * steps, `step ${step + ROUND} of ${steps}`);
      }
      for (const side of runs.length === 1 ? [0, 1] : [i]) {
        const told = await ask(learner, questions[side]);
        stage.signal.throwIfAborted();
        show(stage.sides[side], learner.losses, text(told));
        found.push(told);
      }
    } finally {
      learner.dispose();
    }
  }
  const [left, right] = found as [Told, Told];
  return { left, right };
}

async function ask(learner: Learner, question?: Question): Promise<Told> {
  const plain = await learner.accuracy();
  const asked = await learner.accuracy(question);
  const loss = learner.losses.slice(-ROUND).reduce((sum, each) => sum + each / ROUND, 0);
  return { plain, asked, loss: finite(loss) };
}

const both = (lesson: Partial<Run>, [one, other]: readonly [Between, Between]) =>
  [one, other].map((between) => ({ ...base, ...lesson, between })) as [Run, Run];

/** What the page proposes to predict. */
export const experiments = [
  experiment<Pair<Told>>({
    id: "two",
    title: "Two digits a step",
    question:
      "Batch norm takes the mean and deviation of a channel over the batch, group norm within each sample. With two digits a step: which network answers held-out digits better?",
    predictions: ["With batch norm", "Alike", "With group norm"],
    sides: ["Batch norm", "Group norm"],
    run: (stage) =>
      compare(
        stage,
        both({ batch: 2, steps: 300 }, ["batch", "group"]),
        ({ plain }) => `${percent(plain)} right`,
      ),
    sentence: ({ left, right }) =>
      `After 300 steps of two digits the network with batch norm is right about ${percent(left.plain)} of the held-out digits, that with group norm about ${percent(right.plain)}.`,
    answer: ({ left, right }) => larger(left.plain, right.plain, CLOSE),
  }),
  experiment<Pair<Told>>({
    id: "brighter",
    title: "Another camera",
    question:
      "A network with batch norm has learned, and now every pixel is brighter by 1.5 deviations. By which statistics is it right about more digits: those that it noted in training, or those of the bright pictures themselves?",
    predictions: ["The running ones", "Both alike", "The pictures' own"],
    sides: ["Running statistics", "The pictures' own"],
    run: (stage) =>
      compare(
        stage,
        [{ ...base, between: "batch" }],
        ({ plain, asked }) => `${percent(plain)} right, brighter ${percent(asked)}`,
        [
          { shift: 1.5, own: false },
          { shift: 1.5, own: true },
        ],
      ),
    sentence: ({ left, right }) =>
      `Of the digits as they were ${percent(left.plain)} are right. Brighter, ${percent(left.asked)} are right by running statistics and ${percent(right.asked)} by the pictures' own.`,
    answer: ({ left, right }) => larger(left.asked, right.asked, CLOSE),
  }),
  experiment<Pair<Told>>({
    id: "none",
    title: "Six layers without a norm",
    question:
      "The same six convolutions, the same learning rate: without any norm, and with batch norm. Whose loss is lower after 150 steps of 32 digits?",
    predictions: ["Without a norm", "Alike", "With batch norm"],
    sides: ["No norm", "Batch norm"],
    run: (stage) =>
      compare(stage, both({}, ["none", "batch"]), ({ loss }) => `loss ${number(loss)} at the end`),
    sentence: ({ left, right }) =>
      `After 150 steps the loss is ${number(left.loss)} without a norm and ${number(right.loss)} with batch norm; held-out digits are right in ${percent(left.plain)} and ${percent(right.plain)} of all cases.`,
    answer: ({ left, right }) => larger(-left.loss, -right.loss, CLOSE),
  }),
] as const;
