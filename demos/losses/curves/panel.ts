import { Chart, type Line } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { Slider } from "../../shared/fields.ts";
import { number, percent } from "../../shared/format.ts";
import type { Jobs } from "../../shared/jobs.ts";
import { key } from "../../shared/legend.ts";
import { type LossOf, type Measured, measured } from "../../shared/measured.ts";
import * as words from "../../words/en/losses/curves.ts";
import type { Settings } from "../settings.ts";
import {
  type Curve,
  type CurveName,
  type Family,
  type FamilyName,
  families,
  probability,
  type Shape,
} from "./families.ts";

/** Number of points of a curve. */
const PLACES = 121;

type All = Partial<Record<CurveName | "probability", Measured>>;

interface Charts {
  readonly host: HTMLElement;
  readonly values: Chart;
  readonly gradients: Chart;
}

/** Value and gradient of every loss of a family, as curves and at the x the visitor points at. */
export class CurvesPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #changed: (parameter: keyof Shape) => void;
  readonly #sliders: Readonly<
    Record<"error" | "score" | "beta" | "delta" | "gamma" | "weight", Slider>
  >;
  readonly #charts: Readonly<Record<FamilyName, Charts>>;
  /** Figures of the last measurement. */
  result: object | undefined;

  /** `changed` is called when a parameter that other cards use has changed. */
  constructor(settings: Settings, jobs: Jobs, changed: (parameter: keyof Shape) => void) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#changed = changed;
    this.#sliders = this.#addSliders();
    this.#charts = { numbers: this.#addCharts("numbers"), scores: this.#addCharts("scores") };
    for (const [name, { title }] of Object.entries(families))
      this.#addFamily(name as FamilyName, title);
    this.#refresh();
  }

  measure(): void {
    const { family: name, ...settings } = this.#settings;
    const family: Family = families[name];
    const at = name === "numbers" ? settings.error : settings.score;
    this.#jobs.run("curves", async (signal) => {
      const [from, to] = family.span;
      const places = Array.from(
        { length: PLACES },
        (_, i) => from + ((to - from) * i) / (PLACES - 1),
      );
      const losses = Object.fromEntries(
        Object.entries(family.curves).map(([key, curve]) => [key, curve.loss(settings)]),
      ) as Record<CurveName, LossOf>;
      const all: All = await measured([...places, at], { ...losses, probability });
      signal.throwIfAborted();
      this.#show(name, places, at, all);
    });
  }

  #show(name: FamilyName, places: readonly number[], at: number, all: All): void {
    const curves = entriesOf(families[name]);
    const there = curves.map(([id, { name }]) => ({
      ...{ id, name },
      value: all[id]?.values[PLACES] ?? Number.NaN,
      gradient: all[id]?.gradients[PLACES] ?? Number.NaN,
    }));
    const said = sentence(name, at, there, all.probability?.values[PLACES] ?? 0);
    const { values, gradients } = this.#charts[name];
    for (const [chart, of, what] of [
      [values, "values", words.value],
      [gradients, "gradients", words.gradient],
    ] as const) {
      const points = curves.flatMap(([key]) => {
        const y = all[key]?.[of] ?? [];
        return [
          { x: places, y: y.slice(0, PLACES) },
          { x: [at], y: y.slice(PLACES) },
        ];
      });
      chart.set(points, words.curvesOfLosses(what, families[name].x, said));
    }
    const row = ([id, curve]: readonly [CurveName, Curve], i: number) =>
      make(
        "tr",
        { attributes: { id: `row-${id}` } },
        make("th", { attributes: { scope: "row" } }, key(curve.name, curve.colour)),
        make("td", { text: curve.formula, class: "formula" }),
        make("td", { text: there[i]?.value.toFixed(3) ?? "" }),
        make("td", { text: there[i]?.gradient.toFixed(3) ?? "" }),
      );
    byId("curve-rows").replaceChildren(...curves.map(row));
    byId("curve-message").textContent = said;
    this.result = {
      family: name,
      at,
      losses: Object.fromEntries(there.map(({ id, ...rest }) => [id, rest])),
      sentence: said,
    };
  }

  #addFamily(name: FamilyName, text: string): void {
    const button = make("button", { text, attributes: { type: "button", "data-family": name } });
    button.addEventListener("click", () => {
      this.#settings.family = name;
      this.#refresh();
      this.measure();
    });
    byId("families").append(button);
  }

  /** Shows the controls of the present family. */
  #refresh(): void {
    const { family } = this.#settings;
    for (const button of byId("families").querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.family === family));
    for (const [name, { host }] of Object.entries(this.#charts)) host.hidden = name !== family;
    const own: readonly string[] =
      family === "numbers" ? ["error", "beta", "delta"] : ["score", "gamma", "weight"];
    for (const [name, { element }] of Object.entries(this.#sliders))
      element.hidden = !own.includes(name);
  }

  #addCharts(name: FamilyName): Charts {
    const family: Family = families[name];
    const lines = entriesOf(family).flatMap(([, { name, colour, dash = [] }]): Line[] => [
      { label: name, colour, dash },
      { label: name, colour, points: true, silent: true },
    ]);
    const slider = this.#sliders[name === "numbers" ? "error" : "score"];
    const pick = (x: number) => slider.move(Math.round(20 * x) / 20);
    const chart = (of: "values" | "gradients", y: string) => {
      const host = make("div");
      const shown = { ...family.shown[of], cut: true };
      const options = { label: y, lines, pick, y: shown, titles: { x: family.x, y } };
      return { host, open: () => new Chart(host, options) };
    };
    const [values, gradients] = [
      chart("values", words.lossAxis),
      chart("gradients", words.itsGradient),
    ];
    const host = make("div", { class: "pair" }, values.host, gradients.host);
    byId("curve-charts").append(host);
    return { host, values: values.open(), gradients: gradients.open() };
  }

  #addSliders() {
    const slider = (
      id: "error" | "score" | "beta" | "delta" | "gamma" | "weight",
      label: string,
      [min, max, step]: readonly [number, number, number],
    ) => {
      const made = new Slider({
        ...{ id, label, min, max, step, value: this.#settings[id], text: number },
        changed: (value) => {
          this.#settings[id] = value;
          this.measure();
          if (id !== "error" && id !== "score") this.#changed(id);
        },
      });
      byId("curve-fields").append(made.element);
      return made;
    };
    return {
      error: slider("error", words.errorThatYouLookAt, [-3, 3, 0.05]),
      score: slider("score", words.scoreThatYouLookAt, [-6, 6, 0.05]),
      beta: slider("beta", words.betaOfSmoothL1, [0, 3, 0.05]),
      delta: slider("delta", words.deltaOfHuber, [0.05, 3, 0.05]),
      gamma: slider("gamma", words.gammaOfFocalLoss, [0, 5, 0.25]),
      weight: slider("weight", words.weightWOfYesIn, [0.1, 10, 0.1]),
    };
  }
}

const entriesOf = (family: Family) => Object.entries(family.curves) as [CurveName, Curve][];

/** The sentence about the figures. */
function sentence(
  family: FamilyName,
  at: number,
  there: readonly { readonly name: string; readonly gradient: number }[],
  probability: number,
): string {
  const sizes = there.map(({ gradient }) => Math.abs(gradient));
  const [most, least] = [Math.max(...sizes), Math.min(...sizes)];
  const named = (size: number) =>
    there
      .filter((_, i) => sizes[i] === size)
      .map(({ name }) => name)
      .join(words.and);
  const pulls =
    most === 0
      ? words.noLossPulls
      : words.gradientOfIsLargestIn(named(most), number(most), named(least), number(least));
  return family === "numbers"
    ? words.atErrorOf(number(at), pulls)
    : words.atScoreOfTruthIs(number(at), percent(probability), pulls);
}
