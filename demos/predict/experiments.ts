import { tensor } from "wgrad";
import { SIDE } from "../resnet/data.ts";
import { colour, make } from "../shared/dom.ts";
import {
  type AnyExperiment,
  experiment,
  inTurn,
  type Pair,
  type Stage,
} from "../shared/experiments.ts";
import { facts } from "../shared/facts.ts";
import { percent } from "../shared/format.ts";
import * as words from "../words/en/predict/experiments.ts";
import { clothesInput } from "./clothes_network.ts";
import { likeliest, type Network } from "./network.ts";
import { builtIn } from "./network_files.ts";
import { type Picture, prepare } from "./picture.ts";

/** A picture as the input of the built-in network: 28 × 28 grey values, normalised. */
interface Seen {
  readonly values: Float32Array<ArrayBuffer>;
  /** Label of the picture; undefined for a class that the network does not have. */
  readonly shows: string | undefined;
}

/** Results of the network on twenty pictures. */
interface Told {
  readonly right: number;
  readonly of: number;
  /** Mean probability of the most probable class. */
  readonly sure: number;
}

/** Pixels by which pictures are shifted. */
const ASIDE = 6;
/** Pictures in a row, and the least probability that counts as sure. */
const ROW = 5;
const UNSURE = 0.3;
const CLOSE = 0.05;

const { mean, std } = clothesInput;
const normalised = (grey: number) => (grey - mean) / std;

/** Classifies both lists of pictures with the built-in network. */
async function askBoth(
  stage: Stage,
  lists: (network: Network) => Promise<readonly [readonly Seen[], readonly Seen[]]>,
): Promise<Pair<Told>> {
  const network = await builtIn();
  try {
    await network.prepare();
    const both = await lists(network);
    return await inTurn(both, (list, side) => ask(network, list, side, stage));
  } finally {
    network.dispose();
  }
}

async function ask(
  network: Network,
  list: readonly Seen[],
  side: 0 | 1,
  { signal, sides, progress }: Stage,
): Promise<Told> {
  const answers: { readonly right: boolean; readonly probability: number }[] = [];
  for (const [i, { values, shows }] of list.entries()) {
    progress(side * list.length + i, 2 * list.length, words.pictureOf(i + 1, list.length));
    using x = tensor(values, { shape: [1, 1, SIDE, SIDE] });
    using scores = network.predict(x);
    const [first] = await likeliest(scores, { k: 1, labels: network.labels ?? [] });
    signal.throwIfAborted();
    answers.push({ right: first?.label === shows, probability: first?.probability ?? 0 });
  }
  const right = answers.filter((answer) => answer.right).length;
  const sure = answers.reduce((sum, { probability }) => sum + probability / answers.length, 0);
  const known = list.some(({ shows }) => shows !== undefined);
  sides[side].append(sheet(list, known ? answers.map((answer) => answer.right) : []));
  facts(sides[side], {
    ...(known && { [words.right]: words.ofTotal(right, list.length) }),
    [words.sureOfAnswer]: percent(sure),
  });
  return { right, of: list.length, sure };
}

/** All pictures in rows; wrongly classified ones have a frame. */
function sheet(list: readonly Seen[], right: readonly boolean[]): HTMLElement {
  const rows = Math.ceil(list.length / ROW);
  const wrong = right.filter((each) => !each).length;
  const spoken = words.picturesTakenForSomethingElse(list.length, right.length > 0, wrong);
  const canvas = make("canvas", { attributes: { role: "img", "aria-label": spoken } });
  [canvas.width, canvas.height] = [ROW * SIDE, rows * SIDE];
  const context = canvas.getContext("2d");
  for (const [i, { values }] of list.entries()) {
    const [left, top] = [(i % ROW) * SIDE, Math.floor(i / ROW) * SIDE];
    const image = new ImageData(SIDE, SIDE);
    values.forEach((value, p) => {
      const grey = 255 * (value * std + mean);
      image.data.set([grey, grey, grey, 255], 4 * p);
    });
    context?.putImageData(image, left, top);
    if (!context || right[i] !== false) continue;
    context.strokeStyle = colour("orange");
    context.strokeRect(left + 0.5, top + 0.5, SIDE - 1, SIDE - 1);
  }
  return canvas;
}

