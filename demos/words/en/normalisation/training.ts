export const blue = "Blue";
export const orange = "Orange";
export const normStands = "Position of the norm";
export const digitsOfStep = "Digits per step";
export const learningRateOfAdam = "Learning rate of Adam";
export const outputsOfEachLayer = "Outputs of each layer";
export const sizesOfGradientsOfEach = "Sizes of the gradients of each layer's weights";
export const step = (done: number) => `step ${done}`;
export const stepOf = (done: number, steps: number) => `Step ${done} of ${steps} …`;
export const outputsOfLayers = "outputs of the layers";
export const gradientsOfLayersWeights = "gradients of the layers' weights";
export const histogramsByLayer = (what: string, sizes: string) =>
  `Histograms by layer; standard deviations of the ${what}. ${sizes}`;
export const ofHeldOutDigitsAre = (name: string, right: string, share: string) =>
  `${name}: held-out accuracy ${right}; the standard deviation of the first layer's gradients is ${share} of the last one's.`;
export const afterStepsOfDigits = (steps: number, batch: number, told: string) =>
  `After ${steps} steps of ${batch} digits. ${told}`;
export const notKnownYet = "Not known yet";
export const groupNorm2Groups = "Group norm, 2 groups";
export const lossByStepOf = (said: string) => `Loss by step. ${said}`;
