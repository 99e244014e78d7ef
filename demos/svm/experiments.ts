import { make } from "../shared/dom.ts";
import { experiment, inTurn, larger, type Pair, type Stage } from "../shared/experiments.ts";
import { percent } from "../shared/format.ts";
import * as words from "../words/en/svm/experiments.ts";
import { heldOutScore, learn } from "./fit.ts";
import { Plane } from "./plane.ts";
import { classScene } from "./sets.ts";
import { type ClassSet, checkSettings, defaultSettings, type Settings } from "./settings.ts";

/** Figures of one machine. */
interface Machine {
  /** Training accuracy. */
  readonly training: number;
  /** Held-out accuracy, by cross-validation. */
  readonly heldOut: number;
  readonly supportVectors: number;
}

interface Machines extends Pair<Machine> {
  readonly samples: number;
}

type Choice = Partial<Pick<Settings, "kernel" | "C" | "gamma">>;

/** Fits two machines to the same points. */
async function compare(
  { signal, sides, progress }: Stage,
  set: ClassSet,
  choices: readonly [Choice, Choice],
): Promise<Machines> {
  const scene = classScene(set);
  if (!scene) throw new Error(`expected points that are made up, got '${set}'`);
  const machines = await inTurn(choices, async (choice, i) => {
    progress(i, 2, words.machineOf2(i + 1));
    const settings = { ...checkSettings(defaultSettings), classSet: set, ...choice };
    const learned = await learn(scene, settings, { signal });
    const heldOut = await heldOutScore(scene, settings, signal);
    signal.throwIfAborted();
    if (!learned || heldOut === undefined)
      throw new Error(`expected points of two classes: ${set}`);
    const machine = {
      ...{ training: learned.score, heldOut },
      supportVectors: learned.support.size,
    };
    const canvas = make("canvas", { attributes: { role: "img" } });
    const text = words.trainingLeftOutSupport(
      percent(machine.training),
      percent(heldOut),
      machine.supportVectors,
    );
    sides[i]?.replaceChildren(canvas, make("p", { class: "hint", text }));
    new Plane(canvas).show(scene, learned, 0, text);
    return machine;
  });
  return { ...machines, samples: scene.samples.length };
}

/** Accuracies that differ by less than this count as equal: a few points decide such differences. */
const NOTICED = 0.03;

/** The guided experiments of the page. */
export const experiments = [
  experiment<Machines>({
    id: "by-heart",
    title: words.gammaThatLearnsByHeart,
    question: words.sameMoonsOnceWithGamma,
    predictions: [words.better, words.aboutAsWell, words.worse],
    sides: ["γ = 0.5", "γ = 300"],
    run: (stage) => compare(stage, "moons", [{ gamma: 0.5 }, { gamma: 300 }]),
    sentence: ({ left, right }) =>
      words.gamma300IsRightAbout(
        percent(right.training),
        percent(right.heldOut),
        percent(left.training),
        percent(left.heldOut),
      ),
    answer: ({ left, right }) => larger(right.heldOut, left.heldOut, NOTICED),
  }),
  experiment<Machines>({
    id: "price",
    title: words.whatMistakeCosts,
    question: words.cIsWhatPointOn,
    predictions: [words.withSmallC, words.aboutAsMany, words.withLargeC],
    sides: ["C = 0.05", "C = 500"],
    run: (stage) => compare(stage, "moons", [{ C: 0.05 }, { C: 500 }]),
    sentence: ({ left, right, samples }) =>
      words.withC005Of(
        left.supportVectors,
        samples,
        right.supportVectors,
        percent(left.heldOut),
        percent(right.heldOut),
      ),
    answer: ({ left, right, samples }) =>
      larger(left.supportVectors, right.supportVectors, NOTICED * samples),
  }),
  experiment<Machines>({
    id: "straight",
    title: words.straightLineAndRing,
    question: words.discAndRingAroundCan,
    predictions: [words.doesBetter, words.aboutAsWell, words.doesWorse],
    sides: [words.gaussianKernel, words.linearKernel],
    run: (stage) => compare(stage, "rings", [{ kernel: "rbf" }, { kernel: "linear" }]),
    sentence: ({ left, right }) =>
      words.gaussianMachineIsRight(percent(left.heldOut), percent(right.heldOut)),
    answer: ({ left, right }) => larger(right.heldOut, left.heldOut, NOTICED),
  }),
] as const;
