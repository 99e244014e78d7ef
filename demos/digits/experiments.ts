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
import * as words from "../words/en/digits/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import { agreement, type Split } from "./data.ts";
import { likeliest, NamedGroups } from "./models/groups.ts";
import type { Pixels } from "./own.ts";
import type { Metric } from "./settings.ts";
import { tile } from "./tile.ts";

/** Number of mistakes shown. */
const SHOWN = 6;
/** Shares closer than this count as equal. */
const CLOSE = 0.01;

/** Classifies rows of pixels: returns a digit for each. */
type Ask = (rows: readonly Pixels[]) => Promise<ArrayLike<number>>;

/** Runs two classifiers on held-out digits and shows some of their mistakes. */
async function compare(
  { signal, sides, progress }: Stage,
  { heldOut }: Split,
  makers: readonly [() => Promise<Ask>, () => Promise<Ask>],
  changed: (pixels: Pixels) => Pixels = (pixels) => pixels,
): Promise<Pair> {
  const rows = heldOut.rows.map(changed);
  return inTurn(makers, async (maker, i) => {
    progress(i, 2, words.askingAboutDigitsOf2(rows.length, i + 1));
    await new Promise((shown) => setTimeout(shown)); // the slow part runs on the host
    const said = await (await maker())(rows);
    signal.throwIfAborted();
    const right = agreement(said, heldOut.labels);
    const wrong = [...rows.keys()].filter((row) => said[row] !== heldOut.labels[row]);
    const tiles = wrong.slice(0, SHOWN).map((row) => {
      const text = words.said(heldOut.labels[row], said[row]);
      return tile(rows[row] ?? [], text, words.aMistake(text));
    });
    const text = words.rightMistakes(percent(right), wrong.length, tiles.length);
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
    title: words.oneNeighbourOrHundred,
    question: words.nearestDigitAloneDecidesOr,
    predictions: [words.one, common.bothAlike, words.aHundred],
    sides: [words.oneNeighbour, words.hundredNeighbours],
    run: (stage) => both(stage, [neighbours(1, "euclidean"), neighbours(100, "euclidean")]),
    sentence: ({ left, right }) => words.oneNeighbourIsRightAbout(percent(left), percent(right)),
    answer: ({ left, right }) => larger(left, right, CLOSE),
  });

const faint = (both: Compare, neighbours: Neighbours): AnyExperiment =>
  experiment<Pair>({
    id: "faint",
    title: words.faintInk,
    question: words.heldOutDigitsAreWritten,
    predictions: [words.euclidean, common.bothAlike, words.cosine],
    sides: [words.euclidean, words.cosine],
    run: (stage) =>
      both(stage, [neighbours(5, "euclidean"), neighbours(5, "cosine")], (pixels) =>
        pixels.map((value) => value / 4),
      ),
    sentence: ({ left, right }) => words.withQuarterOfInkAre(percent(left), percent(right)),
    answer: ({ left, right }) => larger(left, right, CLOSE),
  });

const tenGroups = (both: Compare, groups: (count: number) => () => Promise<Ask>): AnyExperiment =>
  experiment<Pair>({
    id: "groups",
    title: words.tenGroupsForTenDigits,
    question: words.kMeansLooksForGroups,
    predictions: [words.tenGroups, common.bothAlike, words.fiftyGroups],
    sides: [words.tenGroupsSide, words.fiftyGroupsSide],
    run: (stage) => both(stage, [groups(10), groups(50)]),
    sentence: ({ left, right }) => words.tenGroupsNameOfHeld(percent(left), percent(right)),
    answer: ({ left, right }) => larger(left, right, CLOSE),
  });

/** The guided experiments of the page. */
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
