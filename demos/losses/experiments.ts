import { Board, line } from "../shared/board.ts";
import { drawShape } from "../shared/canvas.ts";
import { Chart } from "../shared/chart.ts";
import { colour, make } from "../shared/dom.ts";
import { experiment, larger, type Stage } from "../shared/experiments.ts";
import { number, percent } from "../shared/format.ts";
import { measured } from "../shared/measured.ts";
import * as words from "../words/en/losses/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import { smoothed } from "./classes/descend.ts";
import { numberLosses, scoreLosses } from "./curves/families.ts";
import { descend, STEPS } from "./descent/descend.ts";
import { type FittedLine, LineFit } from "./line/fit.ts";
import { points, TRUE_SLOPE } from "./line/points.ts";
import { checkSettings, defaultSettings } from "./settings.ts";

const usual = checkSettings(defaultSettings);

/** A chart of one line by step, on the left or the right. */
function show(host: HTMLElement, y: readonly number[], title: string, text: string): void {
  const chart = make("div");
  host.replaceChildren(chart, make("p", { class: "hint", text }));
  new Chart(chart, {
    ...{ label: title, height: 170, titles: { x: common.step, y: title } },
    lines: [{ label: title, colour: "blue" }],
    y: { min: 0 },
  }).set([{ x: [...y.keys()], y }], words.byStep(title, text));
}

interface Sure {
  /** Gradient of the initial score, and the final probability of the true class. */
  readonly left: { readonly gradient: number; readonly end: number };
  readonly right: { readonly gradient: number; readonly end: number };
}

async function wrongAndSure({ signal, sides, progress }: Stage): Promise<Sure> {
  const start = -6;
  progress(0, 2, words.theGradients);
  const { crossEntropy, squared } = scoreLosses;
  const at = await measured([start], {
    left: crossEntropy.loss(usual),
    right: squared.loss(usual),
  });
  const onRound = () => progress(1, 2, words.oneHundredSteps);
  const paths = await descend({ start, rate: 1, shape: usual }, { signal, onRound });
  const side = (i: 0 | 1, path: readonly number[], gradient = Number.NaN) => {
    const end = path.at(-1) ?? Number.NaN;
    const text = words.firstGradientAfterSteps(number(gradient), percent(end), STEPS);
    show(sides[i], path, words.probabilityOfTruth, text);
    return { gradient, end };
  };
  return {
    left: side(0, paths.crossEntropy, at.left.gradients[0]),
    right: side(1, paths.squared, at.right.gradients[0]),
  };
}

interface Outlier {
  readonly left: FittedLine;
  readonly right: FittedLine;
}

async function outlier({ signal, sides, progress }: Stage): Promise<Outlier> {
  const steps = 240;
  const places = [...points, [4, -6] as const];
  const fit = new LineFit(usual);
  try {
    const onRound = (_: unknown, step: number) => progress(step, steps, words.stepOf(step, steps));
    const { mse, l1 } = await fit.run(places, steps, { signal, onRound });
    drawLine(sides[0], mse, numberLosses.mse.colour);
    drawLine(sides[1], l1, numberLosses.l1.colour);
    return { left: mse, right: l1 };
  } finally {
    fit.dispose();
  }
}

/** Points, the outlier and a line. */
function drawLine(host: HTMLElement, { slope, intercept }: FittedLine, tint: string): void {
  const text = words.slopeIntercept(slope.toFixed(2), intercept.toFixed(2));
  const board = make("div");
  host.replaceChildren(board, make("p", { class: "hint", text }));
  new Board(board, {
    domain: [-5.5, 5.5, -6.6, 6.6],
    titles: { x: "x", y: "y" },
    draw: ({ context, place, domain: [left, right] }) => {
      context.lineWidth = 2.5;
      context.strokeStyle = colour(tint);
      line(context, place(left, slope * left + intercept), place(right, slope * right + intercept));
      for (const [x, y] of [...points, [4, -6] as const])
        drawShape(context, "circle", place(x, y), { radius: 4, fill: colour("ink") });
    },
  }).redraw(words.fourteenPointsOutlierAnd(text));
}

interface Margins {
  /** By how much the true logit finally exceeds the others. */
  readonly left: number;
  readonly right: number;
}

async function smoothing({ signal, sides, progress }: Stage): Promise<Margins> {
  const ends: number[] = [];
  for (const [i, epsilon] of [0, 0.1].entries()) {
    progress(i, 2, words.epsilon(epsilon));
    const margins = await smoothed(epsilon, signal);
    const end = margins.at(-1) ?? Number.NaN;
    ends.push(end);
    const host = sides[i];
    if (host) show(host, margins, words.logitAboveOthers, words.inEnd(end.toFixed(2)));
  }
  const [left = Number.NaN, right = Number.NaN] = ends;
  return { left, right };
}

/** The guided experiments of the page. */
export const experiments = [
  experiment<Sure>({
    id: "sure",
    title: words.wrongAndSureOf,
    question: words.scoreOf6WhereTruth,
    predictions: [words.squaredError, common.bothAlike, words.crossEntropy],
    sides: [words.crossEntropy, words.squaredErrorOfP],
    run: wrongAndSure,
    sentence: ({ left, right }) =>
      words.crossEntropyBeganWith(
        number(left.gradient),
        percent(left.end),
        number(right.gradient),
        percent(right.end),
      ),
    answer: ({ left, right }) => larger(right.end, left.end, 0.1),
  }),
  experiment<Outlier>({
    id: "outlier",
    title: words.oneWrongPoint,
    question: words.fourteenPointsAroundSlope,
    predictions: [words.squaredErrors, common.bothAlike, words.absoluteErrors],
    sides: [words.squaredError, "L1"],
    run: outlier,
    sentence: ({ left, right }) =>
      words.pointsWereDrawnAroundSlope(TRUE_SLOPE, left.slope.toFixed(2), right.slope.toFixed(2)),
    answer: ({ left, right }) => {
      const off = ({ slope }: FittedLine) => Math.abs(slope - TRUE_SLOPE);
      return larger(off(right), off(left), 0.05);
    },
  }),
  experiment<Margins>({
    id: "smoothing",
    title: words.labelsThatAre90Sure,
    question: words.threeLogitsGoDownCross,
    predictions: [words.withHardLabels, common.alike, words.withSmoothedLabels],
    sides: ["ε = 0", "ε = 0.1"],
    run: smoothing,
    sentence: ({ left, right }) => words.withHardLabelsTrueLogit(left.toFixed(2), right.toFixed(2)),
    answer: ({ left, right }) => larger(left, right, 0.3),
  }),
] as const;
