import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Lion,
  NAdam,
  type Optimizer,
  RAdam,
  RMSprop,
  SGD,
} from "../../src/optim/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import * as papers from "./optim_papers.ts";

/** An optimiser with some options, and the same from its paper. */
export interface OptimiserCase {
  readonly name: string;
  make(parameters: readonly Tensor[]): Optimizer<{ lr: number }>;
  paper(): papers.Walk;
}

/** One case for each set of options; the paper's function takes options of the same names. */
function each<O extends object>(
  who: string,
  make: (parameters: readonly Tensor[], options: O) => Optimizer<{ lr: number }>,
  paper: (options: O) => papers.Walk,
  all: readonly O[],
): OptimiserCase[] {
  return all.map((options) => ({
    name: `${who} ${JSON.stringify(options).replace(/["{}]/g, "")}`,
    make: (parameters) => make(parameters, options),
    paper: () => paper(options),
  }));
}

const decay = { weightDecay: 0.03 };
const decoupled = { ...decay, decoupledWeightDecay: true };
const climb = { maximize: true, weightDecay: 0.02 };

export const optimiserCases: readonly OptimiserCase[] = [
  ...each("SGD", (p, o) => new SGD(p, o), papers.sgd, [
    { lr: 1e-3, momentum: 0.5, ...climb },
    { lr: 0.01, momentum: 0.8, ...decoupled },
    { lr: 0.01 },
    { lr: 0.01, ...decay },
    { lr: 0.01, momentum: 0.9 },
    { lr: 0.01, momentum: 0.9, dampening: 0.5, ...decay },
    { lr: 0.01, momentum: 0.8, nesterov: true, ...decay },
  ]),
  ...each("Adagrad", (p, o) => new Adagrad(p, o), papers.adagrad, [
    { lr: 0.01, ...climb },
    { lr: 0.05, initialAccumulatorValue: 0.5, eps: 1e-3 },
    { lr: 0.05 },
    { lr: 0.05, lrDecay: 0.1, ...decay },
  ]),
  ...each("Adadelta", (p, o) => new Adadelta(p, o), papers.adadelta, [
    { lr: 0.5, ...climb },
    { lr: 0.01, rmsUpdates: false, rho: 0.5, eps: 1e-3, ...climb },
    { lr: 0.01, rmsUpdates: false },
    { lr: 1 },
    { lr: 2, rho: 0.8, eps: 1e-4, ...decay },
  ]),
  ...each("RMSprop", (p, o) => new RMSprop(p, o), papers.rmsprop, [
    { lr: 1e-3, ...climb },
    { lr: 0.01 },
    { lr: 0.01, alpha: 0.8, eps: 1e-3, ...decay },
    { lr: 0.005, momentum: 0.7 },
    { lr: 0.005, centered: true },
    { lr: 0.002, centered: true, momentum: 0.5, ...decay },
  ]),
  ...each("Adam", (p, o) => new Adam(p, o), papers.adam, [
    { lr: 0.01, ...climb },
    { lr: 0.05 },
    { lr: 0.05, betas: [0.5, 0.9] as const, eps: 1e-3, ...decay },
    { lr: 0.05, betas: [0.9, 0.8] as const, amsgrad: true },
    { lr: 0.05, betas: [0.9, 0.8] as const, amsgrad: true, ...decoupled },
  ]),
  ...each(
    "AdamW",
    (p, { lr, ...o }) => new AdamW(p, { lr, ...o }),
    ({ lr, ...o }) => papers.adam({ lr, weightDecay: 0.01, ...o, decoupledWeightDecay: true }),
    [
      { lr: 0.01, ...climb },
      { lr: 0.05 },
      { lr: 0.05, weightDecay: 0.5, betas: [0.9, 0.8] as const, amsgrad: true },
    ],
  ),
  ...each("Adamax", (p, o) => new Adamax(p, o), papers.adamax, [
    { lr: 0.01, ...climb },
    { lr: 0.05 },
    { lr: 0.05, betas: [0.5, 0.7] as const, eps: 1e-2, ...decay },
  ]),
  ...each("NAdam", (p, o) => new NAdam(p, o), papers.nadam, [
    { lr: 0.01, ...climb },
    { lr: 0.05, ...decoupled },
    { lr: 0.05 },
    { lr: 0.05, momentumDecay: 0.2, betas: [0.8, 0.9] as const, eps: 1e-3, ...decay },
  ]),
  ...each("RAdam", (p, o) => new RAdam(p, o), papers.radam, [
    { lr: 1e-3, ...climb },
    { lr: 0.01, ...decoupled },
    { lr: 0.01 },
    { lr: 0.01, betas: [0.8, 0.9] as const, eps: 1e-3, ...decay },
  ]),
  ...each("Lion", (p, o) => new Lion(p, o), papers.lion, [
    { lr: 1e-3, ...climb },
    { lr: 0.01 },
    { lr: 0.01, betas: [0.5, 0.75] as const, ...decay },
  ]),
];

/** The last case of every optimiser, which has all its moments. */
export const oneOfEach: readonly OptimiserCase[] = Object.values(
  Object.fromEntries(optimiserCases.map((test) => [test.name.split(" ")[0], test])),
);
