import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { number } from "../../shared/format.ts";
import { addLegend } from "../../shared/legend.ts";
import * as words from "../../words/en/regression/polynomial.ts";
import { MOST_DEGREE } from "../settings.ts";
import { type Fitted, type Model, type Path, penalties } from "./fit.ts";

/** Larger errors are drawn at this value. */
const CEILING = 1.5;

/** Errors on training and held-out points, by degree. */
export class DegreeChart {
  readonly #chart: Chart;

  constructor(pick: (degree: number) => void) {
    const lines = [
      { label: words.ownPoints, colour: "ink", points: true },
      { label: words.heldOut, colour: "orange", dash: [8, 4], points: true },
      { label: words.now, colour: "blue", width: 1, silent: true },
    ];
    addLegend(byId("degree-legend"), lines);
    this.#chart = new Chart(byId("degree-chart"), {
      label: words.errorsByDegree,
      lines,
      y: { min: 0 },
      pick: (x) => pick(Math.round(x)),
      titles: { x: words.degree, y: words.errorAtMost15 },
    });
  }

  show(all: readonly Fitted[], degree: number): void {
    const x = all.map((_, i) => i + 1);
    const [own, held] = [all.map(({ error }) => error), all.map(({ heldError }) => heldError)];
    const seen = (values: number[]) => values.map((value) => Math.min(value, CEILING));
    const top = Math.max(...seen(own), ...seen(held));
    this.#chart.set(
      [
        { x, y: seen(own) },
        { x, y: seen(held) },
        { x: [degree - 1e-3, degree + 1e-3], y: [0, top] },
      ],
      words.errorsByDegreeSaid(held.map((value, i) => `${i + 1}: ${number(value)}`).join(", ")),
    );
  }
}

const tints = ["blue", "orange", "green", "pink", "sky", "yellow"] as const;
const dashes = [[], [8, 4], [3, 3]] as const;

/** Coefficients by the weight of the penalty. */
export class PathChart {
  readonly #chart: Chart;

  constructor(pick: (alpha: number) => void) {
    this.#chart = new Chart(byId("path-chart"), {
      label: words.coefficientsByWeightOf,
      lines: [
        ...Array.from({ length: MOST_DEGREE }, (_, i) => ({
          label: words.x(i + 1),
          colour: tints[i % tints.length] ?? "ink",
          dash: dashes[Math.floor(i / tints.length)] ?? [],
        })),
        { label: words.now, colour: "ink", width: 1, silent: true },
      ],
      pick,
      titles: { x: words.logAlpha, y: words.coefficient },
    });
  }

  show({ alphas, coefs }: Path, { penalty, alpha, degree }: Model): void {
    const x = alphas.map(Math.log10);
    const lines = Array.from({ length: MOST_DEGREE }, (_, i) => ({
      x: i < degree ? x : [],
      y: coefs[i] ?? [],
    }));
    const sizes = coefs.flat();
    const at = Math.log10(alpha);
    const mark =
      penalty === "none"
        ? { x: [], y: [] }
        : { x: [at - 1e-4, at + 1e-4], y: [Math.min(...sizes), Math.max(...sizes)] };
    const kept = (i: number) => coefs.filter((values) => Math.abs(values[i] ?? 0) > 1e-9).length;
    this.#chart.set(
      [...lines, mark],
      words.coefficientsSaid(
        penalty === "none" ? undefined : penalties[penalty],
        degree,
        kept(0),
        kept(alphas.length - 1),
      ),
    );
  }
}
