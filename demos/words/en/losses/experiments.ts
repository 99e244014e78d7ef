export const theGradients = "the gradients";
export const oneHundredSteps = "one hundred steps";
export const firstGradientAfterSteps = (gradient: string, end: string, steps: number) =>
  `First gradient ${gradient}; ${end} after ${steps} steps`;
export const probabilityOfTruth = "probability of the truth";
export const stepOf = (step: number, steps: number) => `step ${step} of ${steps}`;
export const slopeIntercept = (slope: string, intercept: string) =>
  `Slope ${slope}, intercept ${intercept}`;
export const fourteenPointsOutlierAnd = (said: string) =>
  `Fourteen points, an outlier and a line. ${said}`;
export const epsilon = (epsilon: number) => `ε = ${epsilon}`;
export const logitAboveOthers = "logit above others";
export const inEnd = (end: string) => `${end} in the end`;
export const wrongAndSureOf = "Wrong, and sure of it";
export const scoreOf6WhereTruth =
  "A score of −6 where the truth is yes: 0.25 %. One hundred steps down the cross-entropy, and as many down the squared error of the probability. Which one corrects it?";
export const squaredError = "Squared error";
export const crossEntropy = "Cross-entropy";
export const squaredErrorOfP = "Squared error of p";
export const crossEntropyBeganWith = (
  leftGradient: string,
  leftEnd: string,
  rightGradient: string,
  rightEnd: string,
) =>
  `Cross-entropy began with a gradient of ${leftGradient} and reached ${leftEnd}; squared error began with ${rightGradient} and reached ${rightEnd}.`;
export const oneWrongPoint = "One wrong point";
export const fourteenPointsAroundSlope =
  "Fourteen points around a slope of 0.8 and one far below. Which line keeps its slope: that of squared errors or that of absolute ones?";
export const squaredErrors = "Squared errors";
export const absoluteErrors = "Absolute errors";
export const pointsWereDrawnAroundSlope = (
  trueSlope: number,
  leftSlope: string,
  rightSlope: string,
) =>
  `The points were drawn around a slope of ${trueSlope}: squared errors give ${leftSlope}, absolute ones ${rightSlope}.`;
export const labelsThatAre90Sure = "Labels that are 90 % sure";
export const threeLogitsGoDownCross =
  "Three logits go down the cross-entropy for 300 steps, once with hard labels and once with labels smoothed by ε = 0.1. Where does the true logit end higher above the others?";
export const withHardLabels = "With hard labels";
export const withSmoothedLabels = "With smoothed labels";
export const withHardLabelsTrueLogit = (left: string, right: string) =>
  `With hard labels the true logit ends ${left} above the others and goes on rising; smoothed ones stop it at ${right}.`;
export const byStep = (what: string, said: string) => `${what} by step. ${said}`;
