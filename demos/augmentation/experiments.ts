import type { Clothes } from "../resnet/data.ts";
import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import {
  type AnyExperiment,
  experiment,
  inTurn,
  larger,
  type Pair,
  type Stage,
} from "../shared/experiments.ts";
import { facts } from "../shared/facts.ts";
import { number, percent } from "../shared/format.ts";
import * as words from "../words/en/augmentation/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import type { Method } from "./imbalance/methods.ts";

/** Number of rare points for training and for evaluation (1 : 50 both times), and training steps. */
const RARE = { trained: 12, measured: 100, steps: 100 } as const;

/** Shares closer than this count as equal. */
const CLOSE = 0.01;

/** Figures of two classes, one of them rare, separated by a network. */
interface Told {
  readonly accuracy: number;
  /** Share of the rare points that are found (recall). */
  readonly recall: number;
  /** Balanced accuracy: the mean of both classes' recalls. */
  readonly balanced: number;
}

interface Way {
  readonly method: Method;
  /**
   * Whether to move the threshold to where the balanced accuracy on the training points is greatest. Default false:
   * probability ½.
   */
  readonly moved?: boolean;
}

/** Trains by both methods, and evaluates them on held-out points. */
async function tellBoth(
  stage: Stage,
  ways: readonly [Way, Way],
  steps: number,
): Promise<Pair<Told>> {
  const [{ tell }, { GRID, ImbalancePlane }, { gridOf, points }, { bestCut, countsOf }] =
    await Promise.all([
      import("./imbalance/learn.ts"),
      import("./imbalance/plane.ts"),
      import("./imbalance/points.ts"),
      import("./imbalance/scores.ts"),
    ]);
  const [given, heldOut] = [points(RARE.trained, 1), points(RARE.measured, 2)];
  return inTurn(ways, async ({ method, moved = false }, side) => {
    const network = await tell(
      { samples: given, method, gamma: 2, seed: 1, steps },
      {
        signal: stage.signal,
        onStep: (step) => stage.progress(side * steps + step, 2 * steps, words.stepOf(step, steps)),
      },
    );
    try {
      const odds = await network.odds(heldOut.X);
      const grid = await network.odds(gridOf(GRID));
      const cut = moved ? bestCut(given.y, await network.odds(given.X)) : 0;
      stage.signal.throwIfAborted();
      const { tn, fp, fn, tp } = countsOf(heldOut.y, odds, cut);
      const recall = tp / (tp + fn);
      const told = {
        ...{ accuracy: (tp + tn) / heldOut.y.length, recall },
        balanced: (recall + tn / (tn + fp)) / 2,
      };
      const canvas = make("canvas", { attributes: { role: "img" } });
      stage.sides[side].append(canvas);
      const said = words.rightOfRareOnesFound(percent(told.accuracy), percent(recall));
      const { trained } = network;
      new ImbalancePlane(canvas).show({ trained, given: given.y.length, odds: grid, cut }, said);
      facts(stage.sides[side], {
        ...{ "Right of all": percent(told.accuracy), "Rare ones found": percent(recall) },
        "Balanced accuracy": percent(told.balanced),
      });
      return told;
    } finally {
      network.dispose();
    }
  });
}

const deceiving = (steps: number) =>
  experiment<Pair<Told>>({
    id: "accuracy",
    title: words.fiftyToOne,
    question: words.onePointIn51Is,
    predictions: [words.asTheyAre, common.bothAlike, words.withClassWeights],
    sides: [words.asTheyAre, words.classWeights],
    run: (stage) => tellBoth(stage, [{ method: "plain" }, { method: "weighted" }], steps),
    sentence: ({ left, right }) =>
      words.asTheyAreOfAll(
        percent(left.accuracy),
        percent(left.recall),
        percent(right.accuracy),
        percent(right.recall),
      ),
    answer: ({ left, right }) => larger(left.accuracy, right.accuracy, CLOSE),
  });

const moving = (steps: number) =>
  experiment<Pair<Told>>({
    id: "threshold",
    title: words.newPointsOrAnother,
    question: words.smoteMakesRarePointsUntil,
    predictions: ["SMOTE", words.bothAlikeWithinPoint, words.theThreshold],
    sides: [words.smoteAt, words.asTheyAreThresholdMoved],
    run: (stage) => tellBoth(stage, [{ method: "smote" }, { method: "plain", moved: true }], steps),
    sentence: ({ left, right }) =>
      words.smoteComesToBalanced(percent(left.balanced), percent(right.balanced)),
    answer: ({ left, right }) => larger(left.balanced, right.balanced, CLOSE),
  });

/** Figures of a training on pictures. */
interface Trained {
  /** Mean loss of the last epoch. */
  readonly loss: number;
  /** Held-out accuracy. */
  readonly accuracy: number;
}

const EPOCHS = 12;
const PICTURES = 100;
const HELD_OUT = 200;

async function trainBoth(stage: Stage, clothes: Clothes, epochs: number): Promise<Pair<Trained>> {
  const { learn, lessonOf } = await import("./training/compare.ts");
  const size = { pictures: PICTURES, epochs, heldOut: HELD_OUT };
  const lesson = { ...lessonOf(clothes, size), every: epochs, seed: 1 };
  const perEpoch = PICTURES / 50;
  const steps = epochs * perEpoch;
  return inTurn(["plain", "moved"] as const, async (recipe, side) => {
    const { losses, accuracy } = await learn(
      clothes,
      { ...lesson, recipe },
      {
        signal: stage.signal,
        onStep: ({ step }) =>
          stage.progress(side * steps + step, 2 * steps, words.stepOf(step, steps)),
      },
    );
    const loss = losses.slice(-perEpoch).reduce((sum, each) => sum + each / perEpoch, 0);
    const chart = make("div");
    stage.sides[side].append(chart);
    new Chart(chart, {
      ...{
        label: common.loss,
        height: 170,
        titles: { x: common.step, y: common.loss },
        y: { min: 0, max: 2.5 },
      },
      lines: [{ label: common.loss, colour: "blue" }],
    }).set([{ x: losses.map((_, k) => k), y: losses }], words.lossByStepAtEnd(number(loss)));
    facts(stage.sides[side], { "Last epoch's loss": number(loss), "Held out": percent(accuracy) });
    return { loss, accuracy };
  });
}

const harder = (clothes: Clothes, epochs: number) =>
  experiment<Pair<Trained>>({
    id: "harder",
    title: words.harderLesson,
    question: words.oneNetworkSeesSamePictures(PICTURES, epochs),
    predictions: [words.asTheyAre, common.bothAlike, words.movedMirroredErased],
    sides: [words.asTheyAre, words.movedMirroredErased],
    run: (stage) => trainBoth(stage, clothes, epochs),
    sentence: ({ left, right }) =>
      words.lastEpochsLossIsAs(
        number(left.loss),
        number(right.loss),
        percent(left.accuracy),
        percent(right.accuracy),
      ),
    answer: ({ left, right }) => larger(right.loss, left.loss, CLOSE),
  });

/** The guided experiments of the page. `part`: the share of their steps and epochs that the trainings take. */
export function experimentsOf(
  clothes: Clothes,
  part: number,
): readonly [AnyExperiment, ...AnyExperiment[]] {
  const some = (whole: number) => Math.ceil(part * whole);
  return [deceiving(some(RARE.steps)), moving(some(RARE.steps)), harder(clothes, some(EPOCHS))];
}
