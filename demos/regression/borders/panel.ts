import { Board, type View } from "../../shared/board.ts";
import { byId, make } from "../../shared/dom.ts";
import { Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { key } from "../../shared/legend.ts";
import * as words from "../../words/en/regression/borders.ts";
import type { Settings } from "../settings.ts";
import { drawBorders, methodNames } from "./draw.ts";
import { EACH, samplesOf } from "./points.ts";
import { type Border, methods, type Separated, separate } from "./separate.ts";

const SETTLE = 20;

/** Two classes, a point that can be moved away, and three decision boundaries. */
export class BordersPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #board: Board;
  readonly #place: (point: readonly [number, number]) => void;
  #found: Separated | undefined;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#board = new Board(byId("border-board"), {
      domain: [-8.8, 8.8, -5.5, 5.5],
      titles: { x: "x₁", y: "x₂" },
      draw: (view) => this.#draw(view),
    });
    this.#place = this.#board.knob({
      ...{ id: "far", name: words.farPoint, colour: "orange" },
      moved: ([x, y]) => {
        settings.farX = Math.min(8, Math.max(-8, x));
        settings.farY = Math.min(5, Math.max(-5, y));
        this.separate();
      },
    });
    this.#addFields();
  }

  #addFields(): void {
    const settings = this.#settings;
    const away = new Slider({
      ...{ id: "away", label: words.pointsMovedFarAway, min: 0, max: EACH, step: 1, text: String },
      value: settings.away,
      changed: (value) => {
        settings.away = value;
        this.separate();
      },
    });
    const C = new Slider({
      ...{
        id: "C",
        label: words.weightOfLossesBeside,
        min: -3,
        max: 3,
        step: 0.25,
      },
      value: settings.C,
      text: (position) => number(10 ** position),
      changed: (value) => {
        settings.C = value;
        this.separate();
      },
    });
    const box = make("input", { attributes: { type: "checkbox", id: "penalised" } });
    box.checked = settings.penalised;
    box.addEventListener("change", () => {
      settings.penalised = box.checked;
      this.separate();
    });
    const label = make("label", {
      text: words.logisticRegressionWith,
      attributes: { for: "penalised" },
    });
    byId("border-fields").append(
      away.element,
      C.element,
      make("div", { class: "field" }, label, box),
    );
  }

  separate(): void {
    const { farX, farY, away, penalised } = this.#settings;
    this.#place([farX, farY]);
    this.#board.redraw();
    this.#jobs.run("borders", async (signal) => {
      await pause(SETTLE, signal);
      const { places, y } = samplesOf([farX, farY], away);
      const found = await separate(places, y, { C: 10 ** this.#settings.C, penalised });
      signal.throwIfAborted();
      this.#found = found;
      this.#show(found, penalised);
    });
  }

  #show(found: Separated, penalised: boolean): void {
    const said = sentence(found, penalised);
    const rows = methodNames.map((name) => {
      const { name: text, colour: tint } = methods[name];
      const { w, mistakes } = found.borders[name];
      return make(
        "tr",
        {},
        make("th", { attributes: { scope: "row" } }, key(text, tint)),
        make("td", { text: String(mistakes) }),
        make("td", { text: number(Math.hypot(...w)) }),
        make("td", { text: `${Math.round(angle(found.borders[name]))}°` }),
      );
    });
    byId("border-rows").replaceChildren(...rows);
    byId("border-message").textContent = said;
    this.#board.redraw(words.pointsOfTwoClassesAnd(said));
    this.result = {
      far: [this.#settings.farX, this.#settings.farY],
      ...{ away: this.#settings.away, penalised },
      ...found,
      sentence: said,
    };
  }

  #draw(view: View): void {
    drawBorders(view, this.#found, this.#settings);
  }
}

/** Angle between a boundary and the vertical, in degrees. */
const angle = ({ w: [p, q] }: Border) => (180 / Math.PI) * Math.atan2(Math.abs(q), Math.abs(p));

function sentence({ borders, gradient }: Separated, penalised: boolean): string {
  const counts = methodNames
    .map((name) => `${methods[name].name} ${borders[name].mistakes}`)
    .join(", ");
  const pull = penalised
    ? words.whereLogisticRegression(number(gradient.losses), number(gradient.whole))
    : words.withoutPenaltyLogistic(number(gradient.losses));
  return words.pointsOnWrongSide(counts, pull);
}
