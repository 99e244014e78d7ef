import { KMeans } from "wgrad/ml";
import { make } from "../../shared/dom.ts";
import { number } from "../../shared/format.ts";
import * as words from "../../words/en/kmeans/groups.ts";
import { rowsOf, type Start, starts } from "./descent.ts";

/** Runs of each initialisation. */
export const RUNS = 20;

/** A run counts as lost if its inertia exceeds the smallest by this factor, which is far above rounding. */
const LOST = 1.01;

/** Results of many runs of each initialisation. */
export interface Twenty {
  /** Inertias of each initialisation, one a run. */
  readonly inertias: Readonly<Record<Start, readonly number[]>>;
  /** The smallest inertia of all runs. */
  readonly best: number;
  /** Number of runs of each that ended more than 1 % above it. */
  readonly lost: Readonly<Record<Start, number>>;
}

const names = Object.keys(starts) as Start[];
const inits = { plusplus: "k-means++", random: "random" } as const;

/** Runs both initialisations with seeds from `seed` on; `progress` is called with the number of runs done. */
export async function twenty(
  points: Float32Array,
  { clusters, seed }: { readonly clusters: number; readonly seed: number },
  { signal, progress }: { signal: AbortSignal; progress: (done: number, total: number) => void },
): Promise<Twenty> {
  const X = rowsOf(points);
  const inertias: Record<Start, number[]> = { plusplus: [], random: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const start of names) {
      const options = { nClusters: clusters, nInit: 1, tol: 0, randomState: seed + run };
      const model = await new KMeans({ ...options, init: inits[start] }).fit(X, { signal });
      inertias[start].push(model.inertia);
    }
    progress(run + 1, RUNS);
    signal.throwIfAborted();
  }
  const best = Math.min(...names.flatMap((start) => inertias[start]));
  const lost = (start: Start) => inertias[start].filter((value) => value > LOST * best).length;
  return { inertias, best, lost: { plusplus: lost("plusplus"), random: lost("random") } };
}

/** The result in one sentence. */
export function twentySentence({ inertias, best, lost }: Twenty): string {
  const worst = Math.max(...inertias.random);
  const ends = (start: Start) => words.ofTotal(lost[start], RUNS);
  return lost.random === 0 && lost.plusplus === 0
    ? words.allRunsEndWithin1(2 * RUNS, rounded(best))
    : words.randomStartsEndMoreThan(
        ends("random"),
        rounded(best),
        rounded(worst),
        ends("plusplus"),
      );
}

/** Bars of a histogram. */
const BARS = 12;

/** Histograms of the final inertias of one initialisation, on an axis that both share. */
export function histogram({ inertias, best }: Twenty, start: Start): HTMLElement {
  const worst = Math.max(...names.flatMap((name) => inertias[name]));
  const width = (worst - best) / BARS || 1;
  const barOf = (value: number) => Math.min(BARS - 1, Math.floor((value - best) / width));
  const counts = new Array<number>(BARS).fill(0);
  for (const value of inertias[start]) counts[barOf(value)] = (counts[barOf(value)] ?? 0) + 1;
  const bars = counts.map((count, i) => {
    const bar = make("span", { style: { "--share": String(count / RUNS) } });
    bar.title = words.runsEndBetweenAnd(
      count,
      rounded(best + i * width),
      rounded(best + (i + 1) * width),
    );
    return bar;
  });
  const spoken = `${starts[start]}: ${counts
    .flatMap((count, i) => (count > 0 ? [words.at(count, rounded(best + i * width))] : []))
    .join(", ")}`;
  const attributes = { role: "img", "aria-label": spoken };
  return make(
    "div",
    { class: "histogram" },
    make("div", { class: "bars", attributes }, ...bars),
    make(
      "p",
      { class: "hint" },
      make("span", { text: rounded(best) }),
      make("span", { text: words.inertia }),
      make("span", { text: rounded(worst) }),
    ),
  );
}

const rounded = (value: number) => number(Number(value.toPrecision(3)));
