import { make } from "../shared/dom.ts";
import { experiment, inTurn, type Pair, type Stage } from "../shared/experiments.ts";
import { percent } from "../shared/format.ts";
import { heldOutScore, learn } from "./fit.ts";
import { Plane } from "./plane.ts";
import { classScene } from "./sets.ts";
import { type ClassSet, checkSettings, defaultSettings, type Settings } from "./settings.ts";

/** What is seen of one machine. */
interface Machine {
  /** Share of the points it learned from that it is right about. */
  readonly training: number;
  /** The same of points that were left out, by cross-validation. */
  readonly heldOut: number;
  readonly supportVectors: number;
}

interface Machines extends Pair<Machine> {
  readonly samples: number;
}

type Choice = Partial<Pick<Settings, "kernel" | "C" | "gamma">>;

/** Two machines on the same points. */
async function compare(
  { signal, sides, progress }: Stage,
  set: ClassSet,
  choices: readonly [Choice, Choice],
): Promise<Machines> {
  const scene = classScene(set);
  if (!scene) throw new Error(`expected points that are made up, got '${set}'`);
  const machines = await inTurn(choices, async (choice, i) => {
    progress(i, 2, `machine ${i + 1} of 2`);
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
    const text = `Training ${percent(machine.training)}, left out ${percent(heldOut)}, ${machine.supportVectors} support vectors`;
    sides[i]?.replaceChildren(canvas, make("p", { class: "hint", text }));
    new Plane(canvas).show(scene, learned, 0, text);
    return machine;
  });
  return { ...machines, samples: scene.samples.length };
}

/** How much two shares differ by more than a few points that happen to lie otherwise. */
const NOTICED = 0.03;

/** What the page proposes to predict. */
export const experiments = [
  experiment<Machines>({
    id: "by-heart",
    title: "A γ that learns by heart",
    question:
      "The same moons, once with γ = 0.5 and once with γ = 300, where every point is alone. How will γ = 300 do on points it has not seen?",
    predictions: ["Better", "About as well", "Worse"],
    sides: ["γ = 0.5", "γ = 300"],
    run: (stage) => compare(stage, "moons", [{ gamma: 0.5 }, { gamma: 300 }]),
    sentence: ({ left, right }) =>
      `γ = 300 is right about ${percent(right.training)} of the points it learned from and ${percent(right.heldOut)} of those left out; γ = 0.5 about ${percent(left.training)} and ${percent(left.heldOut)}.`,
    answer: ({ left, right }) => sign(right.heldOut - left.heldOut, NOTICED),
  }),
  experiment<Machines>({
    id: "price",
    title: "What a mistake costs",
    question:
      "C is what a point on the wrong side costs: 0.05 here, 500 there. Where do more points hold up the border?",
    predictions: ["With the small C", "About as many", "With the large C"],
    sides: ["C = 0.05", "C = 500"],
    run: (stage) => compare(stage, "moons", [{ C: 0.05 }, { C: 500 }]),
    sentence: ({ left, right, samples }) =>
      `With C = 0.05, ${left.supportVectors} of ${samples} points are support vectors, with C = 500 ${right.supportVectors}; of points left out they are right about ${percent(left.heldOut)} and ${percent(right.heldOut)}.`,
    answer: ({ left, right, samples }) =>
      sign((left.supportVectors - right.supportVectors) / samples, NOTICED),
  }),
  experiment<Machines>({
    id: "straight",
    title: "A straight line and a ring",
    question:
      "A disc and a ring around it. Can a linear machine tell them apart as a Gaussian one does?",
    predictions: ["It does better", "About as well", "It does worse"],
    sides: ["Gaussian kernel", "Linear kernel"],
    run: (stage) => compare(stage, "rings", [{ kernel: "rbf" }, { kernel: "linear" }]),
    sentence: ({ left, right }) =>
      `The Gaussian machine is right about ${percent(left.heldOut)} of points left out, the linear one about ${percent(right.heldOut)}: no straight line goes around a disc.`,
    answer: ({ left, right }) => sign(right.heldOut - left.heldOut, NOTICED),
  }),
] as const;

/** 0 for more, 1 for about as much, 2 for less. */
const sign = (difference: number, noticed: number) =>
  difference > noticed ? 0 : difference < -noticed ? 2 : 1;
