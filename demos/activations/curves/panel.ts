import { activation } from "wgrad";
import { Chart, type Line } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { number, percent } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { key } from "../../shared/legend.ts";
import { type Measured, measured } from "../../shared/measured.ts";
import * as words from "../../words/en/activations/curves.ts";
import { named, optionsOf } from "../names.ts";
import type { Settings } from "../settings.ts";
import { type Facts, factsOf } from "./facts.ts";
import { flatParts } from "./flat.ts";

const PLACES = 161;
const SETTLE = 20;

/** The two activations compared: their colours, and the setting that names each. */
export const sides = [
  { setting: "first", colour: "blue", dash: [] },
  { setting: "second", colour: "orange", dash: [8, 4] },
] as const;

type Both<T> = readonly [T, T];

/** Two activations and their derivatives, where they are flat, and their mean and deviation for normal inputs. */
export class CurvesPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #values: Chart;
  readonly #slopes: Chart;
  result: object | undefined;

  /** `pick` is called with the x at which a visitor points. */
  constructor(settings: Settings, jobs: Jobs, pick: (x: number) => void) {
    this.#settings = settings;
    this.#jobs = jobs;
    const lines = sides.flatMap(({ colour, dash }): Line[] => [
      { label: colour, colour, width: 9, alpha: 0.3, silent: true, gaps: true },
      { label: colour, colour, dash },
      { label: colour, colour, points: true, silent: true },
    ]);
    const chart = (id: string, y: string) =>
      new Chart(byId(id), { label: y, lines, pick, titles: { x: "x", y } });
    this.#values = chart("values-chart", "f(x)");
    this.#slopes = chart("slopes-chart", "f′(x)");
  }

  measure(): void {
    this.#jobs.run("curves", async (signal) => {
      await pause(SETTLE, signal);
      const { span, x, ...settings } = this.#settings;
      const at = Math.min(span, Math.max(-span, x));
      const places = Array.from({ length: PLACES }, (_, i) => span * ((2 * i) / (PLACES - 1) - 1));
      const [first, second] = [settings.first, settings.second].map((act) =>
        optionsOf(act, settings),
      );
      if (!first || !second) return;
      const both = await measured([...places, at], {
        first: (z) => activation(z, first),
        second: (z) => activation(z, second),
      });
      const facts = [await factsOf(first), await factsOf(second)] as const;
      signal.throwIfAborted();
      this.#show(places, at, [both.first, both.second], facts);
    });
  }

  #show(places: readonly number[], at: number, both: Both<Measured>, facts: Both<Facts>): void {
    const { first, second } = this.#settings;
    const names = [named[first].name, named[second].name] as const;
    const said = sentence(names, at, both, facts);
    for (const [chart, of, what] of [
      [this.#values, "values", words.activations],
      [this.#slopes, "gradients", words.slopesOfActivations],
    ] as const) {
      const points = both.flatMap((one) => {
        const y = one[of].slice(0, PLACES);
        return [
          { x: places, y: flatParts(y, one.gradients) },
          { x: places, y },
          { x: [at], y: one[of].slice(PLACES) },
        ];
      });
      chart.set(points, words.byX(what, said));
    }
    const rows = sides.map(({ setting, colour }, i) => {
      const { name, formula } = named[this.#settings[setting]];
      const [one, fact] = [both[i as 0 | 1], facts[i as 0 | 1]];
      const cells = [
        one.values[PLACES],
        one.gradients[PLACES],
        fact.mean,
        fact.deviation,
        fact.slope,
      ];
      return make(
        "tr",
        {},
        make("th", { attributes: { scope: "row" }, title: formula }, key(name, colour)),
        ...cells.map((value) => make("td", { text: Number(value).toFixed(3) })),
        make("td", { text: percent(fact.flat, 0) }),
      );
    });
    byId("facts-rows").replaceChildren(...rows);
    byId("curve-message").textContent = said;
    const of = (i: 0 | 1) => ({
      ...{ name: names[i], value: both[i].values[PLACES], slope: both[i].gradients[PLACES] },
      facts: facts[i],
    });
    this.result = { at, first: of(0), second: of(1), sentence: said };
  }
}

function sentence(
  names: Both<string>,
  at: number,
  both: Both<Measured>,
  facts: Both<Facts>,
): string {
  const slope = (i: 0 | 1) => number(Number(Number(both[i].gradients[PLACES]).toPrecision(3)));
  const centre = (i: 0 | 1) => number(Number(facts[i].mean.toFixed(3)));
  return words.atSlopeOfIsThat(
    number(at),
    names[0],
    slope(0),
    names[1],
    slope(1),
    centre(0),
    percent(facts[0].flat, 0),
    centre(1),
    percent(facts[1].flat, 0),
  );
}
