import { Board } from "../shared/board.ts";
import { make } from "../shared/dom.ts";
import { experiment, inTurn, type Pair, type Stage } from "../shared/experiments.ts";
import { number } from "../shared/format.ts";
import { drawBorders } from "./borders/draw.ts";
import { samplesOf } from "./borders/points.ts";
import { degreesBetween, separate } from "./borders/separate.ts";
import { drawPolynomial, PLACES } from "./polynomial/draw.ts";
import { fitPolynomial, type Model } from "./polynomial/fit.ts";
import { pointsOf } from "./polynomial/points.ts";

/** A picture with what is said of it, in one of the two places. */
function picture(host: HTMLElement | undefined, text: string): HTMLElement {
  const board = make("div");
  host?.replaceChildren(board, make("p", { class: "hint", text }));
  return board;
}

interface Errors {
  readonly own: number;
  readonly held: number;
}

/** Two polynomials through the same points. */
function compare(
  { signal, sides, progress }: Stage,
  models: readonly [Model, Model],
): Promise<Pair<Errors>> {
  const points = pointsOf(1, []);
  return inTurn(models, async (model, i) => {
    progress(i, 2, `polynomial ${i + 1} of 2`);
    const fitted = await fitPolynomial(model, points);
    const curve = await fitted.predict(PLACES);
    signal.throwIfAborted();
    const errors = { own: fitted.error, held: fitted.heldError };
    const text = `Errs by ${number(errors.own)} on its own points, by ${number(errors.held)} on those held out`;
    new Board(picture(sides[i], text), {
      domain: [-1.1, 1.1, -2.1, 2.1],
      titles: { x: "x", y: "y" },
      draw: (view) => drawPolynomial(view, points, curve),
    }).redraw(`A polynomial of degree ${model.degree}. ${text}`);
    return errors;
  });
}

interface Turned {
  /** Degrees by which a border turned when the point moved away. */
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
    progress(i, 2, `place ${i + 1} of 2`);
    const { places: all, y } = samplesOf(far);
    const separated = await separate(all, y, { C: 1, penalised: true });
    signal.throwIfAborted();
    const text = `Wrong side: linear regression ${separated.borders.linear.mistakes}, logistic ${separated.borders.logistic.mistakes}, SVM ${separated.borders.svm.mistakes}`;
    new Board(picture(sides[i], text), {
      domain: [-8.8, 8.8, -5.5, 5.5],
      titles: { x: "x₁", y: "x₂" },
      draw: (view) => drawBorders(view, separated, far),
    }).redraw(`Three borders. ${text}`);
    return separated;
  });
  const turned = (name: keyof Turned) => degreesBetween(near.borders[name], away.borders[name]);
  return { linear: turned("linear"), logistic: turned("logistic"), svm: turned("svm") };
}

/** 0 where the right one errs clearly less on held-out points, 2 where it errs clearly more. */
const lessOrMore = ({ left, right }: Pair<Errors>) =>
  right.held < 0.9 * left.held ? 0 : right.held > 1.1 * left.held ? 2 : 1;

const plain = { penalty: "none", alpha: 1e-3, l1Ratio: 0.5 } as const;

/** What the page proposes to predict. */
export const experiments = [
  experiment<Pair<Errors>>({
    id: "by-heart",
    title: "Learned by heart",
    question:
      "Fourteen points, once with a polynomial of degree 4 and once of degree 12, which comes nearer to each of them. How does degree 12 do on points that were held out?",
    predictions: ["Better", "About as well", "Worse"],
    sides: ["Degree 4", "Degree 12"],
    run: (stage) =>
      compare(stage, [
        { ...plain, degree: 4 },
        { ...plain, degree: 12 },
      ]),
    sentence: ({ left, right }) =>
      `Degree 12 errs by ${number(right.own)} on its own points and by ${number(right.held)} on those held out, degree 4 by ${number(left.own)} and ${number(left.held)}.`,
    answer: lessOrMore,
  }),
  experiment<Pair<Errors>>({
    id: "penalty",
    title: "Large coefficients cost",
    question:
      "Degree 12 twice: without a penalty and as ridge regression with α = 0.001. How does the penalised one do on held-out points?",
    predictions: ["Better", "About as well", "Worse"],
    sides: ["No penalty", "Ridge, α = 0.001"],
    run: (stage) =>
      compare(stage, [
        { ...plain, degree: 12 },
        { ...plain, penalty: "ridge", degree: 12 },
      ]),
    sentence: ({ left, right }) =>
      `Without a penalty held-out points are missed by ${number(left.held)}, with it by ${number(right.held)}, though it errs by ${number(right.own)} in place of ${number(left.own)} on its own points.`,
    answer: lessOrMore,
  }),
  experiment<Turned>({
    id: "far",
    title: "A point that is right already",
    question:
      "An orange point is moved far away, on its own side. Which border turns more: that of linear regression or that of logistic regression?",
    predictions: ["Linear regression's", "Both alike", "Logistic regression's"],
    sides: ["The point is near", "The point is far"],
    run: moveAway,
    sentence: ({ linear, logistic, svm }) =>
      `Linear regression's border turned by ${linear.toFixed(1)}°, logistic regression's by ${logistic.toFixed(1)}°, that of the SVM by ${svm.toFixed(1)}°.`,
    answer: ({ linear, logistic }) => (linear > logistic + 2 ? 0 : logistic > linear + 2 ? 2 : 1),
  }),
] as const;
