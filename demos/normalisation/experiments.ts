import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import {
  type AnyExperiment,
  experiment,
  larger,
  type Pair,
  type Stage,
} from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import * as words from "../words/en/normalisation/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import type { Between } from "./settings.ts";
import { digits } from "./training/digits.ts";
import { Learner, type Lesson, type Question } from "./training/learner.ts";

const ROUND = 10;
/** Accuracies closer than this count as equal: four of the 300 held-out digits. */
const CLOSE = 0.015;

/** Losses of a training, on the left or the right. */
function show(host: HTMLElement | undefined, losses: readonly number[], text: string): void {
  const chart = make("div");
  host?.replaceChildren(chart, make("p", { class: "hint", text }));
  new Chart(chart, {
    ...{ label: common.loss, height: 170, titles: { x: common.step, y: common.loss } },
    lines: [{ label: common.loss, colour: "blue" }],
    y: { min: 0, max: 3, cut: true },
  }).set(
    [{ x: losses.map((_, i) => i), y: losses.map((loss) => finite(loss)) }],
    words.lossAnd(text),
  );
}

const finite = (value: number) => (Number.isFinite(value) ? value : 1e6);

interface Run extends Lesson {
  readonly steps: number;
}

interface Told {
  /** Held-out accuracy, unchanged and under the question's conditions. */
  readonly plain: number;
  readonly asked: number;
  readonly loss: number;
}

const base = { order: "before", batch: 32, rate: 0.01, seed: 1 } as const;

/** Trains the networks of both runs, or one network for both, and evaluates each run. */
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
        stage.progress(done, runs.length * steps, words.stepOf(step + ROUND, steps));
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

const both = (
  lesson: Partial<Run> & Pick<Run, "steps">,
  [one, other]: readonly [Between, Between],
) => [one, other].map((between) => ({ ...base, ...lesson, between })) as [Run, Run];

/** What the page proposes to predict. `part`: the share of their steps that the experiments take. */
export function experimentsOf(part: number): readonly [AnyExperiment, ...AnyExperiment[]] {
  const steps = (whole: number) => ROUND * Math.ceil((part * whole) / ROUND);
  return [twoDigits(steps(300)), brighter(steps(150)), without(steps(150))];
}

const twoDigits = (steps: number) =>
  experiment<Pair<Told>>({
    id: "two",
    title: words.twoDigitsStep,
    question: words.batchNormTakesMeanAnd,
    predictions: [words.withBatchNorm, common.alike, words.withGroupNorm],
    sides: [words.batchNorm, words.groupNorm],
    run: (stage) =>
      compare(stage, both({ batch: 2, steps }, ["batch", "group"]), ({ plain }) =>
        words.right(percent(plain)),
      ),
    sentence: ({ left, right }) =>
      words.afterStepsOfTwo(steps, percent(left.plain), percent(right.plain)),
    answer: ({ left, right }) => larger(left.plain, right.plain, CLOSE),
  });

const brighter = (steps: number) =>
  experiment<Pair<Told>>({
    id: "brighter",
    title: words.anotherCamera,
    question: words.networkWithBatchNormHas,
    predictions: [words.runningOnes, common.bothAlike, words.picturesOwn],
    sides: [words.runningStatistics, words.picturesOwn],
    run: (stage) =>
      compare(
        stage,
        [{ ...base, steps, between: "batch" }],
        ({ plain, asked }) => words.rightBrighter(percent(plain), percent(asked)),
        [
          { shift: 1.5, own: false },
          { shift: 1.5, own: true },
        ],
      ),
    sentence: ({ left, right }) =>
      words.ofDigitsAsTheyWere(percent(left.plain), percent(left.asked), percent(right.asked)),
    answer: ({ left, right }) => larger(left.asked, right.asked, CLOSE),
  });

const without = (steps: number) =>
  experiment<Pair<Told>>({
    id: "none",
    title: words.sixLayersWithoutNorm,
    question: words.sameSixConvolutionsSame(steps),
    predictions: [words.withoutNorm, common.alike, words.withBatchNorm],
    sides: [words.noNorm, words.batchNorm],
    run: (stage) =>
      compare(stage, both({ steps }, ["none", "batch"]), ({ loss }) =>
        words.lossAtEnd(number(loss)),
      ),
    sentence: ({ left, right }) =>
      words.afterStepsLossIs(
        steps,
        number(left.loss),
        number(right.loss),
        percent(left.plain),
        percent(right.plain),
      ),
    answer: ({ left, right }) => larger(-left.loss, -right.loss, CLOSE),
  });
