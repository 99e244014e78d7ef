import { elbow, KMeans, silhouetteScore } from "wgrad/ml";
import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/kmeans/groups.ts";
import { MOST_CLUSTERS } from "../settings.ts";
import { bend } from "./bend.ts";
import { rowsOf } from "./descent.ts";

/** Figures for choosing the number of clusters. */
export interface HowMany {
  readonly ks: readonly number[];
  /** Inertia by number of clusters. */
  readonly inertias: readonly number[];
  /** Mean silhouette for each number of clusters from 2 on. */
  readonly silhouettes: readonly number[];
  /** The elbow of the inertia; undefined if there is none. */
  readonly knee: number | undefined;
  /** The number of clusters with the greatest silhouette. */
  readonly clearest: number;
}

/** Elbow and silhouette of points [count, 2], for 1 to 10 clusters. */
export async function howMany(points: Float32Array, signal: AbortSignal): Promise<HowMany> {
  const X = rowsOf(points);
  const ks = Array.from({ length: Math.min(MOST_CLUSTERS, X.length - 1) }, (_, i) => i + 1);
  const { inertias } = await elbow(X, { ks, signal });
  const silhouettes: number[] = [];
  for (const k of ks.slice(1)) {
    const model = await new KMeans({ nClusters: k }).fit(X, { signal });
    silhouettes.push(await silhouetteScore(X, model.labels));
    setProgress(k, ks.length, words.silhouetteOfClusters(k));
    signal.throwIfAborted();
  }
  const clearest = 2 + silhouettes.indexOf(Math.max(...silhouettes));
  return { ks, inertias: [...inertias], silhouettes, knee: bend(inertias), clearest };
}

/** Both curves, with the chosen number of clusters marked. */
export class HowManyChart {
  readonly #elbow = new Chart(byId("elbow"), {
    label: words.inertia,
    titles: { x: words.clustersK, y: words.inertia },
    height: 200,
    y: { min: 0 },
    lines: [
      { label: words.inertiaOfCurve, colour: "blue", points: true },
      { label: words.yourK, colour: "orange", width: 1.5, dash: [5, 4], silent: true },
    ],
  });
  readonly #silhouette = new Chart(byId("silhouette"), {
    label: words.silhouette,
    titles: { x: words.clustersK, y: words.silhouette },
    height: 200,
    y: { min: 0, max: 1 },
    lines: [
      { label: words.silhouetteOfCurve, colour: "green", points: true },
      { label: words.yourK, colour: "orange", width: 1.5, dash: [5, 4], silent: true },
    ],
  });

  show({ ks, inertias, silhouettes }: HowMany, k: number): void {
    const at = (top: number) => ({ x: [k - 1e-3, k + 1e-3], y: [0, top] });
    const inertia = inertias[k - 1];
    this.#elbow.set(
      [{ x: ks, y: inertias }, at(Math.max(...inertias))],
      words.inertiaFalls(inertias[0]?.toFixed(0), inertia?.toFixed(0), k),
    );
    this.#silhouette.set(
      [{ x: ks.slice(1), y: silhouettes }, at(1)],
      words.silhouetteWith(silhouettes[k - 2]?.toFixed(2), k),
    );
  }
}
