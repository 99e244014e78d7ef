import { Board, line, type View } from "../../shared/board.ts";
import { drawShape } from "../../shared/canvas.ts";
import { byId, colour, make } from "../../shared/dom.ts";
import { type Jobs, pause, STOPPING } from "../../shared/jobs.ts";
import { key } from "../../shared/legend.ts";
import { setProgress } from "../../shared/page.ts";
import * as words from "../../words/en/losses/line.ts";
import * as common from "../../words/en/shared/common.ts";
import { numberLosses } from "../curves/families.ts";
import type { Settings } from "../settings.ts";
import { LineFit, type Lines, lineNames } from "./fit.ts";
import { points, TRUE_SLOPE } from "./points.ts";

/** Milliseconds within which a further change replaces a fit that has not begun. */
const SETTLE = 40;

/** Lines fitted to points with an outlier, each by its loss. */
export class LinePanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #board: Board;
  readonly #stop = byId("stop-line") as HTMLButtonElement;
  #lines: Lines | undefined;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#board = new Board(byId("line-board"), {
      domain: [-5.5, 5.5, -6.6, 6.6],
      titles: { x: "x", y: "y" },
      draw: (view) => this.#draw(view),
    });
    const place = this.#board.knob({
      ...{ id: "outlier", name: words.outlier, colour: "ink" },
      moved: ([x, y]) => {
        settings.outlierX = Math.min(5, Math.max(-5, x));
        settings.outlierY = Math.min(6, Math.max(-6, y));
        place([settings.outlierX, settings.outlierY]);
        this.fit();
      },
    });
    place([settings.outlierX, settings.outlierY]);
    this.#table();
    this.#stop.addEventListener("click", () => {
      this.#jobs.stop("line");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
    byId("refit").addEventListener("click", () => {
      this.#lines = undefined;
      this.fit();
    });
  }

  /** Continues the training from the present lines. */
  fit(): void {
    this.#board.redraw();
    this.#jobs.run("line", async (signal) => {
      await pause(SETTLE, signal);
      const { outlierX, outlierY, steps } = this.#settings;
      const fit = new LineFit(this.#settings, this.#lines);
      this.#stop.disabled = false;
      try {
        await fit.run([...points, [outlierX, outlierY]], steps, {
          signal,
          onRound: (lines, step) => {
            this.#lines = lines;
            this.#show(lines);
            this.#say(words.trainingStepOf(step, steps));
            setProgress(step, steps, words.linesStep(step));
          },
        });
        this.#done();
      } finally {
        fit.dispose();
        this.#stop.disabled = true;
        if (signal.aborted && !this.#jobs.has("line")) this.#say(common.stopped);
      }
    });
  }

  #done(): void {
    const lines = this.#lines;
    if (!lines) return;
    const { outlierX, outlierY } = this.#settings;
    const said = sentence(lines);
    this.#say(said);
    this.#board.redraw(words.pointsOutlierAtAndFour(outlierX, outlierY, said));
    this.result = { points: [...points, [outlierX, outlierY]], lines, sentence: said };
  }

  #show(lines: Lines): void {
    this.#board.redraw();
    for (const name of lineNames) {
      for (const of of ["slope", "intercept", "loss"] as const)
        byId(`line-${name}-${of}`).textContent = lines[name][of].toFixed(3);
    }
  }

  #table(): void {
    const rows = lineNames.map((name) => {
      const { name: text, colour: tint } = numberLosses[name];
      const cells = ["slope", "intercept", "loss"].map((of) =>
        make("td", { text: "–", attributes: { id: `line-${name}-${of}` } }),
      );
      return make(
        "tr",
        {},
        make("th", { attributes: { scope: "row" } }, key(text, tint)),
        ...cells,
      );
    });
    byId("line-rows").replaceChildren(...rows);
  }

  #draw(view: View): void {
    const { context, place, domain } = view;
    const [left, right] = domain;
    for (const name of lineNames) {
      const found = this.#lines?.[name];
      if (!found) continue;
      const { colour: tint, dash = [] } = numberLosses[name];
      const at = (x: number) => place(x, found.slope * x + found.intercept);
      context.lineWidth = 2.5;
      context.strokeStyle = colour(tint);
      context.setLineDash([...dash]);
      line(context, at(left), at(right));
    }
    context.setLineDash([]);
    for (const [x, y] of points)
      drawShape(context, "circle", place(x, y), { radius: 5, fill: colour("ink") });
  }

  #say(text: string): void {
    byId("line-message").textContent = text;
  }
}

/**
 * The sentence about which line the outlier turns most and least, relative to the line around which the points were
 * drawn.
 */
function sentence(lines: Lines): string {
  const turned = lineNames
    .map((name) => ({ name: numberLosses[name].name, slope: lines[name].slope }))
    .sort((a, b) => Math.abs(b.slope - TRUE_SLOPE) - Math.abs(a.slope - TRUE_SLOPE));
  const [most, least] = [turned[0], turned.at(-1)];
  if (!most || !least) return "";
  return words.pointsWereDrawnAroundSlope(
    TRUE_SLOPE,
    most.name,
    most.slope.toFixed(2),
    least.name,
    least.slope.toFixed(2),
  );
}
