import type { Tensor } from "wgrad";
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  BFGS,
  type ClosureOptimizer,
  LBFGS,
  Lion,
  NAdam,
  Newton,
  NonlinearCG,
  type Optimizer,
  RAdam,
  RMSprop,
  SGD,
} from "wgrad/optim";
import type { SurfaceName } from "./surfaces.ts";

export type Marker = "circle" | "square" | "triangle" | "diamond" | "cross";

/** How a racer is drawn: colour by family, dash and marker within it. */
export interface Look {
  /** Name of a colour in theme.css. */
  readonly colour: string;
  readonly dash: readonly number[];
  readonly marker: Marker;
}

interface Named {
  readonly name: string;
  readonly look: Look;
  /** Whether it is shown by default. */
  readonly shown: boolean;
}

type Rates = Readonly<Record<SurfaceName, number>>;

/** A first-order method: one step from each gradient, with a learning rate for each surface. */
export interface FirstOrder extends Named {
  readonly order: 1;
  readonly rates: Rates;
  readonly make: (p: Tensor[], lr: number) => Stepper;
}

/** The part of a first-order optimiser that the race uses. */
export type Stepper = Pick<Optimizer<{ lr: number }>, "step" | "zeroGrad" | "dispose">;

/** A method that evaluates the loss as often as it needs in a step, and finds its step length itself. */
export interface SecondOrder extends Named {
  readonly order: 2;
  readonly make: (p: Tensor[]) => ClosureOptimizer;
}

export type Racer = FirstOrder | SecondOrder;

/** Families whose colours look alike to some readers (green and pink, orange and yellow) differ in their dashes. */
const dashes = {
  ...{ solid: [], dash: [9, 5], dot: [2, 4], dashDot: [10, 4, 2, 4] },
  ...{ long: [18, 5], dashDots: [12, 4, 2, 3, 2, 4], sparse: [3, 8] },
} as const;
const markers: Readonly<Record<keyof typeof dashes, Marker>> = {
  solid: "circle",
  dash: "square",
  dot: "triangle",
  dashDot: "diamond",
  long: "cross",
  dashDots: "diamond",
  sparse: "triangle",
};

function look(colour: string, dash: keyof typeof dashes): Look {
  return { colour, dash: dashes[dash], marker: markers[dash] };
}

const rates = (rosenbrock: number, beale: number, himmelblau: number, saddle: number): Rates => ({
  rosenbrock,
  beale,
  himmelblau,
  saddle,
});

/** The optimisers, one a line. */
const first: readonly Omit<FirstOrder, "order">[] = [
  {
    name: "SGD",
    look: look("blue", "solid"),
    shown: true,
    rates: rates(1e-3, 2e-2, 1e-2, 0.1),
    make: (p, lr) => new SGD(p, { lr }),
  },
  {
    name: "Momentum",
    look: look("blue", "dash"),
    shown: true,
    rates: rates(3e-4, 3e-3, 2e-3, 0.05),
    make: (p, lr) => new SGD(p, { lr, momentum: 0.9 }),
  },
  {
    name: "Nesterov",
    look: look("blue", "dot"),
    shown: false,
    rates: rates(3e-4, 3e-3, 2e-3, 0.05),
    make: (p, lr) => new SGD(p, { lr, momentum: 0.9, nesterov: true }),
  },
  {
    name: "Adagrad",
    look: look("green", "dash"),
    shown: false,
    rates: rates(0.5, 0.5, 0.5, 0.2),
    make: (p, lr) => new Adagrad(p, { lr }),
  },
  {
    name: "Adadelta",
    look: look("green", "dot"),
    shown: false,
    rates: rates(5, 5, 10, 5),
    make: (p, lr) => new Adadelta(p, { lr }),
  },
  {
    name: "RMSprop",
    look: look("green", "solid"),
    shown: true,
    rates: rates(1e-2, 5e-2, 5e-2, 2e-2),
    make: (p, lr) => new RMSprop(p, { lr }),
  },
  {
    name: "Adam",
    look: look("orange", "solid"),
    shown: true,
    rates: rates(0.2, 0.2, 0.2, 0.05),
    make: (p, lr) => new Adam(p, { lr }),
  },
  {
    name: "AMSGrad",
    look: look("orange", "dot"),
    shown: false,
    rates: rates(0.2, 0.2, 0.2, 0.05),
    make: (p, lr) => new Adam(p, { lr, amsgrad: true }),
  },
  {
    name: "AdamW",
    look: look("orange", "dash"),
    shown: false,
    rates: rates(0.2, 0.2, 0.2, 0.05),
    make: (p, lr) => new AdamW(p, { lr }),
  },
  {
    name: "Adamax",
    look: look("orange", "dashDot"),
    shown: false,
    rates: rates(0.2, 0.2, 0.2, 0.05),
    make: (p, lr) => new Adamax(p, { lr }),
  },
  {
    name: "NAdam",
    look: look("yellow", "long"),
    shown: false,
    rates: rates(0.1, 0.1, 0.2, 0.05),
    make: (p, lr) => new NAdam(p, { lr }),
  },
  // its first steps are not adaptive, so its rates are like SGD's
  {
    name: "RAdam",
    look: look("yellow", "dashDots"),
    shown: false,
    rates: rates(5e-4, 1e-2, 1e-2, 0.1),
    make: (p, lr) => new RAdam(p, { lr }),
  },
  {
    name: "Lion",
    look: look("yellow", "sparse"),
    shown: false,
    rates: rates(0.01, 0.02, 0.05, 0.02),
    make: (p, lr) => new Lion(p, { lr }),
  },
];

const once = { maxIter: 1, maxEval: 30, toleranceGrad: 0, toleranceChange: 0 };

const second: readonly Omit<SecondOrder, "order">[] = [
  {
    name: "Newton",
    look: look("pink", "long"),
    shown: true,
    make: (p) => new Newton(p, once),
  },
  {
    name: "BFGS",
    look: look("pink", "dashDots"),
    shown: false,
    make: (p) => new BFGS(p, once),
  },
  {
    name: "L-BFGS",
    look: look("ink", "solid"),
    shown: true,
    make: (p) => new LBFGS(p, { ...once, historySize: 10, lineSearch: "strongWolfe" }),
  },
  {
    name: "Conjugate gradients",
    look: look("ink", "dash"),
    shown: true,
    make: (p) => new NonlinearCG(p, once),
  },
  {
    name: "CG, Fletcher–Reeves",
    look: look("ink", "dot"),
    shown: false,
    make: (p) => new NonlinearCG(p, { ...once, formula: "fletcherReeves" }),
  },
];

export const racers: readonly Racer[] = [
  ...first.map((racer) => ({ ...racer, order: 1 as const })),
  ...second.map((racer) => ({ ...racer, order: 2 as const })),
];