/** The page's pictures of clothes, as the input of the network. */
async function clothesOf(pictures: readonly Picture[], network: Network): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const { source, shows } of pictures) {
    if (shows === undefined) continue;
    const { x } = await prepare(source, network, clothesInput);
    seen.push({ values: Float32Array.from(await x.read()), shows });
    x.dispose();
  }
  return seen;
}

/** The same pictures with other values: `change` is called with a picture and an index in it. */
const changed = (
  list: readonly Seen[],
  change: (values: Float32Array, place: number) => number,
): Seen[] =>
  list.map(({ values, shows }) => ({ values: values.map((_, p) => change(values, p)), shows }));

const aside = (values: Float32Array, p: number) =>
  p % SIDE < ASIDE ? normalised(0) : (values[p - ASIDE] ?? 0);

/** 1 − v of a grey value v. */
const inverse = (values: Float32Array, p: number) =>
  normalised(1 - ((values[p] ?? 0) * std + mean));

/** Handwritten digits of 8 × 8, enlarged threefold and centred. */
async function digits(count: number): Promise<Seen[]> {
  const { tables } = await import("../shared/tables.ts");
  const { data } = await tables.digits();
  const [scale, rim, side] = [3, 2, 8];
  return Array.from({ length: count }, (_, i) => {
    const values = Float32Array.from({ length: SIDE * SIDE }, (_, p) => {
      const [x, y] = [(p % SIDE) - rim, Math.floor(p / SIDE) - rim].map((v) =>
        Math.floor(v / scale),
      );
      const inside = Math.min(x ?? -1, y ?? -1) >= 0 && Math.max(x ?? side, y ?? side) < side;
      const at = i * side * side + (y ?? 0) * side + (x ?? 0);
      return normalised(inside ? Number(data[at]) / 16 : 0);
    });
    return { values, shows: undefined };
  });
}

const counts = ({ left, right }: Pair<Told>) =>
  words.asTheyAreAndChanged(
    ...([left.right, left.of, percent(left.sure)] as const),
    ...([right.right, right.of, percent(right.sure)] as const),
  );
const fewer = ({ left, right }: Pair<Told>) =>
  right.right >= left.right ? 0 : 2 * right.right > left.right ? 1 : 2;
const predictions = [words.asManyAreRight, words.fewerAreRight, words.notEvenHalfAsMany];

/** The guided experiments, with the page's own pictures and the built-in network. */
export function experimentsOf(
  pictures: readonly Picture[],
): readonly [AnyExperiment, ...AnyExperiment[]] {
  const clothes = (network: Network) => clothesOf(pictures, network);
  const changedBy = (change: (values: Float32Array, place: number) => number) => (stage: Stage) =>
    askBoth(stage, async (network) => {
      const list = await clothes(network);
      return [list, changed(list, change)];
    });
  return [
    experiment<Pair<Told>>({
      id: "aside",
      title: words.littleAside,
      question: words.everyPieceOfClothing(ASIDE),
      ...{ predictions, sides: [words.inMiddle, words.pixelsAside(ASIDE)] },
      ...{ run: changedBy(aside), sentence: counts, answer: fewer },
    }),
    experiment<Pair<Told>>({
      id: "negative",
      title: words.darkOnWhite,
      question: words.learnedBrightClothesOn,
      ...{ predictions, sides: [words.brightOnBlack, words.darkOnWhite] },
      ...{ run: changedBy(inverse), sentence: counts, answer: fewer },
    }),
    experiment<Pair<Told>>({
      id: "unknown",
      title: words.whatNeverLearned,
      question: words.knowsTenKindsOfClothing,
      predictions: [words.unsureBelow30, words.lessSureThanOfClothes, words.asSureAsOfClothes],
      sides: [words.clothes, words.digits],
      run: (stage) =>
        askBoth(stage, async (network) => {
          const list = await clothes(network);
          return [list, await digits(list.length)];
        }),
      sentence: ({ left, right }) =>
        words.ofClothesIsSureBy(percent(left.sure), percent(right.sure)),
      answer: ({ left, right }) =>
        right.sure < UNSURE ? 0 : right.sure < left.sure - CLOSE ? 1 : 2,
    }),
  ];
}
