export const nearestNeighbours = "Nearest neighbours";
export const kMeansGroupsNamed = "K-Means, groups named";
export const svmGaussianKernel = "SVM, Gaussian kernel";
export const smallNetwork = "Small network";
export const learning = (kind: string) => `Learning: ${kind} …`;
export const learnedFromDigitsOfThem = (rows: number, own: number) =>
  `Learned from ${rows} digits, ${own} of them yours.`;
export const networkStep = (step: number) => `network, step ${step}`;
export const learningStepOf = (kind: string, step: number, steps: number) =>
  `Learning: ${kind}, step ${step} of ${steps} …`;
