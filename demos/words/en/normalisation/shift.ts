export const addedToEveryPixel = "Added to every pixel";
export const contrastMultipliedBy = "Contrast: multiplied by";
export const heldOutAccuracyByShift = "Held-out accuracy by shift";
export const addedToEveryPixelIn = "added to every pixel, in deviations";
export const heldOutAccuracy = "held-out accuracy";
export const fromTo = (name: string, plain: string, here: string) =>
  `${name} from ${plain} to ${here}`;
export const withAddedAndContrast = (shift: string, contrast: string, fell: string) =>
  `With ${shift} added and contrast ${contrast}, held-out accuracy goes: ${fell}.`;
export const runningStatistics = (name: string) => `${name}, running statistics`;
export const thesePicturesOwn = (name: string) => `${name}, these pictures' own`;
export const heldOutAccuracyByWhatIsAdded = (said: string) =>
  `Held-out accuracy by what is added. ${said}`;
