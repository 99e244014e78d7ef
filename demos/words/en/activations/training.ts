export const twoSpirals = "Two spirals";
export const learningRateOfAdam = "Learning rate of Adam";
export const step = (done: number) => `step ${done}`;
export const stepOf = (done: number, steps: number) => `Step ${done} of ${steps} …`;
export const right = (name: string, accuracy: string) => `${name}: ${accuracy} right`;
export const twoSpiralsAndWhatNetwork = (said: string) =>
  `Two spirals and a network's predictions. ${said}`;
export const afterStepsIsRightAbout = (
  steps: number,
  firstName: string | undefined,
  first: string,
  secondName: string | undefined,
  second: string,
) =>
  `After ${steps} steps ${firstName} classifies ${first} of the points correctly, ${secondName} ${second}.`;
export const lossByStepOf = (said: string) => `Loss by step. ${said}`;
