import { byId, make } from "../../shared/dom.ts";
import { type Jobs, STOPPING } from "../../shared/jobs.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/kmeans/groups.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Settings } from "../settings.ts";
import { type Start, starts } from "./descent.ts";
import { histogram, RUNS, type Twenty, twenty, twentySentence } from "./twenty.ts";

const JOB = "twenty";
const names = Object.keys(starts) as Start[];

/** Twenty runs of each initialisation on the present points, and their results. */
export class TwentyPanel {
  readonly #run = byId("twenty") as HTMLButtonElement;
  readonly #jobs: Jobs;
  /** Results of the last runs; undefined once the points or the number of clusters have changed. */
  found: Twenty | undefined;

  constructor(jobs: Jobs, settings: Settings, points: () => Float32Array) {
    this.#jobs = jobs;
    this.#label(false);
    this.#run.addEventListener("click", () => {
      if (jobs.has(JOB)) {
        this.forget();
        byId("starts-said").textContent = STOPPING;
      } else jobs.run(JOB, (signal) => this.#runAll(points(), settings, signal));
    });
  }

  /** Clears the results, because the points have changed. */
  forget(): void {
    this.#jobs.stop(JOB);
    this.found = undefined;
    byId("histograms").replaceChildren();
    this.#label(false);
  }

  async #runAll(points: Float32Array, { clusters, seed }: Settings, signal: AbortSignal) {
    const said = byId("starts-said");
    this.#label(true);
    try {
      const found = await twenty(
        points,
        { clusters, seed },
        {
          signal,
          progress: (done, total) => {
            said.textContent = words.ofRuns(done, total);
            setProgress(done, total, words.ofRunsOfBothStarts(done, total));
          },
        },
      );
      this.found = found;
      said.textContent = twentySentence(found);
      const figures = names.map((start) =>
        make("figure", {}, make("figcaption", { text: starts[start] }), histogram(found, start)),
      );
      byId("histograms").replaceChildren(...figures);
    } finally {
      if (said.textContent === STOPPING) said.textContent = common.stopped;
      this.#label(false);
    }
  }

  #label(running: boolean): void {
    this.#run.textContent = running ? words.stopRuns : words.runsOfEach(RUNS);
  }
}
