export const runOf2 = (side: number) => `run ${side} of 2`;
export const experiment = "experiment";
export const restOfNetwork = "The rest of a network";
export const milliseconds = (ms: string) => `${ms} ms`;
export const times = (ratio: string) => `${ratio} times`;
export const eightTimesBatch = "Eight times the batch";
export const perceptronLearnsFrom16 =
  "A perceptron learns from 16 samples a step, then from 128. A dispatch is one run of a compute shader: how many does the larger step need?";
export const eightTimesAsMany = "Eight times as many";
export const fewMore = "A few more";
export const asManyOrFewer = "As many, or fewer";
export const eightTimesTheBatchSaid = (
  leftDispatches: number,
  leftMs: string,
  rightDispatches: number,
  rightMs: string,
  pair: string,
) =>
  `16 samples take ${leftDispatches} dispatches and ${leftMs}, 128 take ${rightDispatches} and ${rightMs}: ${pair} as long for eight times the samples.`;
export const twiceSide = "Twice the side";
export const productOfTwoMatricesOf =
  "A product of two matrices of 256 × 256, then of 512 × 512: eight times the multiplications, four times the numbers. How much longer does it take here?";
export const twice = "Twice";
export const fourTimes = "Four times";
export const eightTimes = "Eight times";
export const twiceTheSideSaid = (leftMs: string, rightMs: string, pair: string) =>
  `256 × 256 takes ${leftMs}, 512 × 512 takes ${rightMs}: ${pair} as long.`;
export const thousandTimesNumbers = "A thousand times the numbers";
export const geluXBOf1 =
  "gelu(x · a + b) of 1,000 numbers, then of a million. Starting a shader costs the same for both. How much longer does the million take?";
export const aboutAsLong = "About as long";
export const tensOfTimes = "Tens of times";
export const thousandTimes = "A thousand times";
export const thousandTimesTheNumbersSaid = (
  leftMs: string,
  leftDispatches: number,
  rightMs: string,
  rightDispatches: number,
  pair: string,
) =>
  `1,000 numbers take ${leftMs} (dispatches: ${leftDispatches}), a million ${rightMs} (${rightDispatches}): ${pair} as long.`;
export const sixteenSamples = "16 samples";
export const samples128 = "128 samples";
export const thousandNumbers = "1,000 numbers";
export const millionNumbers = "1,000,000 numbers";
