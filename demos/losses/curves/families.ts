import { onesLike, sigmoid, type Tensor, tensor, zerosLike } from "wgrad";
import {
  binaryCrossEntropyWithLogits,
  hingeLoss,
  huberLoss,
  l1Loss,
  mseLoss,
  sigmoidFocalLoss,
  smoothL1Loss,
  squaredHingeLoss,
} from "wgrad/loss";
import type { LossOf } from "../../shared/measured.ts";
import * as words from "../../words/en/losses/curves.ts";

/** Parameters of losses. */
export interface Shape {
  /** β of smooth L1. */
  readonly beta: number;
  /** δ of Huber. */
  readonly delta: number;
  /** γ of the focal loss. */
  readonly gamma: number;
  /** Weight of the positive class in the cross-entropy. */
  readonly weight: number;
}

export interface Curve {
  readonly name: string;
  /** Name of a colour in theme.css. */
  readonly colour: string;
  readonly dash?: readonly number[];
  readonly formula: string;
  readonly loss: (shape: Shape) => LossOf;
}

const none = { reduction: "none" } as const;

/** Losses of an error e = prediction − target. */
const numbers = {
  mse: {
    ...{ name: words.squaredError, colour: "blue", formula: "e²" },
    loss: () => (e) => mseLoss(e, zerosLike(e), none),
  },
  l1: {
    ...{ name: words.l1, colour: "orange", dash: [8, 4], formula: "|e|" },
    loss: () => (e) => l1Loss(e, zerosLike(e), none),
  },
  smoothL1: {
    ...{ name: words.smoothL1, colour: "green", dash: [3, 3], formula: words.smoothL1Formula },
    loss:
      ({ beta }) =>
      (e) =>
        smoothL1Loss(e, zerosLike(e), { ...none, beta }),
  },
  huber: {
    ...{
      name: words.huber,
      colour: "pink",
      dash: [10, 3, 2, 3],
      formula: words.huberFormula,
    },
    loss:
      ({ delta }) =>
      (e) =>
        huberLoss(e, zerosLike(e), { ...none, delta }),
  },
} satisfies Readonly<Record<string, Curve>>;

/** Losses of a score z for the positive class; p = sigmoid(z). */
const scores = {
  crossEntropy: {
    ...{ name: words.crossEntropy, colour: "blue", formula: words.crossEntropyFormula },
    loss:
      ({ weight }) =>
      (z) =>
        binaryCrossEntropyWithLogits(z, onesLike(z), { ...none, posWeight: tensor([weight]) }),
  },
  squared: {
    ...{ name: words.squaredErrorOfP, colour: "orange", dash: [8, 4], formula: "(1 − p)²" },
    loss: () => (z) => mseLoss(sigmoid(z), onesLike(z), none),
  },
  focal: {
    ...{ name: words.focal, colour: "green", dash: [3, 3], formula: words.focalFormula },
    loss:
      ({ gamma }) =>
      (z) =>
        sigmoidFocalLoss(z, onesLike(z), { ...none, alpha: -1, gamma }),
  },
  hinge: {
    ...{ name: words.hinge, colour: "pink", dash: [10, 3, 2, 3], formula: "max(0, 1 − z)" },
    loss: () => (z) => hingeLoss(z, onesLike(z), none),
  },
  squaredHinge: {
    ...{ name: words.squaredHinge, colour: "sky", formula: "max(0, 1 − z)²" },
    loss: () => (z) => squaredHingeLoss(z, onesLike(z), none),
  },
} satisfies Readonly<Record<string, Curve>>;

export type NumberLoss = keyof typeof numbers;
export type ScoreLoss = keyof typeof scores;
export type CurveName = NumberLoss | ScoreLoss;

export const numberLosses: Readonly<Record<NumberLoss, Curve>> = numbers;
export const scoreLosses: Readonly<Record<ScoreLoss, Curve>> = scores;

export interface Family {
  readonly title: string;
  /** Title of the axis. */
  readonly x: string;
  readonly span: readonly [from: number, to: number];
  /** Limits of the axes for losses and gradients; larger values are only in the table. */
  readonly shown: Readonly<
    Record<"values" | "gradients", { readonly min: number; readonly max: number }>
  >;
  readonly curves: Readonly<Partial<Record<CurveName, Curve>>>;
}

export const families = {
  numbers: {
    title: words.predictNumber,
    x: words.errorPredictionTarget,
    span: [-3, 3],
    shown: { values: { min: 0, max: 6 }, gradients: { min: -4, max: 4 } },
    curves: numberLosses,
  },
  scores: {
    title: words.sayYesOrNo,
    x: words.scoreZWhereTruthIs,
    span: [-6, 6],
    shown: { values: { min: 0, max: 7 }, gradients: { min: -3, max: 0.5 } },
    curves: scoreLosses,
  },
} satisfies Readonly<Record<string, Family>>;

export type FamilyName = keyof typeof families;

/** The probability of the true class for scores. */
export const probability = (z: Tensor) => sigmoid(z);
