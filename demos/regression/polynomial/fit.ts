import {
  ElasticNet,
  Lasso,
  LinearRegression,
  lassoPath,
  meanSquaredError,
  PolynomialFeatures,
  Ridge,
  StandardScaler,
} from "wgrad/ml";
import * as words from "../../words/en/regression/polynomial.ts";
import type { Place, Points } from "./points.ts";

export const penalties = {
  none: words.noPenalty,
  ridge: words.ridgeAlphaW,
  lasso: words.lassoAlphaW,
  elastic: words.elasticNetBoth,
} as const;

export type Penalty = keyof typeof penalties;

export interface Model {
  readonly degree: number;
  readonly penalty: Penalty;
  readonly alpha: number;
  readonly l1Ratio: number;
}

/** A polynomial fitted to points. */
export interface Curve {
  /** Coefficients of the standardised powers x, x², …: the change of y for one deviation of each. */
  readonly coef: readonly number[];
  predict(xs: readonly number[]): Promise<Float64Array>;
}

/** A polynomial and its errors. */
export interface Fitted extends Curve {
  /** Root mean square errors on the training points and on the held-out points. */
  readonly error: number;
  readonly heldError: number;
}

const column = (xs: readonly number[]) => ({ data: xs, shape: [xs.length, 1] as const });
const xsOf = (places: readonly Place[]) => places.map(([x]) => x);
const ysOf = (places: readonly Place[]) => places.map(([, y]) => y);

function estimator({ penalty, alpha, l1Ratio }: Model, samples: number) {
  switch (penalty) {
    case "none":
      return new LinearRegression();
    case "ridge":
      return new Ridge({ alpha: alpha * samples }); // Ridge minimises sums, the others minimise means
    case "lasso":
      return new Lasso({ alpha });
    case "elastic":
      return new ElasticNet({ alpha, l1Ratio });
  }
}

/** Powers of x up to a degree, standardised over the training points. */
async function powers(degree: number, xs: readonly number[]) {
  const polynomial = await new PolynomialFeatures({ degree, includeBias: false }).fit(column(xs));
  const scaler = await new StandardScaler().fit(await polynomial.transform(column(xs)));
  return async (more: readonly number[]) =>
    scaler.transform(await polynomial.transform(column(more)));
}

/** Fits a polynomial. */
export async function fitCurve(model: Model, { train }: Points): Promise<Curve> {
  const features = await powers(model.degree, xsOf(train));
  const fitted = await estimator(model, train.length).fit(await features(xsOf(train)), ysOf(train));
  return {
    coef: [...fitted.coef],
    predict: async (xs) => fitted.predict(await features(xs)),
  };
}

/** Measures the errors of a polynomial. */
export async function measured(curve: Curve, { train, held }: Points): Promise<Fitted> {
  const error = async (places: readonly Place[]) =>
    Math.sqrt(meanSquaredError(ysOf(places), await curve.predict(xsOf(places))));
  return { ...curve, error: await error(train), heldError: await error(held) };
}

/** Fits a polynomial and measures its errors. */
export async function fitPolynomial(model: Model, points: Points): Promise<Fitted> {
  return measured(await fitCurve(model, points), points);
}

/** Coefficients for a range of weights of the penalty. */
export interface Path {
  readonly alphas: readonly number[];
  /** [power][weight]: coefficients. */
  readonly coefs: readonly (readonly number[])[];
}

/** Weights from 10⁻⁶ to 10, ascending. */
const ALPHAS = Array.from({ length: 22 }, (_, i) => 10 ** (-6 + i / 3));

/** The coefficients of a polynomial by the weight of the penalty; without a penalty those of ridge. */
export async function pathOf(model: Model, { train }: Points): Promise<Path> {
  const features = await powers(model.degree, xsOf(train));
  const X = await features(xsOf(train));
  const y = ysOf(train);
  if (model.penalty === "lasso") {
    const { alphas, coefs } = await lassoPath(X, y, { alphas: ALPHAS, fitIntercept: true });
    const n = alphas.length;
    return {
      alphas: [...alphas].reverse(),
      coefs: Array.from({ length: model.degree }, (_, c) =>
        [...coefs.slice(c * n, (c + 1) * n)].reverse(),
      ),
    };
  }
  const penalty = model.penalty === "none" ? "ridge" : model.penalty;
  const found: Float64Array[] = [];
  for (const alpha of ALPHAS) {
    const { coef } = await estimator({ ...model, penalty, alpha }, train.length).fit(X, y);
    found.push(coef);
  }
  return {
    alphas: ALPHAS,
    coefs: Array.from({ length: model.degree }, (_, c) => found.map((coef) => Number(coef[c]))),
  };
}
