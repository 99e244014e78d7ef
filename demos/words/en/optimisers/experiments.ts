export const stepOf = (runningSteps: number, steps: number) => `step ${runningSteps} of ${steps}`;
export const steps = "Steps";
export const evaluations = "Evaluations";
export const stepsOrEvaluations = "Steps or evaluations?";
export const newtonsMethodSolvesForBest =
  "Newton's method solves for the best step, but looks at the surface several times in each. On Rosenbrock, does it beat L-BFGS by steps, by evaluations, or by both?";
export const byBoth = "By both";
export const byStepsAlone = "By steps alone";
export const byEvaluationsAlone = "By evaluations alone";
export const byNeither = "By neither";
export const lossAgainstSteps = "Loss against steps";
export const lossAgainstEvaluations = "Loss against evaluations";
export const newtonIsWithin0001 = (
  newtonSteps: number,
  newtonEvaluations: number,
  lbfgsSteps: number,
  lbfgsEvaluations: number,
) =>
  `Newton is within 0.001 of the minimum after ${newtonSteps} steps and ${newtonEvaluations} evaluations, L-BFGS after ${lbfgsSteps} steps and ${lbfgsEvaluations} evaluations.`;
export const outOfSaddle = "Out of a saddle";
export const bothStartBesideRidgeOf =
  "Both start beside the ridge of a saddle, where the slope is nearly none, with the same learning rate. Which reaches a minimum first?";
export const bothAtOnce = "Both at once";
export const momentum = "Momentum";
export const tenTimesLearningRate = "Ten times the learning rate";
export const sgdOnRosenbrockWith =
  "SGD on Rosenbrock with the learning rate that suits it, and with ten times as much. What does the larger one do?";
export const isThereSooner = "It arrives sooner";
export const nothingMuch = "Nothing much";
export const lossGrows = "The loss grows";
export const fromStepsOfEta0 = (
  from: string,
  steps: number,
  usual: string,
  finite: boolean,
  tenfold: string,
) =>
  `From ${from}, ${steps} steps with η = 0.001 reach a loss of ${usual}, with η = 0.01 ${finite ? tenfold : "more than a 32-bit number holds"}.`;
const arrived = (steps: number | undefined, all: number) =>
  steps === undefined
    ? `is not at a minimum after ${all} steps`
    : `is at a minimum after ${steps} steps`;
export const outOfSaddleSaid = (
  sgd: number | undefined,
  momentum: number | undefined,
  all: number,
) => `SGD ${arrived(sgd, all)}, momentum ${arrived(momentum, all)}.`;
