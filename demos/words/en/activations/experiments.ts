export const stackOf2 = (nth: number) => `stack ${nth} of 2`;
export const logDeviationOfOutputs = "log₁₀ deviation of outputs";
export const logDeviationOfGradients = "log₁₀ deviation of gradients";
export const layer = "layer";
export const stepOf = (act: string, step: number, steps: number) =>
  `${act}, step ${step} of ${steps}`;
export const right = (accuracy: string) => `${accuracy} right`;
export const sigmoidsTwentyDeep = "Sigmoids, twenty deep";
export const twentyLayersWithReluAnd =
  "Twenty layers with ReLU and twenty with sigmoids. The first layer's gradient, relative to the last layer's: which network keeps more of it?";
export const withRelu = "With ReLU";
export const withSigmoids = "With sigmoids";
export const relu = "ReLU";
export const sigmoid = "Sigmoid";
export const withReluFirstLayers = (left: string, right: string) =>
  `With ReLU the first layer's gradient is ${left} of the last one's, with sigmoids ${right}: a sigmoid's slope is at most a quarter.`;
export const twiceVariance = "Twice the variance";
export const reluMakesHalfOfInput =
  "ReLU makes half of its input 0. Weights of variance 1/n (Xavier) or 2/n (He): which keeps the signal's size through twenty layers?";
export const xavier = "Xavier";
export const he = "He";
export const afterTwentyLayersOutputs = (left: string, right: string) =>
  `After twenty layers the outputs have a standard deviation of ${left} with Xavier's weights and of ${right} with He's.`;
export const centredOn0OrNot = "Centred on 0, or not";
export const tanhIsSigmoidThatWas =
  "Tanh is a sigmoid stretched to −1 … 1, so that its outputs lie around 0. The same network learns two spirals in 150 steps with each: which classifies more points correctly?";
export const tanh = "Tanh";
export const afterStepsNetworkWith = (steps: number, left: string, right: string) =>
  `After ${steps} steps the network with sigmoids classifies ${left} of the points correctly, the one with tanh ${right}.`;
export const swishAndMishAround0 = "Swish and mish around 0";
export const bothBendBelow0 =
  "Left of 0 swish and mish dip below 0 and come back; ReLU is 0 there and has no slope. Which of the two is steeper at 0?";
export const swish = "Swish";
export const mish = "Mish";
export const lowestAt = (lowest: string, at: string) => `lowest at ${at}, ${lowest}`;
export const at0SlopesAre = (
  swishSlope: string,
  mishSlope: string,
  swishLowest: string,
  swishAt: string,
  mishLowest: string,
  mishAt: string,
) =>
  `At 0 swish has a slope of ${swishSlope} and mish of ${mishSlope}; swish is lowest at ${swishAt} with ${swishLowest}, mish at ${mishAt} with ${mishLowest}.`;
