import type { Clothes } from "../../resnet/data.ts";
import { byId, make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import { type Jobs, STOPPING } from "../../shared/jobs.ts";
import { setProgress, setStatus } from "../../shared/page.ts";
import { spread } from "../../shared/spread.ts";
import * as words from "../../words/en/augmentation/imbalance.ts";
import type { Settings } from "../settings.ts";
import type { RareRun } from "./experiment.ts";
import { methodNames, methods } from "./methods.ts";

/** A table of every method on pictures of two kinds, 1 : 50. */
export class RareClothesPanel {
  readonly #settings: Settings;
  readonly #clothes: Clothes;
  readonly #jobs: Jobs;
  readonly #start = byId("measure") as HTMLButtonElement;
  readonly #stop = byId("stop-measuring") as HTMLButtonElement;
  #runs: readonly RareRun[] = [];

  constructor(settings: Settings, clothes: Clothes, jobs: Jobs) {
    this.#settings = settings;
    this.#clothes = clothes;
    this.#jobs = jobs;
    this.#start.addEventListener("click", () => this.measure());
    this.#stop.addEventListener("click", () => {
      this.#jobs.stop("clothes");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
  }

  /** Scores by method as plain JSON; undefined if there are none. */
  get result(): object | undefined {
    if (this.#runs.length === 0) return undefined;
    const entries = methodNames.map((method) => [method, this.#scores(method)] as const);
    return Object.fromEntries(entries.filter(([, { seeds }]) => seeds.length > 0));
  }

  measure(): void {
    const settings = { ...this.#settings };
    const total = settings.seeds * methodNames.length;
    this.#runs = [];
    this.#table();
    this.#start.disabled = true;
    this.#stop.disabled = false;
    this.#say(words.findingPrincipalComponents);
    setStatus("running");
    this.#jobs.run("clothes", async (signal) => {
      try {
        const { rareRuns } = await import("./experiment.ts");
        await rareRuns(this.#clothes, settings, {
          signal,
          onRun: (run) => {
            this.#runs = [...this.#runs, run];
            this.#table();
            const done = this.#runs.length;
            const text = words.seed(methods[run.method], run.seed);
            this.#say(words.ofTrainings(done, total, text));
            setProgress(done, total, words.tShirtsAndShirts(text));
          },
        });
        this.#say(this.#seen());
      } catch (error) {
        if (signal.aborted) this.#say(words.stoppedAfterOfTrainings(this.#runs.length, total));
        throw error;
      } finally {
        this.#start.disabled = false;
        this.#stop.disabled = true;
      }
    });
  }

  #scores(method: RareRun["method"]) {
    const own = this.#runs.filter((run) => run.method === method);
    const balanced = own.map(({ balancedAccuracy }) => balancedAccuracy);
    const average = own.map(({ averagePrecision }) => averagePrecision);
    return {
      balancedAccuracy: spread(balanced),
      averagePrecision: spread(average),
      seeds: own.map(({ seed, balancedAccuracy, averagePrecision }) => ({
        ...{ seed, balancedAccuracy, averagePrecision },
      })),
    };
  }

  #table(): void {
    const rows = methodNames.flatMap((method) => {
      const { balancedAccuracy, averagePrecision, seeds } = this.#scores(method);
      if (seeds.length === 0) return [];
      const many = seeds.length > 1;
      const { mean, deviation } = averagePrecision;
      const share = percent(balancedAccuracy.mean);
      const cells = [
        many ? `${share} ± ${percent(balancedAccuracy.deviation)}` : share,
        many ? `${mean.toFixed(2)} ± ${deviation.toFixed(2)}` : mean.toFixed(2),
      ];
      return [
        make(
          "tr",
          {},
          make("th", { text: methods[method], attributes: { scope: "row" } }),
          ...cells.map((text) => make("td", { text })),
        ),
      ];
    });
    byId("clothes-rows").replaceChildren(...rows);
    byId("clothes-table").hidden = rows.length === 0;
  }

  /** The sentence about the scores. */
  #seen(): string {
    const all = methodNames.map((method) => ({ method, ...this.#scores(method) }));
    const top = (score: "balancedAccuracy" | "averagePrecision") =>
      all.reduce((best, each) => (each[score].mean > best[score].mean ? each : best));
    const [balanced, average] = [top("balancedAccuracy"), top("averagePrecision")];
    return words.atThresholdHasGreatest(
      methods[balanced.method],
      percent(balanced.balancedAccuracy.mean),
      methods[average.method],
      average.averagePrecision.mean.toFixed(2),
    );
  }

  #say(text: string): void {
    byId("clothes-message").textContent = text;
  }
}
