import { keyOf, within } from "../shared/checks.ts";

export const tasks = { classify: "Tell classes apart", regress: "Follow a curve" } as const;
export type Task = keyof typeof tasks;

/** Data to classify. */
export const classSets = {
  moons: "Two moons",
  groups: "Three groups",
  rings: "A ring around a disc",
  xor: "Exclusive or",
  iris: "Iris",
  wine: "Wine",
  breastCancer: "Breast cancer",
  own: "Nothing: draw your own",
} as const;
export type ClassSet = keyof typeof classSets;

/** Points to follow. */
export const curveSets = {
  sine: "A sine and noise",
  jump: "A jump",
  outliers: "A line and outliers",
  diabetes: "Diabetes by body mass",
  own: "Nothing: draw your own",
} as const;
export type CurveSet = keyof typeof curveSets;

export const kernels = {
  linear: "Linear: x·y",
  poly: "Polynomial: (γ x·y + c)^d",
  rbf: "Gaussian: exp(−γ‖x − y‖²)",
  sigmoid: "Sigmoid: tanh(γ x·y + c)",
} as const;
export type Kernel = keyof typeof kernels;

export const views = { features: "Two features", components: "Two principal components" } as const;
export type View = keyof typeof views;

export interface Settings {
  task: Task;
  classSet: ClassSet;
  curveSet: CurveSet;
  kernel: Kernel;
  /** What a sample on the wrong side costs. */
  C: number;
  /** Of the kernel; 0 for one over the features times their variance, "scale". */
  gamma: number;
  degree: number;
  coef0: number;
  /** Half the height of the tube in which regression forgives. */
  epsilon: number;
  /** How a table of many features becomes a plane, and which two of its features. */
  view: View;
  first: number;
  second: number;
}

export const defaultSettings = {
  task: "classify",
  /** Of the task's sets; empty for the first. */
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

/** Throws for settings, for example from the page's address, that cannot be. */
export function checkSettings(given: typeof defaultSettings): Settings {
  const { C, gamma, degree, coef0, epsilon, first, second } = given;
  const task = keyOf("task", given.task, tasks);
  const data = given.data;
  within("C", C, 1e-3, 1e4);
  if (gamma !== 0) within("gamma", gamma, 1e-3, 1e3);
  within("degree", degree, 1, 8);
  if (!Number.isInteger(degree)) throw new Error(`?degree=${degree}: expected a whole number`);
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

/** What the address says of settings that are as usual: `data` is then left out. */
export const usualParameters = parametersOf(checkSettings(defaultSettings));

/** Settings by the names they have in the address. */
export function parametersOf({ classSet, curveSet, ...rest }: Settings) {
  return { ...rest, data: rest.task === "classify" ? classSet : curveSet };
}
