export const noNumber = "no number";
export const millionTimes01 = "A million times 0.1";
export const numberOf32BitsHolds =
  "A number of 32 bits holds about seven decimal digits. Add 0.1 a million times: one after the other, or in a tree of pairs as the kernel does. Which sum is nearer to 100,000?";
export const oneAfterOther = "One after the other";
export const kernelsTree = "The kernel's tree";
export const theKernel = "the kernel";
export const oneAfterOtherComesTo = (left: string, right: string, truth: string) =>
  `One after the other comes to ${left}, the kernel's tree to ${right}; in float64 the sum of these numbers is ${truth}.`;
export const scoresOfHundred = "Scores of a hundred";
export const softmaxOfScores100And =
  "The softmax of the scores 100 and 99: by exp(x) / Σ exp(x) as the textbook has it, or by the kernel, which takes the largest score away first. Float32 ends at 3.4 · 10³⁸. Which gives 0.731?";
export const theTextbook = "The textbook";
export const both = "Both";
export const theKernelSide = "The kernel";
export const firstProbabilityIsBy = (left: string, right: string, truth: string) =>
  `The first probability is ${left} by the textbook and ${right} by the kernel; in float64 it is ${truth}.`;
export const twoFormulasOfVariance = "Two formulas of a variance";
export const thousandNumbersAround10000 =
  "A thousand numbers around 10,000 with deviation 1. Their variance as mean of the squares less square of the mean, or by the kernel, which takes the mean away first. Which is near 1?";
export const squaresLessSquare = "Squares less square";
export const squaresLessSquareComesTo = (left: string, right: string, truth: string) =>
  `Squares less square comes to ${left}, the kernel to ${right}; in float64 the variance is ${truth}.`;
