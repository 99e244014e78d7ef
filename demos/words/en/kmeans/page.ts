export const kMeans = "K-Means";
export const watchCentroidsFindGroupsOf =
  "Watch centroids find groups of points, choose how many there are, and paint a photograph in a handful of colours.";
export const pointsWithWaysTheir =
  "Points with the ways their centroids went, and a photograph beside itself in sixteen colours";
export const fiveGroups = "Five groups";
export const largeAndSmall = "Large and small";
export const stretched = "Stretched";
export const noGroupsAtAll = "No groups at all";
export const summerPalace = "Summer palace";
export const flower = "Flower";
export const allPixels = "All pixels";
export const pixels2000 = "2,000 pixels";
export const pixels10000 = "10,000 pixels";
export const pixels50000 = "50,000 pixels";
