import type { Engine } from "wgrad";
import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { type AnyExperiment, experiment, type Stage } from "../shared/experiments.ts";
import { number, powerOfTen } from "../shared/format.ts";
import * as words from "../words/en/optimisers/experiments.ts";
import * as page from "../words/en/optimisers/page.ts";
import * as common from "../words/en/shared/common.ts";
import { lossLine, spokenLosses } from "./loss_line.ts";
import { outcome } from "./outcome.ts";
import { Race, type Track } from "./race.ts";
import { type Racer, racers } from "./racers.ts";
import { type Point, type SurfaceName, surfaces } from "./surfaces.ts";

/** One racer. */
interface Entry {
  readonly name: string;
  /** Learning rate. Default: the one that suits the surface. */
  readonly lr?: number;
}

/** Steps between two checks whether the race was stopped. */
const BATCH = 10;

interface Course {
  readonly surface: SurfaceName;
  readonly start?: Point;
  readonly steps: number;
}

/** Runs all racers and returns their tracks. */
async function race(
  engine: Engine,
  { surface, start = surfaces[surface].start, steps }: Course,
  entries: readonly Entry[],
  { signal, progress }: Stage,
): Promise<readonly Track[]> {
  const list = entries.map(({ name, lr }) => {
    const racer = racerOf(name);
    return { racer, lr: lr ?? (racer.order === 1 ? racer.rates[surface] : 1) };
  });
  const running = new Race(engine, surfaces[surface], start, list);
  try {
    await running.begin();
    while (running.steps < steps) {
      progress(running.steps, steps, words.stepOf(running.steps, steps));
      await running.advance(Math.min(BATCH, steps - running.steps), signal);
      signal.throwIfAborted();
    }
    return running.tracks;
  } finally {
    running.dispose();
  }
}

function racerOf(name: string): Racer {
  const found = racers.find((racer) => racer.name === name);
  if (!found) throw new Error(`expected a racer, got '${name}'`);
  return found;
}

/** Draws losses of tracks by steps or evaluations. */
function draw(host: HTMLElement, tracks: readonly Track[], against: "steps" | "evaluations"): void {
  const chart = make("div");
  const legend = make(
    "p",
    { class: "legend" },
    ...tracks.map(({ racer }) => {
      const style = { "--key": `var(--${racer.look.colour})` };
      return make("span", { class: "key", text: page.method(racer.name), style });
    }),
  );
  host.replaceChildren(legend, chart);
  const lines = tracks.map(({ racer: { name, look } }) => ({
    ...{ label: name, colour: look.colour, dash: look.dash },
  }));
  const [x, y] = [against === "steps" ? words.steps : words.evaluations, common.lossHeading];
  new Chart(chart, {
    ...{ label: y, height: 200, titles: { x, y }, lines },
    read: (value) => number(10 ** value),
    yValue: (value) => (Number.isInteger(value) ? powerOfTen(value) : ""),
  }).set(
    tracks.map((track) => lossLine(track, against)),
    spokenLosses(tracks, against),
  );
}

/** Steps and evaluations of two racers until they reach a minimum. */
interface Counts {
  readonly newton: { readonly steps: number; readonly evaluations: number };
  readonly lbfgs: { readonly steps: number; readonly evaluations: number };
}

interface Escape {
  /** Steps until it reaches a minimum; undefined if it does not within the race. */
  readonly plain: number | undefined;
  readonly momentum: number | undefined;
  readonly steps: number;
}

interface Rates {
  readonly usual: number;
  /** Loss after the last step; Infinity if it is no longer a number. */
  readonly tenfold: number;
  readonly start: number;
  readonly steps: number;
}

/** The guided experiments of the page. */
export function experimentsOf(engine: Engine): readonly [AnyExperiment, ...AnyExperiment[]] {
  return [counting(engine), escaping(engine), hurrying(engine)];
}

