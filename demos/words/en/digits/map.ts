export const firstComponent = "first component";
export const secondComponent = "second component";
export const mapOf1797Digits = "A map of 1,797 digits by two principal components.";
export const twoOf64DirectionsHold = (share: string, at: string | undefined) =>
  `Two of 64 directions explain ${share} of the variance${at !== undefined ? `; the drawing lies at ${at}` : ""}. Neighbours are near in 64 dimensions, but not always on this map.`;
export const mapOf1797DigitsOf = (said: string) => `A map of 1,797 digits. ${said}`;
