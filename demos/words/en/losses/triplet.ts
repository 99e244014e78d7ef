export const anchorToPositive = "Anchor to positive";
export const anchorToNegative = "Anchor to negative";
export const tripletInPlane = (said: string) => `A triplet in the plane. ${said}`;
export const loss = (loss: string) => `Loss ${loss}`;
export const lossIs0 = "The loss is 0.";
export const margin = "Margin";
export const swapTakeNegativesDistance =
  "Swap: take the negative's distance to the positive if that is smaller";
export const afterSteps = (steps: number) => `After ${steps} steps the`;
export const the = "The";
export const positiveIsAwayAndNegative = (
  after: string,
  near: string,
  far: string,
  loss: number,
  margin: string,
  loss2: string,
) =>
  `${after} positive is ${near} away and the negative ${far}: ${loss > 0 ? `less than ${margin} farther, so that the loss is ${loss2}; arrows show where descent moves the points.` : "far enough that the loss is 0 and nothing moves."}`;