const counting = (engine: Engine) =>
  experiment<Counts>({
    id: "evaluations",
    title: words.stepsOrEvaluations,
    question: words.newtonsMethodSolvesForBest,
    predictions: [words.byBoth, words.byStepsAlone, words.byEvaluationsAlone, words.byNeither],
    sides: [words.lossAgainstSteps, words.lossAgainstEvaluations],
    async run(stage) {
      const course = { surface: "rosenbrock", steps: 60 } as const;
      const tracks = await race(engine, course, [{ name: "Newton" }, { name: "L-BFGS" }], stage);
      draw(stage.sides[0], tracks, "steps");
      draw(stage.sides[1], tracks, "evaluations");
      const [newton, lbfgs] = tracks.map((track) => {
        const { stepsToReach, evaluationsToReach } = outcome(surfaces.rosenbrock, track);
        return { steps: stepsToReach ?? Infinity, evaluations: evaluationsToReach ?? Infinity };
      });
      return { newton, lbfgs } as Counts;
    },
    sentence: ({ newton, lbfgs }) =>
      words.newtonIsWithin0001(newton.steps, newton.evaluations, lbfgs.steps, lbfgs.evaluations),
    answer: ({ newton, lbfgs }) => {
      const [steps, looks] = [newton.steps < lbfgs.steps, newton.evaluations < lbfgs.evaluations];
      return steps && looks ? 0 : steps ? 1 : looks ? 2 : 3;
    },
  });

const escaping = (engine: Engine) =>
  experiment<Escape>({
    id: "saddle",
    title: words.outOfSaddle,
    question: words.bothStartBesideRidgeOf,
    predictions: ["SGD", words.bothAtOnce, words.momentum],
    sides: ["SGD", words.momentum],
    async run(stage) {
      const course = { surface: "saddle", start: [-1.5, 0.002], steps: 220 } as const;
      const entries = [
        { name: "SGD", lr: 0.05 },
        { name: "Momentum", lr: 0.05 },
      ];
      const tracks = await race(engine, course, entries, stage);
      tracks.forEach((track, i) => {
        draw(stage.sides[i] as HTMLElement, [track], "steps");
      });
      const [plain, momentum] = tracks.map((track) => outcome(surfaces.saddle, track).stepsToReach);
      return { plain, momentum, steps: course.steps };
    },
    sentence: ({ plain, momentum, steps }) => words.outOfSaddleSaid(plain, momentum, steps),
    answer: ({ plain = Infinity, momentum = Infinity }) =>
      plain < momentum ? 0 : plain === momentum ? 1 : 2,
  });

const hurrying = (engine: Engine) =>
  experiment<Rates>({
    id: "rate",
    title: words.tenTimesLearningRate,
    question: words.sgdOnRosenbrockWith,
    predictions: [words.isThereSooner, words.nothingMuch, words.lossGrows],
    sides: ["η = 0.001", "η = 0.01"],
    async run(stage) {
      const course = { surface: "rosenbrock", steps: 60 } as const;
      const ends: number[] = [];
      let start = Number.NaN;
      for (const [i, lr] of [1e-3, 1e-2].entries()) {
        const [track] = await race(engine, course, [{ name: "SGD", lr }], stage);
        if (!track) throw new Error("expected a track");
        draw(stage.sides[i] as HTMLElement, [track], "steps");
        start = track.losses[0] ?? Number.NaN;
        const end = track.losses.at(-1) ?? Number.NaN;
        ends.push(Number.isFinite(end) ? end : Infinity);
      }
      const [usual = Infinity, tenfold = Infinity] = ends;
      return { usual, tenfold, start, steps: course.steps };
    },
    sentence: ({ usual, tenfold, start, steps }) =>
      words.fromStepsOfEta0(
        number(start),
        steps,
        number(usual),
        Number.isFinite(tenfold),
        number(tenfold),
      ),
    answer: ({ usual, tenfold, start }) => (tenfold > start ? 2 : tenfold < usual / 2 ? 0 : 1),
  });
