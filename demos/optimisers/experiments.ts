import type { Engine } from "wgrad";
import { Chart } from "../shared/chart.ts";
import { make } from "../shared/dom.ts";
import { type AnyExperiment, experiment, type Stage } from "../shared/experiments.ts";
import { number } from "../shared/format.ts";
import { lossLine, power } from "./loss_line.ts";
import { outcome, Race, type Track } from "./race.ts";
import { type Racer, racers } from "./racers.ts";
import { type Point, type SurfaceName, surfaces } from "./surfaces.ts";

/** One racer's way. */
interface Entry {
  readonly name: string;
  /** Default: the one that suits the surface. */
  readonly lr?: number;
}

/** Steps between two looks at whether it was stopped. */
const BATCH = 10;

interface Course {
  readonly surface: SurfaceName;
  readonly start?: Point;
  readonly steps: number;
}

/** Lets everyone go, and gives their ways. */
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
      progress(running.steps, steps, `step ${running.steps} of ${steps}`);
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

/** Draws losses of tracks over steps or evaluations. */
function draw(host: HTMLElement, tracks: readonly Track[], against: "steps" | "evaluations"): void {
  const chart = make("div");
  const legend = make(
    "p",
    { class: "legend" },
    ...tracks.map(({ racer }) => {
      const style = { "--key": `var(--${racer.look.colour})` };
      return make("span", { class: "key", text: racer.name, style });
    }),
  );
  host.replaceChildren(legend, chart);
  const lines = tracks.map(({ racer: { name, look } }) => ({
    ...{ label: name, colour: look.colour, dash: look.dash },
  }));
  const [x, y] = [against === "steps" ? "Steps" : "Evaluations", "Loss"];
  const spoken = tracks.map(
    (track) => `${track.racer.name} ends at ${number(track.losses.at(-1) ?? Number.NaN)}`,
  );
  new Chart(chart, {
    ...{ label: y, height: 200, titles: { x, y }, lines },
    read: (value) => number(10 ** value),
    yValue: (value) => (Number.isInteger(value) ? power(value) : ""),
  }).set(
    tracks.map((track) => lossLine(track, against)),
    `Loss by ${against}, logarithmic: ${spoken.join(", ")}`,
  );
}

/** Steps and evaluations of two racers until they are there. */
interface Counts {
  readonly newton: { readonly steps: number; readonly evaluations: number };
  readonly lbfgs: { readonly steps: number; readonly evaluations: number };
}

interface Escape {
  /** Steps until it is at a minimum; none: it was not within the race. */
  readonly plain: number | undefined;
  readonly momentum: number | undefined;
  readonly steps: number;
}

interface Rates {
  readonly usual: number;
  /** Loss after the last step; Infinity where it is no number any more. */
  readonly tenfold: number;
  readonly start: number;
  readonly steps: number;
}

/** What the page proposes to predict. */
export function experimentsOf(engine: Engine): readonly [AnyExperiment, ...AnyExperiment[]] {
  return [counting(engine), escaping(engine), hurrying(engine)];
}

const counting = (engine: Engine) =>
  experiment<Counts>({
    id: "evaluations",
    title: "Steps or evaluations?",
    question:
      "Newton's method solves for the best step, but looks at the surface several times in each. On Rosenbrock, does it beat L-BFGS by steps, by evaluations, or by both?",
    predictions: ["By both", "By steps alone", "By evaluations alone", "By neither"],
    sides: ["Loss against steps", "Loss against evaluations"],
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
      `Newton is within 0.001 of the minimum after ${newton.steps} steps and ${newton.evaluations} evaluations, L-BFGS after ${lbfgs.steps} steps and ${lbfgs.evaluations} evaluations.`,
    answer: ({ newton, lbfgs }) => {
      const [steps, looks] = [newton.steps < lbfgs.steps, newton.evaluations < lbfgs.evaluations];
      return steps && looks ? 0 : steps ? 1 : looks ? 2 : 3;
    },
  });

const escaping = (engine: Engine) =>
  experiment<Escape>({
    id: "saddle",
    title: "Out of a saddle",
    question:
      "Both start beside the ridge of a saddle, where the slope is nearly none, with the same learning rate. Which is at a minimum first?",
    predictions: ["SGD", "Both at once", "Momentum"],
    sides: ["SGD", "Momentum"],
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
    sentence: ({ plain, momentum, steps }) =>
      `SGD ${arrived(plain, steps)}, momentum ${arrived(momentum, steps)}.`,
    answer: ({ plain = Infinity, momentum = Infinity }) =>
      plain < momentum ? 0 : plain === momentum ? 1 : 2,
  });

const hurrying = (engine: Engine) =>
  experiment<Rates>({
    id: "rate",
    title: "Ten times the learning rate",
    question:
      "SGD on Rosenbrock with the learning rate that suits it, and with ten times as much. What does the larger one bring?",
    predictions: ["It is there sooner", "Nothing much", "The loss grows"],
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
      `From ${number(start)}, ${steps} steps of η = 0.001 come to a loss of ${number(usual)}, and of η = 0.01 to ${Number.isFinite(tenfold) ? number(tenfold) : "more than a 32-bit number holds"}.`,
    answer: ({ usual, tenfold, start }) => (tenfold > start ? 2 : tenfold < usual / 2 ? 0 : 1),
  });

const arrived = (steps: number | undefined, all: number) =>
  steps === undefined
    ? `is not at a minimum after ${all} steps`
    : `is at a minimum after ${steps} steps`;
