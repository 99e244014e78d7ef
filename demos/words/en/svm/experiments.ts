export const machineOf2 = (nth: number) => `machine ${nth} of 2`;
export const trainingLeftOutSupport = (training: string, heldOut: string, supportVectors: number) =>
  `Training ${training}, held out ${heldOut}, ${supportVectors} support vectors`;
export const gammaThatLearnsByHeart = "A γ that memorises";
export const sameMoonsOnceWithGamma =
  "The same moons, once with γ = 0.5 and once with γ = 300, where every point is alone. How will γ = 300 do on points it has not seen?";
export const better = "Better";
export const aboutAsWell = "About as well";
export const worse = "Worse";
export const gamma300IsRightAbout = (
  rightTraining: string,
  rightHeldOut: string,
  leftTraining: string,
  leftHeldOut: string,
) =>
  `γ = 300 classifies ${rightTraining} of its training points and ${rightHeldOut} of held-out points correctly; γ = 0.5 ${leftTraining} and ${leftHeldOut}.`;
export const whatMistakeCosts = "What a mistake costs";
export const cIsWhatPointOn =
  "C is what a point on the wrong side costs: 0.05 here, 500 there. With which are more points support vectors?";
export const withSmallC = "With the small C";
export const aboutAsMany = "About as many";
export const withLargeC = "With the large C";
export const withC005Of = (
  leftSupportVectors: number,
  samples: number,
  rightSupportVectors: number,
  leftHeldOut: string,
  rightHeldOut: string,
) =>
  `With C = 0.05, ${leftSupportVectors} of ${samples} points are support vectors, with C = 500 ${rightSupportVectors}; held-out accuracy is ${leftHeldOut} and ${rightHeldOut}.`;
export const straightLineAndRing = "A straight line and a ring";
export const discAndRingAroundCan =
  "A disc and a ring around it. Can a linear machine separate them as a Gaussian one does?";
export const doesBetter = "It does better";
export const doesWorse = "It does worse";
export const gaussianKernel = "Gaussian kernel";
export const linearKernel = "Linear kernel";
export const gaussianMachineIsRight = (leftHeldOut: string, rightHeldOut: string) =>
  `Held-out accuracy is ${leftHeldOut} with the Gaussian kernel and ${rightHeldOut} with the linear one: no straight line goes around a disc.`;
