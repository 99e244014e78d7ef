import { keyOf, within } from "../shared/checks.ts";
import * as words from "../words/en/svm/page.ts";

export const tasks = { classify: words.tellClassesApart, regress: words.followCurve } as const;
export type Task = keyof typeof tasks;

/** Data sets for classification. */
export const classSets = {
  moons: words.twoMoons,
  groups: words.threeGroups,
  rings: words.ringAroundDisc,
  xor: words.exclusiveOr,
  iris: words.iris,
  wine: words.wine,
  breastCancer: words.breastCancer,
  own: words.nothingDrawYourOwn,
} as const;
export type ClassSet = keyof typeof classSets;

/** Data sets for regression. */
export const curveSets = {
  sine: words.sineAndNoise,
  jump: words.jump,
  outliers: words.lineAndOutliers,
  diabetes: words.diabetesByBodyMass,
  own: words.nothingDrawYourOwn,
} as const;
export type CurveSet = keyof typeof curveSets;

export const kernels = {
  linear: words.linearXY,
  poly: words.polynomialGammaXYC,
  rbf: words.gaussianExpGammaXY,
  sigmoid: words.sigmoidTanhGammaXY,
} as const;
export type Kernel = keyof typeof kernels;

export const views = {
  features: words.twoFeatures,
  components: words.twoPrincipalComponents,
} as const;
export type View = keyof typeof views;

export interface Settings {
  task: Task;
  classSet: ClassSet;
  curveSet: CurveSet;
  kernel: Kernel;
  /** C, the cost of a sample on the wrong side. */
  C: number;
  /** γ of the kernel; 0 for "scale", 1 / (features · variance). */
  gamma: number;
  degree: number;
  coef0: number;
  /** ε of regression: half the width of the tube in which errors cost nothing. */
  epsilon: number;
  /** How a table with many features is shown in the plane, and which two features. */
  view: View;
  first: number;
  second: number;
}

export const defaultSettings = {
  task: "classify",
  /** The task's data set; empty for the first one. */
  data: "",
  kernel: "rbf",
  C: 1,
  gamma: 0,
  degree: 3,
  coef0: 0,
  epsilon: 0.2,
  view: "features",
  first: -1,
  second: -1,
};

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  const { C, gamma, degree, coef0, epsilon, first, second } = given;
  const task = keyOf("task", given.task, tasks);
  const data = given.data;
  within("C", C, 1e-3, 1e4);
  if (gamma !== 0) within("gamma", gamma, 1e-3, 1e3);
  within("degree", degree, 1, 8);
  if (!Number.isInteger(degree)) throw new Error(words.degreeExpectedWholeNumber(degree));
  within("coef0", coef0, -5, 5);
  within("epsilon", epsilon, 0, 5);
  return {
    ...{ task, C, gamma, degree, coef0, epsilon, first, second },
    classSet: task === "classify" && data ? keyOf("data", data, classSets) : "moons",
    curveSet: task === "regress" && data ? keyOf("data", data, curveSets) : "sine",
    kernel: keyOf("kernel", given.kernel, kernels),
    view: keyOf("view", given.view, views),
  };
}

/** Defaults for the address: `data` is left out if it is the task's first data set. */
export const usualParameters = parametersOf(checkSettings(defaultSettings));

/** The settings by their names in the address. */
export function parametersOf({ classSet, curveSet, ...rest }: Settings) {
  return { ...rest, data: rest.task === "classify" ? classSet : curveSet };
}
