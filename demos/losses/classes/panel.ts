import { byId, make } from "../../shared/dom.ts";
import { choice, Slider } from "../../shared/fields.ts";
import { number, percent } from "../../shared/format.ts";
import type { Jobs } from "../../shared/jobs.ts";
import * as words from "../../words/en/losses/classes.ts";
import type { Settings } from "../settings.ts";
import { type Told, tell } from "./measure.ts";

export const classNames = [words.cat, words.dog, words.owl] as const;

/** Three logits, with one softmax and with three sigmoids. */
export class ClassesPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const slider = (
      id: "z0" | "z1" | "z2" | "smoothing" | "classWeight",
      label: string,
      [min, max, step]: readonly [number, number, number],
    ) =>
      new Slider({
        ...{ id, label, min, max, step, value: settings[id], text: number },
        changed: (value) => {
          settings[id] = value;
          this.tell();
        },
      }).element;
    byId("class-fields").append(
      ...classNames.map((name, i) =>
        slider(`z${i as 0 | 1 | 2}`, words.logitOf(name), [-5, 5, 0.1]),
      ),
      choice({
        ...{ id: "truth", label: words.itIs, value: String(settings.truth) },
        options: Object.fromEntries(classNames.map((name, i) => [String(i), name])),
        changed: (value) => {
          settings.truth = Number(value);
          this.tell();
        },
      }),
      slider("smoothing", words.labelSmoothingEpsilonOf, [0, 0.9, 0.05]),
      slider("classWeight", words.weightOfTrueClass, [0.1, 10, 0.1]),
    );
  }

  tell(): void {
    const { z0, z1, z2, truth, smoothing, classWeight: weight } = this.#settings;
    this.#jobs.run("classes", async (signal) => {
      const told = await tell({ logits: [z0, z1, z2], truth, smoothing, weight });
      signal.throwIfAborted();
      for (const of of ["softmax", "sigmoids"] as const) show(of, told[of]);
      const said = sentence(told, truth);
      byId("class-message").textContent = said;
      this.result = { logits: [z0, z1, z2], truth, smoothing, weight, ...told, sentence: said };
    });
  }
}

function show(of: "softmax" | "sigmoids", { loss, probabilities, gradients }: Told): void {
  const rows = classNames.map((name, i) => {
    const [p, gradient] = [probabilities[i] ?? 0, gradients[i] ?? 0];
    return make(
      "tr",
      {},
      make("th", { text: name, attributes: { scope: "row" } }),
      make("td", { class: "bar", text: percent(p), style: { "--share": `${100 * p}%` } }),
      make("td", { text: gradient.toFixed(3) }),
    );
  });
  byId(`${of}-rows`).replaceChildren(...rows);
  byId(`${of}-loss`).textContent = loss.toFixed(3);
}

/** The sentence about the sums of probabilities and the gradients of the logits. */
function sentence(
  { softmax, sigmoids }: Readonly<Record<"softmax" | "sigmoids", Told>>,
  truth: number,
): string {
  const sum = ({ probabilities }: Told) =>
    percent(
      probabilities.reduce((a, b) => a + b, 0),
      0,
    );
  const pull = ({ gradients }: Told) => number(gradients[truth] ?? 0);
  return words.softmaxsProbabilitiesAddUp(
    sum(softmax),
    sum(sigmoids),
    classNames[truth],
    pull(softmax),
    pull(sigmoids),
  );
}
