export const leastSquaredError = "Least squared error";
export const afterGradientDescent = "After gradient descent";
export const afterOneNewtonStep = "After one Newton step";
export const largestLeastCurvature = "Largest / least curvature";
export const gradientDescent = "gradient descent";
export const newton = "Newton";
export const squaredErrorAboveLeastOne = "Squared error above the least one, by step";
export const errorAboveLeast = "error above the least";
export const learningRateOfGradient = "Learning rate of gradient descent";
export const howFarXLiesFrom = "How far x lies from 0";
export const stepOf = (descent: number, steps: number) => `Step ${descent} of ${steps} …`;
export const oneNewtonStepComesTo = (gap: string) =>
  `One Newton step gets to within ${gap} of the least error, as the normal equations do`;
export const stepsOfGradientDescentAre = (one: string, steps: number, above: string) =>
  `${one}; ${steps} steps of gradient descent are ${above} above it.`;
export const gradientDescentWithRateOf = (
  one: string,
  rate: string,
  first: string,
  last: boolean,
  last2: string,
) =>
  `${one}; gradient descent with a rate of ${rate} diverges: its error grows from ${first} to ${last ? last2 : "more than numbers hold"}.`;
export const squaredErrorByStep = (said: string) => `Squared error by step. ${said}`;
