import { Board, type View } from "../../shared/board.ts";
import { byId, make } from "../../shared/dom.ts";
import { number } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/regression/polynomial.ts";
import { drawnPoints, MOST_DEGREE, type Settings, withPoint } from "../settings.ts";
import { DegreeChart, PathChart } from "./charts.ts";
import { drawPolynomial, PLACES } from "./draw.ts";
import { addFields } from "./fields.ts";
import {
  type Curve,
  type Fitted,
  fitCurve,
  fitPolynomial,
  type Model,
  measured,
  pathOf,
} from "./fit.ts";
import { type Points, pointsOf } from "./points.ts";

const SETTLE = 40;

/**
 * A polynomial fitted to points: its curve, its errors by degree, and its coefficients by the weight of the penalty.
 */
export class PolynomialPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #board: Board;
  readonly #degrees: DegreeChart;
  readonly #path: PathChart;
  #points: Points;
  #curve: ArrayLike<number> | undefined;
  #tellDrawn = () => {};
  /** Resolves once the first curve is drawn, or could not be. */
  readonly drawn = new Promise<void>((resolve) => {
    this.#tellDrawn = resolve;
  });
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#points = pointsOf(settings.seed, drawnPoints(settings.drawn));
    this.#board = new Board(byId("points-board"), {
      domain: [-1.1, 1.1, -2.1, 2.1],
      titles: { x: "x", y: "y" },
      draw: (view) => this.#draw(view),
      clicked: ([x, y]) => {
        const clip = (value: number, most: number) => Math.min(most, Math.max(-most, value));
        this.#change({ drawn: withPoint(settings.drawn, [clip(x, 1), clip(y, 2)]) });
      },
    });
    const fields = addFields(settings, () => this.fit());
    this.#degrees = new DegreeChart((degree) => fields.degree.move(degree));
    this.#path = new PathChart((alpha) => fields.alpha.move(alpha));
    byId("undo").addEventListener("click", () =>
      this.#change({ drawn: settings.drawn.split("_").slice(0, -1).join("_") }),
    );
    byId("other-points").addEventListener("click", () =>
      this.#change({ drawn: "", seed: (settings.seed + 1) % 1e6 }),
    );
  }

  #change(change: Partial<Pick<Settings, "drawn" | "seed">>): void {
    Object.assign(this.#settings, change);
    this.#points = pointsOf(this.#settings.seed, drawnPoints(this.#settings.drawn));
    this.fit();
  }

  fit(): void {
    this.#board.redraw();
    this.#jobs.run("polynomial", async (signal) => {
      await pause(SETTLE, signal);
      const { degree, penalty, alpha: power, l1Ratio } = this.#settings;
      const [points, model] = [this.#points, { degree, penalty, alpha: 10 ** power, l1Ratio }];
      const drawn = await this.#drawCurve(model, points, signal).finally(this.#tellDrawn);
      const own = await measured(drawn, points);
      const all = await this.#everyDegree(model, points, signal);
      this.#degrees.show(all, degree);
      const path = await pathOf(model, points);
      signal.throwIfAborted();
      this.#path.show(path, model);
      this.#say(own, all, points);
    });
  }

  async #drawCurve(model: Model, points: Points, signal: AbortSignal): Promise<Curve> {
    const own = await fitCurve(model, points);
    const curve = await own.predict(PLACES);
    signal.throwIfAborted();
    this.#curve = curve;
    this.#board.redraw();
    return own;
  }

  async #everyDegree(model: Model, points: Points, signal: AbortSignal): Promise<Fitted[]> {
    const all: Fitted[] = [];
    for (let degree = 1; degree <= MOST_DEGREE; degree++) {
      all.push(await fitPolynomial({ ...model, degree }, points));
      signal.throwIfAborted();
      setProgress(degree, MOST_DEGREE, words.degreeFitted(degree));
    }
    return all;
  }

  #say(own: Fitted, all: readonly Fitted[], { train }: Points): void {
    const { degree, penalty } = this.#settings;
    const said = sentence(own, all, degree);
    byId("points-message").textContent = said;
    this.#board.redraw(words.pointsThoseHeldOutAnd(train.length, said));
    byId("coefficients").replaceChildren(
      ...own.coef.map((value, i) =>
        make(
          "tr",
          {},
          make("th", { text: powerOf(i + 1), attributes: { scope: "row" } }),
          make("td", { text: number(value) }),
        ),
      ),
    );
    this.result = {
      ...{ degree, penalty, train, coef: own.coef },
      ...{ error: own.error, heldError: own.heldError },
      heldErrors: all.map(({ heldError }) => heldError),
      errors: all.map(({ error }) => error),
      sentence: said,
    };
  }

  #draw(view: View): void {
    drawPolynomial(view, this.#points, this.#curve);
  }
}

/** x, x², … */
export function powerOf(i: number): string {
  return i === 1 ? "x" : `x${[...String(i)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

function sentence(own: Fitted, all: readonly Fitted[], degree: number): string {
  const best = all.reduce(
    (least, { heldError }, i) => (heldError < Number(all[least]?.heldError) ? i : least),
    0,
  );
  const there = Number(all[best]?.heldError);
  return words.degreeErrsByOnOwn(
    degree,
    number(own.error),
    number(own.heldError),
    best + 1,
    number(there),
  );
}
