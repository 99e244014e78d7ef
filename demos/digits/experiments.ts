import { KNeighborsClassifier } from "wgrad/ml";
import { make } from "../shared/dom.ts";
import {
  type AnyExperiment,
  experiment,
  inTurn,
  larger,
  type Pair,
  type Stage,
} from "../shared/experiments.ts";
import { percent } from "../shared/format.ts";
import { agreement, type Split } from "./data.ts";
import { likeliest, NamedGroups } from "./models/groups.ts";
import type { Pixels } from "./own.ts";
import type { Metric } from "./settings.ts";
import { tile } from "./tile.ts";

/** Mistakes that are shown. */
const SHOWN = 6;
/** A difference smaller than this is none. */
const CLOSE = 0.01;

/** What says a digit for each of rows. */
type Ask = (rows: readonly Pixels[]) => Promise<ArrayLike<number>>;

/** Two ways to ask about held-out digits, with some of their mistakes. */
async function compare(
  { signal, sides, progress }: Stage,
  { heldOut }: Split,
  makers: readonly [() => Promise<Ask>, () => Promise<Ask>],
  changed: (pixels: Pixels) => Pixels = (pixels) => pixels,
): Promise<Pair> {
  const rows = heldOut.rows.map(changed);
  return inTurn(makers, async (maker, i) => {
    progress(i, 2, `asking about ${rows.length} digits, ${i + 1} of 2`);
    await new Promise((shown) => setTimeout(shown)); // what takes long is done on the host
    const said = await (await maker())(rows);
    signal.throwIfAborted();
    const right = agreement(said, heldOut.labels);
    const wrong = [...rows.keys()].filter((row) => said[row] !== heldOut.labels[row]);
    const tiles = wrong.slice(0, SHOWN).map((row) => {
      const text = `${heldOut.labels[row]}, said ${said[row]}`;
      return tile(rows[row] ?? [], text, `A mistake: ${text}`);
    });
    const text = `${percent(right)} right; ${wrong.length} mistakes${tiles.length > 0 ? ", among them:" : ""}`;
    sides[i]?.replaceChildren(
      make("p", { class: "hint", text }),
      make("div", { class: "tiles" }, ...tiles),
    );
    return right;
  });
}

type Compare = (
  stage: Stage,
  makers: readonly [() => Promise<Ask>, () => Promise<Ask>],
  changed?: (pixels: Pixels) => Pixels,
) => Promise<Pair>;

type Neighbours = (nNeighbors: number, metric: Metric) => () => Promise<Ask>;

const many = (both: Compare, neighbours: Neighbours): AnyExperiment =>
  experiment<Pair>({
    id: "many",
    title: "One neighbour or a hundred",
    question:
      "The nearest digit alone decides, or the hundred nearest vote, of about 150 there are of each digit. Who is right about more held-out digits?",
    predictions: ["One", "Both alike", "A hundred"],
    sides: ["1 neighbour", "100 neighbours"],
    run: (stage) => both(stage, [neighbours(1, "euclidean"), neighbours(100, "euclidean")]),
    sentence: ({ left, right }) =>
      `One neighbour is right about ${percent(left)} of the held-out digits, the vote of a hundred about ${percent(right)}.`,
    answer: ({ left, right }) => larger(left, right, CLOSE),
  });

const faint = (both: Compare, neighbours: Neighbours): AnyExperiment =>
  experiment<Pair>({
    id: "faint",
    title: "Faint ink",
    question:
      "Held-out digits are written with a quarter of the ink. Euclidean distance compares pixels, cosine distance directions: which still finds the right neighbours?",
    predictions: ["Euclidean", "Both alike", "Cosine"],
    sides: ["Euclidean", "Cosine"],
    run: (stage) =>
      both(stage, [neighbours(5, "euclidean"), neighbours(5, "cosine")], (pixels) =>
        pixels.map((value) => value / 4),
      ),
    sentence: ({ left, right }) =>
      `With a quarter of the ink ${percent(left)} are right by Euclidean distance and ${percent(right)} by cosine distance, which does not ask how dark a digit is.`,
    answer: ({ left, right }) => larger(left, right, CLOSE),
  });

const tenGroups = (both: Compare, groups: (count: number) => () => Promise<Ask>): AnyExperiment =>
  experiment<Pair>({
    id: "groups",
    title: "Ten groups for ten digits",
    question:
      "K-Means looks for groups without knowing any label; then each group gets the name that most of its members have. Are ten groups, one for each digit, right more often than fifty?",
    predictions: ["Ten groups", "Both alike", "Fifty groups"],
    sides: ["10 groups", "50 groups"],
    run: (stage) => both(stage, [groups(10), groups(50)]),
    sentence: ({ left, right }) =>
      `Ten groups name ${percent(left)} of the held-out digits rightly, fifty ${percent(right)}: a digit is written in more ways than one.`,
    answer: ({ left, right }) => larger(left, right, CLOSE),
  });

/** What the page proposes to predict. */
export function experiments(split: Split): readonly [AnyExperiment, ...AnyExperiment[]] {
  const { rows, labels } = split.train;
  const neighbours: Neighbours = (nNeighbors, metric) => async () => {
    const model = await new KNeighborsClassifier({ nNeighbors, metric }).fit(rows, labels);
    return (asked) => model.predict(asked);
  };
  const groups = (count: number) => async (): Promise<Ask> => {
    const model = await NamedGroups.fit(split.train, count, new AbortController().signal);
    return async (asked) => (await model.shares(asked)).map(likeliest);
  };
  const both: Compare = (stage, makers, changed) => compare(stage, split, makers, changed);
  return [many(both, neighbours), faint(both, neighbours), tenGroups(both, groups)];
}
