import * as common from "../words/en/shared/common.ts";
import * as words from "../words/en/shared/page.ts";
import { writeAddress } from "./address.ts";
import { byId, make } from "./dom.ts";
import { STOPPING } from "./jobs.ts";
import { setProgress } from "./page.ts";

/** What an experiment gets from the page. */
export interface Stage {
  /** Throws the signal's reason between two steps of the work. */
  readonly signal: AbortSignal;
  /** The elements for the pictures of the two runs. */
  readonly sides: readonly [HTMLElement, HTMLElement];
  /** Reports progress: `done` of `total`. */
  progress(done: number, total: number, text: string): void;
}

/** A question with possible answers, and two runs that answer it. `Figures`: the plain numbers found. */
export interface Experiment<Figures extends object> {
  /** Name of the experiment in the address. */
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** The answers that a visitor can predict. */
  readonly predictions: readonly string[];
  /** Titles of the two runs. */
  readonly sides: readonly [string, string];
  run(stage: Stage): Promise<Figures>;
  /** The result in one sentence, made from the figures. */
  sentence(figures: Figures): string;
  /** Index of the answer that the figures support. */
  answer(figures: Figures): number;
}

/** Figures of the two runs. */
export interface Pair<T = number> {
  readonly left: T;
  readonly right: T;
}

/** Carries out both runs, the left one first; `side` is its position on the stage. */
export async function inTurn<R, T>(
  [left, right]: readonly [R, R],
  run: (given: R, side: 0 | 1) => Promise<T>,
): Promise<Pair<T>> {
  return { left: await run(left, 0), right: await run(right, 1) };
}

/** The true answer of three: 0, left is larger; 1, they differ by at most `close`; 2, right is larger. */
export const larger = (left: number, right: number, close: number): number =>
  left > right + close ? 0 : right > left + close ? 2 : 1;

/** Result of an experiment. */
export interface Finding {
  readonly figures: object;
  readonly sentence: string;
  readonly answer: string;
}

/** An experiment with any type of figures. */
export interface AnyExperiment
  extends Pick<Experiment<object>, "id" | "title" | "question" | "predictions" | "sides"> {
  conduct(stage: Stage): Promise<Finding>;
}

/** Makes experiments with different figures elements of one list. */
export function experiment<F extends object>(given: Experiment<F>): AnyExperiment {
  const { id, title, question, predictions, sides } = given;
  return {
    ...{ id, title, question, predictions, sides },
    async conduct(stage) {
      const figures = await given.run(stage);
      const answer = predictions[given.answer(figures)] ?? "";
      return { figures, sentence: given.sentence(figures), answer };
    },
  };
}

/** Runs work in place of the page's own: `(work) => jobs.run("training", work)`. */
type Start = (work: (signal: AbortSignal) => Promise<void>) => void;

/** The card with id `experiments`: choose one, predict, run it, and see the results of both runs side by side. */
export class Experiments {
  readonly #all: readonly AnyExperiment[];
  readonly #start: Start;
  readonly #host = byId("experiments");
  readonly #choices = make("div", { class: "choices", attributes: { role: "group" } });
  readonly #question = make("p", { class: "question" });
  readonly #predictions = make("fieldset", { class: "predictions" });
  readonly #run = button(words.runBoth, "experiment-run", "primary");
  readonly #stop = button(words.stop, "experiment-stop");
  readonly #bar = make("progress", { attributes: { max: "1", value: "0" } });
  readonly #said = make("p", { class: "finding", attributes: { role: "status" } });
  readonly #sides = make("div", { class: "sides" });
  readonly #findings = new Map<string, Finding>();
  #chosen: AnyExperiment;
  #running: AbortController | undefined;

