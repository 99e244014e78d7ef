import { Board } from "../shared/board.ts";
import { make } from "../shared/dom.ts";
import { experiment, inTurn, larger, type Pair, type Stage } from "../shared/experiments.ts";
import { number } from "../shared/format.ts";
import * as words from "../words/en/regression/experiments.ts";
import * as common from "../words/en/shared/common.ts";
import { drawBorders } from "./borders/draw.ts";
import { samplesOf } from "./borders/points.ts";
import { degreesBetween, separate } from "./borders/separate.ts";
import { drawPolynomial, PLACES } from "./polynomial/draw.ts";
import { fitPolynomial, type Model } from "./polynomial/fit.ts";
import { pointsOf } from "./polynomial/points.ts";

/** Draws a picture on the left or the right, with a sentence. */
function picture(host: HTMLElement | undefined, text: string): HTMLElement {
  const board = make("div");
  host?.replaceChildren(board, make("p", { class: "hint", text }));
  return board;
}

interface Errors {
  readonly own: number;
  readonly held: number;
}

/** Fits two polynomials to the same points. */
function compare(
  { signal, sides, progress }: Stage,
  models: readonly [Model, Model],
): Promise<Pair<Errors>> {
  const points = pointsOf(1, []);
  return inTurn(models, async (model, i) => {
    progress(i, 2, words.polynomialOf2(i + 1));
    const fitted = await fitPolynomial(model, points);
    const curve = await fitted.predict(PLACES);
    signal.throwIfAborted();
    const errors = { own: fitted.error, held: fitted.heldError };
    const text = words.errsByOnOwnPoints(number(errors.own), number(errors.held));
    new Board(picture(sides[i], text), {
      domain: [-1.1, 1.1, -2.1, 2.1],
      titles: { x: "x", y: "y" },
      draw: (view) => drawPolynomial(view, points, curve),
    }).redraw(words.polynomialOfDegree(model.degree, text));
    return errors;
  });
}

interface Turned {
  /** Degrees by which a boundary turned when the point moved away. */
  readonly linear: number;
  readonly logistic: number;
  readonly svm: number;
}

async function moveAway({ signal, sides, progress }: Stage): Promise<Turned> {
  type Place = readonly [number, number];
  const places: readonly [Place, Place] = [
    [4, 0.5],
    [8, 5],
  ];
  const { left: near, right: away } = await inTurn(places, async (far, i) => {
    progress(i, 2, words.placeOf2(i + 1));
    const { places: all, y } = samplesOf(far);
    const separated = await separate(all, y, { C: 1, penalised: true });
    signal.throwIfAborted();
    const text = words.wrongSideLinearRegression(
      separated.borders.linear.mistakes,
      separated.borders.logistic.mistakes,
      separated.borders.svm.mistakes,
    );
    new Board(picture(sides[i], text), {
      domain: [-8.8, 8.8, -5.5, 5.5],
      titles: { x: "x₁", y: "x₂" },
      draw: (view) => drawBorders(view, separated, { far }),
    }).redraw(words.threeBorders(text));
    return separated;
  });
  const turned = (name: keyof Turned) => degreesBetween(near.borders[name], away.borders[name]);
  return { linear: turned("linear"), logistic: turned("logistic"), svm: turned("svm") };
}

/** 0 if the right error on held-out points is clearly smaller, 2 if it is clearly larger, else 1. */
const lessOrMore = ({ left, right }: Pair<Errors>) =>
  right.held < 0.9 * left.held ? 0 : right.held > 1.1 * left.held ? 2 : 1;

const plain = { penalty: "none", alpha: 1e-3, l1Ratio: 0.5 } as const;

/** The guided experiments of the page. */
export const experiments = [
  experiment<Pair<Errors>>({
    id: "by-heart",
    title: words.learnedByHeart,
    question: words.fourteenPointsOnceWith,
    predictions: [words.better, words.aboutAsWell, words.worse],
    sides: [words.degree4, words.degree12],
    run: (stage) =>
      compare(stage, [
        { ...plain, degree: 4 },
        { ...plain, degree: 12 },
      ]),
    sentence: ({ left, right }) =>
      words.degree12ErrsByOn(
        number(right.own),
        number(right.held),
        number(left.own),
        number(left.held),
      ),
    answer: lessOrMore,
  }),
  experiment<Pair<Errors>>({
    id: "penalty",
    title: words.largeCoefficientsCost,
    question: words.degree12TwiceWithout,
    predictions: [words.better, words.aboutAsWell, words.worse],
    sides: [words.noPenalty, words.ridgeAlpha0001],
    run: (stage) =>
      compare(stage, [
        { ...plain, degree: 12 },
        { ...plain, penalty: "ridge", degree: 12 },
      ]),
    sentence: ({ left, right }) =>
      words.withoutPenaltyHeldOut(
        number(left.held),
        number(right.held),
        number(right.own),
        number(left.own),
      ),
    answer: lessOrMore,
  }),
  experiment<Turned>({
    id: "far",
    title: words.pointThatIsRightAlready,
    question: words.orangePointIsMovedFar,
    predictions: [words.linearRegressions, common.bothAlike, words.logisticRegressions],
    sides: [words.pointIsNear, words.pointIsFar],
    run: moveAway,
    sentence: ({ linear, logistic, svm }) =>
      words.linearRegressionsBorder(linear.toFixed(1), logistic.toFixed(1), svm.toFixed(1)),
    answer: ({ linear, logistic }) => larger(linear, logistic, 2),
  }),
] as const;
