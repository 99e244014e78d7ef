export const probabilityOfTruthByStep = "Probability of the truth by step";
export const probabilityOfTruth = "probability of the truth";
export const scoreStartsFrom = "Score it starts from";
export const learningRate = "Learning rate";
export const stepOf = (crossEntropy: number, steps: number) => `Step ${crossEntropy} of ${steps} …`;
export const fromStepsOfCrossEntropy = (
  first: string,
  steps: number,
  at: string,
  at2: string,
  at3: string,
) =>
  `From ${first}, ${steps} steps with cross-entropy reach ${at}, with squared error ${at2}, with hinge ${at3}.`;
export const probabilityOfTruthByStepOf = (said: string) =>
  `Probability of the truth by step. ${said}`;
