import { KMeans, silhouetteScore } from "wgrad/ml";
import { make } from "../shared/dom.ts";
import { experiment, inTurn } from "../shared/experiments.ts";
import { number } from "../shared/format.ts";
import * as words from "../words/en/kmeans/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import { cloud } from "./groups/clouds.ts";
import { rowsOf } from "./groups/descent.ts";
import { Scatter } from "./groups/scatter.ts";
import { histogram, RUNS, type Twenty, twenty, twentySentence } from "./groups/twenty.ts";
import { photo } from "./photo/picture.ts";
import { quantise } from "./photo/quantise.ts";

/** Number of points, and the seed of all random numbers. */
const POINTS = 500;
const SEED = 1;

interface Counted {
  readonly right: { readonly inertia: number; readonly silhouette: number };
  readonly many: { readonly inertia: number; readonly silhouette: number };
}

interface Sampled {
  /** Mean distance between a pixel's colour and its palette colour, on a scale of 255 a channel. */
  readonly few: number;
  readonly many: number;
  readonly seconds: { readonly few: number; readonly many: number };
}

const randomStarts = experiment<Twenty>({
  id: "starts",
  title: words.randomStartsThatLose,
  question: words.fiveGroupsFiveClustersRuns(RUNS),
  predictions: [common.none, words.someUpToHalf, words.moreThanHalf],
  sides: [words.randomStart, "k-means++"],
  async run({ signal, sides, progress }) {
    const points = cloud("blobs", POINTS, SEED);
    const options = { clusters: 5, seed: SEED };
    const found = await twenty(points, options, {
      signal,
      progress: (done, total) => progress(done, total, words.runOf(done, total)),
    });
    sides[0].replaceChildren(histogram(found, "random"));
    sides[1].replaceChildren(histogram(found, "plusplus"));
    return found;
  },
  sentence: twentySentence,
  answer: ({ lost }) => (lost.random === 0 ? 0 : lost.random <= RUNS / 2 ? 1 : 2),
});

const twiceAsMany = experiment<Counted>({
  id: "too-many",
  title: words.twiceAsManyClusters,
  question: words.fiveGroupsOnceWithFive,
  predictions: [words.bothGetBetter, words.inertiaGetsBetter, words.bothGetWorse],
  sides: [words.fiveClusters, words.tenClusters],
  async run({ signal, sides, progress }) {
    const points = cloud("blobs", POINTS, SEED);
    const X = rowsOf(points);
    const { left: right, right: many } = await inTurn([5, 10], async (nClusters, i) => {
      progress(i, 2, words.clusters(nClusters));
      const model = await new KMeans({ nClusters, nInit: 10 }).fit(X, { signal });
      const silhouette = await silhouetteScore(X, model.labels);
      signal.throwIfAborted();
      const text = words.inertiaSilhouette(rounded(model.inertia), silhouette.toFixed(2));
      const canvas = make("canvas", { attributes: { role: "img", "aria-label": text } });
      sides[i]?.replaceChildren(canvas, make("p", { class: "hint", text }));
      new Scatter(canvas).show({ points, labels: model.labels, trail: [model.clusterCenters] });
      return { inertia: model.inertia, silhouette };
    });
    return { right, many };
  },
  sentence: ({ right, many }) =>
    words.from5To10Clusters(
      rounded(right.inertia),
      rounded(many.inertia),
      right.silhouette.toFixed(2),
      many.silhouette.toFixed(2),
    ),
  answer: ({ right, many }) =>
    many.inertia >= right.inertia ? 2 : many.silhouette > right.silhouette ? 0 : 1,
});

const fewPixels = experiment<Sampled>({
  id: "sample",
  title: words.paletteFromFewPixels,
  question: words.from16ColoursForPhotograph,
  predictions: [words.hardlyBelowTenth, words.byTenthToHalf, words.twiceAsCloseOrMore],
  sides: [words.foundIn1000Pixels, words.foundIn50000Pixels],
  async run({ signal, sides, progress }) {
    const picture = await photo("china");
    const { left: few, right: many } = await inTurn([1000, 50_000], async (count, i) => {
      progress(i, 2, words.pixels(number(count)));
      const one = await quantise(picture, { colours: 16, count }, { signal });
      const text = words.pictureIn16ColoursMean(number(one.error));
      const canvas = make("canvas", { attributes: { role: "img", "aria-label": text } });
      [canvas.width, canvas.height] = [one.image.width, one.image.height];
      canvas.getContext("2d")?.putImageData(one.image, 0, 0);
      sides[i]?.replaceChildren(canvas);
      return { error: one.error, seconds: one.seconds.fit };
    });
    return {
      ...{ few: few.error, many: many.error },
      seconds: { few: few.seconds, many: many.seconds },
    };
  },
  sentence: ({ few, many, seconds }) =>
    words.pixelIsAwayFromColour(
      number(few),
      number(many),
      number(Number(seconds.few.toPrecision(2))),
      number(Number(seconds.many.toPrecision(2))),
    ),
  answer: ({ few, many }) => (many > 0.9 * few ? 0 : many > 0.5 * few ? 1 : 2),
});

/** The guided experiments of the page. */
export const experiments = [randomStarts, twiceAsMany, fewPixels] as const;

const rounded = (value: number) => number(Number(value.toPrecision(3)));
