export const ownPoints = "training points";
export const heldOut = "held out";
export const now = "now";
export const errorsByDegree = "Errors by degree";
export const degree = "degree";
export const errorAtMost15 = "error, at most 1.5";
export const coefficientsByWeightOf = "Coefficients by the weight of the penalty";
export const x = (nth: number) => `x^${nth}`;
export const logAlpha = "log₁₀ α";
export const coefficient = "coefficient";
export const degreeLabel = "Degree";
export const weightOfPenaltyAlpha = "Weight of the penalty, α";
export const shareOfW = "Share of ‖w‖₁";
export const penalty = "Penalty";
export const ridgeAlphaW = "ridge, α·‖w‖²";
export const lassoAlphaW = "lasso, α·‖w‖₁";
export const elasticNetBoth = "elastic net, both";
export const degreeFitted = (degree: number) => `degree ${degree}`;
export const pointsThoseHeldOutAnd = (train: number, said: string) =>
  `${train} points, those held out, and a polynomial. ${said}`;
export const degreeErrsByOnOwn = (
  degree: number,
  error: string,
  heldError: string,
  best: number,
  there: string,
) =>
  `Degree ${degree} has an error of ${error} on its training points and ${heldError} on held-out points. The best degree for held-out points is ${best}, with ${there}.`;
export const errorsByDegreeSaid = (errors: string) =>
  `Errors on held-out points by degree: ${errors}`;
export const coefficientsSaid = (
  penalty: string | undefined,
  degree: number,
  smallest: number,
  largest: number,
) =>
  `Coefficients of ${penalty ?? "ridge"} by α: ${smallest} of ${degree} are not 0 at the smallest weight, ${largest} at the largest.`;
export const noPenalty = "none";
