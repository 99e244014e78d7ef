import { KMeans, silhouetteScore } from "wgrad/ml";
import { make } from "../shared/dom.ts";
import { experiment, inTurn } from "../shared/experiments.ts";
import { number } from "../shared/format.ts";
import { cloud } from "./groups/clouds.ts";
import { rowsOf } from "./groups/descent.ts";
import { Scatter } from "./groups/scatter.ts";
import { histogram, RUNS, type Twenty, twenty, twentySentence } from "./groups/twenty.ts";
import { photo } from "./photo/picture.ts";
import { quantise } from "./photo/quantise.ts";

/** Points of the experiments, and the seed of all they draw. */
const POINTS = 500;
const SEED = 1;

interface Counted {
  readonly right: { readonly inertia: number; readonly silhouette: number };
  readonly many: { readonly inertia: number; readonly silhouette: number };
}

interface Sampled {
  /** Mean distance of a pixel's colour to its palette's, in steps of 255 a channel. */
  readonly few: number;
  readonly many: number;
  readonly seconds: { readonly few: number; readonly many: number };
}

const randomStarts = experiment<Twenty>({
  id: "starts",
  title: "Random starts that lose",
  question: `Five groups, five clusters, ${RUNS} runs from random samples and ${RUNS} from k-means++. How many of the random ones end with more than the least inertia?`,
  predictions: ["None", "Some, up to half", "More than half"],
  sides: ["Random start", "k-means++"],
  async run({ signal, sides, progress }) {
    const points = cloud("blobs", POINTS, SEED);
    const options = { clusters: 5, seed: SEED };
    const found = await twenty(points, options, {
      signal,
      progress: (done, total) => progress(done, total, `run ${done} of ${total}`),
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
  title: "Twice as many clusters",
  question:
    "Five groups, once with five clusters and once with ten. Inertia is the sum of squared distances, silhouette says how well points fit their cluster. What do ten clusters do?",
  predictions: ["Both get better", "Inertia gets better, silhouette worse", "Both get worse"],
  sides: ["5 clusters", "10 clusters"],
  async run({ signal, sides, progress }) {
    const points = cloud("blobs", POINTS, SEED);
    const X = rowsOf(points);
    const { left: right, right: many } = await inTurn([5, 10], async (nClusters, i) => {
      progress(i, 2, `${nClusters} clusters`);
      const model = await new KMeans({ nClusters, nInit: 10 }).fit(X, { signal });
      const silhouette = await silhouetteScore(X, model.labels);
      signal.throwIfAborted();
      const text = `Inertia ${rounded(model.inertia)}, silhouette ${silhouette.toFixed(2)}`;
      const canvas = make("canvas", { attributes: { role: "img", "aria-label": text } });
      sides[i]?.replaceChildren(canvas, make("p", { class: "hint", text }));
      new Scatter(canvas).show({ points, labels: model.labels, trail: [model.clusterCenters] });
      return { inertia: model.inertia, silhouette };
    });
    return { right, many };
  },
  sentence: ({ right, many }) =>
    `From 5 to 10 clusters inertia goes from ${rounded(right.inertia)} to ${rounded(many.inertia)}, and the silhouette from ${right.silhouette.toFixed(2)} to ${many.silhouette.toFixed(2)}.`,
  answer: ({ right, many }) =>
    many.inertia >= right.inertia ? 2 : many.silhouette > right.silhouette ? 0 : 1,
});

const fewPixels = experiment<Sampled>({
  id: "sample",
  title: "A palette from few pixels",
  question:
    "16 colours for a photograph, found in 1,000 of its pixels or in 50,000. How much closer are the colours found in 50,000?",
  predictions: ["Hardly: below a tenth", "By a tenth to a half", "Twice as close or more"],
  sides: ["Found in 1,000 pixels", "Found in 50,000 pixels"],
  async run({ signal, sides, progress }) {
    const picture = await photo("china");
    const { left: few, right: many } = await inTurn([1000, 50_000], async (count, i) => {
      progress(i, 2, `${number(count)} pixels`);
      const one = await quantise(picture, { colours: 16, count }, { signal });
      const text = `The picture in 16 colours, mean error ${number(one.error)}`;
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
    `A pixel is ${number(few)} away from its colour with the palette of 1,000 pixels and ${number(many)} with that of 50,000, found in ${number(Number(seconds.few.toPrecision(2)))} s and ${number(Number(seconds.many.toPrecision(2)))} s.`,
  answer: ({ few, many }) => (many > 0.9 * few ? 0 : many > 0.5 * few ? 1 : 2),
});

/** What the page proposes to predict. */
export const experiments = [randomStarts, twiceAsMany, fewPixels] as const;

const rounded = (value: number) => number(Number(value.toPrecision(3)));
