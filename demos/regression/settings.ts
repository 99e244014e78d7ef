import { keyOf, whole, within } from "../shared/checks.ts";
import * as words from "../words/en/regression/page.ts";
import { type Penalty, penalties } from "./polynomial/fit.ts";

export interface Settings {
  degree: number;
  penalty: Penalty;
  /** log₁₀ of the penalty's weight. */
  alpha: number;
  /** Share of ‖w‖₁ in the elastic net's penalty. */
  l1Ratio: number;
  /** Seed of the points. */
  seed: number;
  /** The visitor's points as text: "0.5,1.2_−0.3,0.7". */
  drawn: string;
  /** Learning rate of the gradient descent, as log₁₀. */
  rate: number;
  /** By how much x is shifted from 0. */
  shift: number;
  /** C, as log₁₀, and whether logistic regression has a penalty. */
  C: number;
  penalised: boolean;
  /** Position of the point that can be moved away. */
  farX: number;
  farY: number;
  /** Number of other points of its class that are moved far away. */
  away: number;
}

export const defaultSettings = {
  ...{ degree: 12, penalty: "none", alpha: -3, l1Ratio: 0.5, seed: 1, drawn: "" },
  ...{ rate: -1, shift: 1 },
  ...{ C: 0, penalised: true, farX: 4, farY: 0.5, away: 0 },
};

export const MOST_DEGREE = 12;
/** The most points that a visitor may draw. */
const MOST_DRAWN = 40;

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  whole("degree", given.degree, 1, MOST_DEGREE);
  whole("seed", given.seed, 0, 1e6);
  within("alpha", given.alpha, -6, 1);
  within("l1Ratio", given.l1Ratio, 0.05, 1);
  within("rate", given.rate, -3, 0.5);
  within("shift", given.shift, 0, 4);
  within("C", given.C, -3, 3);
  within("farX", given.farX, -8, 8);
  within("farY", given.farY, -5, 5);
  whole("away", given.away, 0, 14);
  drawnPoints(given.drawn);
  return { ...given, penalty: keyOf("penalty", given.penalty, penalties) };
}

/** The points in the text `drawn`; throws for other text. */
export function drawnPoints(drawn: string): [x: number, y: number][] {
  const points = drawn.split("_").flatMap((text): [number, number][] => {
    if (text === "") return [];
    const [x, y, ...rest] = text.split(",").map(Number);
    if (
      x === undefined ||
      y === undefined ||
      rest.length > 0 ||
      !(Math.abs(x) <= 1 && Math.abs(y) <= 2)
    )
      throw new Error(words.drawnExpectedPointsXY(drawn));
    return [[x, y]];
  });
  if (points.length <= MOST_DRAWN) return points;
  throw new Error(words.drawnExpectedAtMostPoints(MOST_DRAWN, points.length));
}

/** `drawn` with one more point, or unchanged if there are too many. */
export function withPoint(drawn: string, [x, y]: readonly [number, number]): string {
  const point = `${Number(x.toFixed(2))},${Number(y.toFixed(2))}`;
  const more = drawn === "" ? point : `${drawn}_${point}`;
  return more.split("_").length <= MOST_DRAWN ? more : drawn;
}
