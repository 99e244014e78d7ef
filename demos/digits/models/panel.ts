import { type FittedSVC, KNeighborsClassifier, SVC } from "wgrad/ml";
import { tellKernels } from "../../shared/compiling.ts";
import { byId, make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import { type Jobs, STOPPING } from "../../shared/jobs.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/digits/models.ts";
import * as common from "../../words/en/shared/common.ts";
import { agreement, type Digits, type Split, withOwn } from "../data.ts";
import { type Pixels, readOwn } from "../own.ts";
import type { Settings } from "../settings.ts";
import { Cnn } from "./cnn.ts";
import { likeliest, NamedGroups } from "./groups.ts";

const ROUND = 10;

export const kinds = {
  neighbours: words.nearestNeighbours,
  groups: words.kMeansGroupsNamed,
  svm: words.svmGaussianKernel,
  cnn: words.smallNetwork,
} as const;

type Kind = keyof typeof kinds;

/** A model's answers for rows of pixels: a digit each, and its probability where the model has one. */
interface Answer {
  readonly says: readonly number[];
  readonly sure?: readonly number[];
}

type Ask = (rows: readonly Pixels[]) => Promise<Answer>;

const surely = (shares: readonly (readonly number[])[]): Answer => ({
  says: shares.map(likeliest),
  sure: shares.map((each) => Math.max(...each)),
});

/** Four kinds of models trained on the same digits, applied to the same drawing. */
export class ModelsPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #split: Split;
  readonly #stop = byId("stop-models") as HTMLButtonElement;
  readonly #asks = new Map<Kind, Ask>();
  readonly #scores = new Map<Kind, number>();
  #cnn: Cnn | undefined;
  #pixels: Pixels | undefined;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs, split: Split) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#split = split;
    byId("train-models").addEventListener("click", () => this.train());
    this.#stop.addEventListener("click", () => {
      jobs.stop("models");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
    this.#write(new Map());
  }

  /** Trains again, including the visitor's digits. */
  train(): void {
    this.#jobs.run("models", async (signal) => {
      const settings = { ...this.#settings };
      const own = readOwn(settings.own);
      const digits = withOwn(this.#split.train, own);
      this.#stop.disabled = false;
      this.#asks.clear();
      this.#scores.clear();
      try {
        for (const [kind, learn] of this.#recipes(digits, settings, signal)) {
          this.#say(words.learning(kinds[kind]));
          tellKernels(byId("models-message"));
          const ask = await learn();
          signal.throwIfAborted();
          this.#asks.set(kind, ask);
          const { rows, labels } = this.#split.heldOut;
          this.#scores.set(kind, agreement((await ask(rows)).says, labels));
          await this.#answer();
          signal.throwIfAborted();
        }
        this.#say(words.learnedFromDigitsOfThem(digits.rows.length, own.length));
      } finally {
        this.#stop.disabled = true;
        if (signal.aborted && !this.#jobs.has("models")) this.#say(common.stopped);
      }
    });
  }

  /** Applies all trained models to a drawing. */
  ask(pixels: Pixels | undefined): void {
    this.#pixels = pixels;
    this.#jobs.run("ask", () => this.#answer());
  }

  #recipes(
    digits: Digits,
    { k, metric, groups, steps }: Settings,
    signal: AbortSignal,
  ): readonly (readonly [Kind, () => Promise<Ask>])[] {
    const { rows, labels } = digits;
    return [
      [
        "neighbours",
        async () => {
          const model = await new KNeighborsClassifier({ nNeighbors: k, metric }).fit(rows, labels);
          return async (asked) => {
            const { data, shape } = await model.predictProba(asked);
            const all = asked.map((_, i) => [...data.subarray(i * shape[1], (i + 1) * shape[1])]);
            const { says, sure = [] } = surely(all);
            return { says: says.map((at) => Number(model.classes[at])), sure };
          };
        },
      ],
      [
        "groups",
        async () => {
          const model = await NamedGroups.fit(digits, groups, signal);
          return async (asked) => surely(await model.shares(asked));
        },
      ],
      [
        "svm",
        async () => {
          const model: FittedSVC = await new SVC({ C: 10 }).fit(rows, labels, { signal });
          return async (asked) => ({ says: Array.from(await model.predict(asked), Number) });
        },
      ],
      ["cnn", () => this.#network(digits, steps, signal)],
    ];
  }

  async #network(digits: Digits, steps: number, signal: AbortSignal): Promise<Ask> {
    this.#cnn?.dispose();
    const cnn = new Cnn(digits);
    this.#cnn = cnn;
    for (let step = 0; step < steps; step += ROUND) {
      await cnn.advance(Math.min(ROUND, steps - step));
      signal.throwIfAborted();
      setProgress(step, steps, words.networkStep(step));
      this.#say(words.learningStepOf(kinds.cnn, Math.min(steps, step + ROUND), steps));
    }
    return async (rows) => surely(await cnn.shares(rows));
  }

  async #answer(): Promise<void> {
    const pixels = this.#pixels;
    const answers = new Map<Kind, Answer>();
    if (pixels) {
      for (const [kind, ask] of this.#asks) answers.set(kind, await ask([pixels]));
    }
    this.#write(answers);
  }

  #write(answers: ReadonlyMap<Kind, Answer>): void {
    const names = Object.keys(kinds) as Kind[];
    const rows = names.map((kind) => {
      const answer = answers.get(kind);
      const [says, sure, score] = [answer?.says[0], answer?.sure?.[0], this.#scores.get(kind)];
      const cells = [
        says === undefined ? "…" : String(says),
        sure === undefined ? "–" : percent(sure, 0),
        score === undefined ? "…" : percent(score),
      ];
      return make(
        "tr",
        {},
        make("th", { text: kinds[kind], attributes: { scope: "row" } }),
        ...cells.map((text) => make("td", { text })),
      );
    });
    byId("models-rows").replaceChildren(...rows);
    this.result = {
      says: Object.fromEntries(names.map((kind) => [kind, answers.get(kind)?.says[0]])),
      heldOut: Object.fromEntries(this.#scores),
      own: readOwn(this.#settings.own).length,
    };
  }

  #say(text: string): void {
    byId("models-message").textContent = text;
  }
}
