export const cutout = "Cutout";
export const mixup = "MixUp";
export const cutmix = "CutMix";
export const method = "Method";
export const alphaOfBetaAlphaAlpha = "α of Beta(α, α)";
export const sideOfSquare = "Side of the square";
export const pixels = (side: number) => `${side} pixels`;
export const squareOfAroundRandomPixel = (side: number) =>
  `A square of ${side} × ${side} around a random pixel is black; labels stay.`;
export const lambdaForThisBatchEach = (share: string) =>
  `λ = ${share} for this batch: each picture is λ of itself and 1 − λ of the one before it, and so is its label.`;
export const ofEachPicturesAreaIs = (share: string) =>
  `${share} of each picture's area is of the one before it, and as much of its label.`;