  constructor(all: readonly [AnyExperiment, ...AnyExperiment[]], start: Start) {
    this.#all = all;
    this.#start = start;
    this.#chosen = all.find(({ id }) => id === asked()) ?? all[0];
    this.#build();
    this.#run.addEventListener("click", () => this.#begin());
    this.#stop.addEventListener("click", () => {
      this.#running?.abort();
      this.#said.textContent = STOPPING;
    });
    this.#show(this.#chosen);
  }

  /** Results so far, by the names of the experiments. */
  get findings(): Readonly<Record<string, Finding>> {
    return Object.fromEntries(this.#findings);
  }

  /** Runs the experiments named in the address, `?experiment=all` or one name, without predictions. */
  async rehearse(signal: AbortSignal = new AbortController().signal): Promise<void> {
    for (const each of this.#all) {
      if (asked() !== "all" && asked() !== each.id) continue;
      this.#show(each);
      await this.#conduct(each, signal);
    }
  }

  #build(): void {
    this.#choices.setAttribute("aria-label", words.experiment);
    for (const each of this.#all) {
      const choice = make("button", { text: each.title, attributes: { type: "button" } });
      choice.dataset.experiment = each.id;
      choice.addEventListener("click", () => {
        writeAddress({ experiment: each.id }, { experiment: "" });
        this.#running?.abort();
        this.#show(each);
      });
      this.#choices.append(choice);
    }
    this.#bar.setAttribute("aria-label", words.progressOfExperiment);
    this.#host.replaceChildren(
      make("h2", { text: words.predictThenRun }),
      this.#choices,
      this.#question,
      this.#predictions,
      make("div", { class: "buttons" }, this.#run, this.#stop),
      this.#bar,
      this.#said,
      this.#sides,
    );
  }

  /** Shows the question of an experiment, without a prediction. */
  #show(chosen: AnyExperiment): void {
    this.#chosen = chosen;
    for (const choice of this.#choices.querySelectorAll("button")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.experiment === chosen.id));
    }
    this.#question.textContent = chosen.question;
    const options = chosen.predictions.map((text, i) => {
      const attributes = { type: "radio", name: "prediction", value: String(i) };
      const radio = make("input", { attributes });
      radio.addEventListener("change", () => {
        this.#run.disabled = false;
        this.#said.textContent = "";
      });
      return make("label", {}, radio, text);
    });
    this.#predictions.replaceChildren(make("legend", { text: words.whatDoYouExpect }), ...options);
    this.#run.disabled = true;
    this.#stop.disabled = true;
    this.#bar.hidden = true;
    this.#said.textContent = words.chooseWhatYouExpectThen;
    this.#sides.replaceChildren();
    this.#host.dataset.status = "ready";
  }

  #begin(): void {
    const chosen = this.#chosen;
    this.#running?.abort();
    const stop = new AbortController();
    this.#running = stop;
    this.#start(async (signal) => {
      const end = () => stop.abort(signal.reason);
      signal.addEventListener("abort", end);
      if (signal.aborted) end();
      try {
        stop.signal.throwIfAborted();
        await this.#conduct(chosen, stop.signal);
      } catch (error) {
        if (error !== stop.signal.reason) throw error;
        if (this.#chosen === chosen && this.#running === stop) this.#ended(common.stopped);
      } finally {
        signal.removeEventListener("abort", end);
      }
    });
    this.#stop.disabled = false;
    this.#said.textContent = words.waitingForWhatRunsNow;
  }

  async #conduct(chosen: AnyExperiment, signal: AbortSignal): Promise<void> {
    const side = (name: string) => {
      const host = make("div");
      this.#sides.append(make("figure", {}, make("figcaption", { text: name }), host));
      return host;
    };
    this.#sides.replaceChildren();
    const sides = [side(chosen.sides[0]), side(chosen.sides[1])] as const;
    this.#host.dataset.status = "running";
    this.#said.textContent = words.running;
    this.#bar.value = 0;
    this.#bar.hidden = false;
    const progress = (done: number, total: number, text: string) => {
      this.#bar.value = done / total;
      this.#said.textContent = `${text} …`;
      setProgress(done, total, `${chosen.title}: ${text}`);
    };
    const finding = await chosen.conduct({ signal, sides, progress });
    signal.throwIfAborted();
    this.#findings.set(chosen.id, finding);
    this.#ended(`${finding.sentence} ${this.#verdict(finding)}`.trim());
    this.#host.dataset.status = "done";
  }

  /** Shows whether the prediction was right, if there was one. */
  #verdict({ answer }: Finding): string {
    const radio = this.#predictions.querySelector<HTMLInputElement>("input:checked");
    if (!radio) return "";
    return this.#chosen.predictions[Number(radio.value)] === answer
      ? words.asYouExpected
      : words.youExpectedSomethingElse(answer);
  }

  #ended(text: string): void {
    this.#said.textContent = text;
    this.#stop.disabled = true;
    this.#bar.hidden = true;
    this.#host.dataset.status = "ready";
  }
}

/** The experiments named by `?experiment=`. */
const asked = () => new URLSearchParams(location.search).get("experiment") ?? "";

function button(text: string, id: string, kind = ""): HTMLButtonElement {
  return make("button", { text, class: kind, attributes: { type: "button", id } });
}
