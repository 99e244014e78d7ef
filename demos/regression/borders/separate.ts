import { add, concat, matmul, mul, reshape, scope, sum, tensor } from "wgrad";
import { binaryCrossEntropyWithLogits } from "wgrad/loss";
import { LinearRegression, LinearSVC, LogisticRegression } from "wgrad/ml";
import * as words from "../../words/en/regression/borders.ts";
import type { Place } from "./points.ts";

/** A linear boundary: w · (x, y) + b = 0; points on its positive side are predicted as the second class. */
export interface Border {
  readonly w: readonly [number, number];
  readonly b: number;
  /** Number of misclassified points. */
  readonly mistakes: number;
}

export const methods = {
  linear: { name: words.linearRegression, colour: "orange", dash: [8, 4] },
  logistic: { name: words.logisticRegression, colour: "blue", dash: [] },
  svm: { name: words.linearSvm, colour: "green", dash: [3, 3] },
} as const;

export type Method = keyof typeof methods;

export interface Separated {
  readonly borders: Readonly<Record<Method, Border>>;
  /** Lengths of the gradient at the logistic boundary: of the losses alone, and including the penalty. */
  readonly gradient: { readonly losses: number; readonly whole: number };
}

export interface Machine {
  /** C, the weight of the losses relative to the penalty. */
  readonly C: number;
  /** Whether the logistic regression has a penalty. */
  readonly penalised: boolean;
}

/** Three boundaries between the same points. */
export async function separate(
  places: readonly Place[],
  y: readonly number[],
  { C, penalised }: Machine,
): Promise<Separated> {
  const X = places.map(([a, b]) => [a, b]);
  const border = (w: ArrayLike<number>, b: number): Border => {
    const [p, q] = [Number(w[0]), Number(w[1])];
    const wrong = places.filter(([s, t], i) => Number(p * s + q * t + b > 0) !== y[i]);
    return { w: [p, q], b, mistakes: wrong.length };
  };
  const least = await new LinearRegression().fit(X, y); // the labels are 0 and 1, so the boundary is at ½
  const logistic = await new LogisticRegression({ penalty: penalised ? "l2" : "none", C }).fit(
    X,
    y,
  );
  const machine = await new LinearSVC({ C, loss: "hinge" }).fit(X, y);
  const borders = {
    linear: border(least.coef, least.intercept - 0.5),
    logistic: border(logistic.coef, Number(logistic.intercept[0])),
    svm: border(machine.coef, Number(machine.intercept[0])),
  };
  return { borders, gradient: await gradientAt(places, y, borders.logistic, { C, penalised }) };
}

/**
 * Lengths of the gradient of C · Σ log-losses, without and with ½‖w‖², with respect to the weights at a boundary;
 * computed by a backward pass.
 */
async function gradientAt(
  places: readonly Place[],
  y: readonly number[],
  { w, b }: Border,
  { C, penalised }: Machine,
): Promise<Separated["gradient"]> {
  using row = scope(() => {
    const x = tensor(places.flat(), { shape: [places.length, 2] });
    const target = tensor([...y], { shape: [y.length, 1] });
    const gradientOf = (withPenalty: boolean) => {
      const weights = tensor([...w], { shape: [2, 1], requiresGrad: true });
      const logits = add(matmul(x, weights), tensor([b]));
      const losses = binaryCrossEntropyWithLogits(logits, target, { reduction: "sum" });
      const own = mul(losses, tensor([C]));
      const penalty = mul(sum(mul(weights, weights)), tensor([0.5]));
      sum(withPenalty ? add(own, penalty) : own).backward();
      const { grad } = weights;
      if (!grad) throw new Error("expected weights with a gradient");
      return reshape(grad, [2]);
    };
    return concat([gradientOf(false), gradientOf(penalised)]);
  });
  const [a = 0, c = 0, d = 0, e = 0] = await row.read();
  return { losses: Math.hypot(a, c), whole: Math.hypot(d, e) };
}

/** Angle between two boundaries, 0 to 90 degrees. */
export function degreesBetween({ w: [a, b] }: Border, { w: [c, d] }: Border): number {
  const cosine = Math.abs(a * c + b * d) / (Math.hypot(a, b) * Math.hypot(c, d));
  return (180 / Math.PI) * Math.acos(Math.min(1, cosine));
}
