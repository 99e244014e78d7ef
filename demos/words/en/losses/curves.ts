export const squaredError = "Squared error";
export const l1 = "L1";
export const smoothL1 = "Smooth L1";
export const smoothL1Formula = "e²/2β, from β on |e| − β/2";
export const huber = "Huber";
export const huberFormula = "e²/2, from δ on δ·(|e| − δ/2)";
export const crossEntropy = "Cross-entropy";
export const crossEntropyFormula = "−w·ln p";
export const squaredErrorOfP = "Squared error of p";
export const focal = "Focal";
export const focalFormula = "−(1 − p)^γ · ln p";
export const hinge = "Hinge";
export const squaredHinge = "Squared hinge";
export const predictNumber = "Predict a number";
export const errorPredictionTarget = "error: prediction − target";
export const sayYesOrNo = "Say yes or no";
export const scoreZWhereTruthIs = "score z, where the truth is yes";
export const value = "Value";
export const gradient = "Gradient";
export const itsGradient = "its gradient";
export const errorThatYouLookAt = "Error to look at";
export const scoreThatYouLookAt = "Score to look at";
export const betaOfSmoothL1 = "β of smooth L1";
export const deltaOfHuber = "δ of Huber";
export const gammaOfFocalLoss = "γ of the focal loss";
export const weightWOfYesIn = "Weight w of yes in the cross-entropy";
export const noLossPulls = "every gradient is 0";
export const gradientOfIsLargestIn = (
  steepest: string,
  most: string,
  flattest: string,
  least: string,
) =>
  `the gradient of ${steepest} is largest, ${most} in size, that of ${flattest} smallest, ${least}`;
export const atErrorOf = (at: string, pulls: string) => `At an error of ${at}, ${pulls}.`;
export const atScoreOfTruthIs = (at: string, probability: string, pulls: string) =>
  `At a score of ${at} the true class has a probability of ${probability}; ${pulls}.`;
export const curvesOfLosses = (curves: string, x: string, said: string) =>
  `${curves} of losses by ${x}. ${said}`;
export const and = " and ";
export const lossAxis = "loss";
