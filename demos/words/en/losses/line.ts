export const outlier = "Outlier";
export const trainingStepOf = (step: number, steps: number) =>
  `Training, step ${step} of ${steps} …`;
export const linesStep = (step: number) => `lines, step ${step}`;
export const pointsOutlierAtAndFour = (outlierX: number, outlierY: number, said: string) =>
  `Points, an outlier at ${outlierX}, ${outlierY}, and four lines. ${said}`;
export const pointsWereDrawnAroundSlope = (
  trueSlope: number,
  mostName: string,
  mostSlope: string,
  leastName: string,
  leastSlope: string,
) =>
  `The points were drawn around a slope of ${trueSlope}. Farthest from it is ${mostName} with ${mostSlope}, nearest ${leastName} with ${leastSlope}.`;
