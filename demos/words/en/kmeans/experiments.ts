export const randomStartsThatLose = "Random starts that lose";
export const fiveGroupsFiveClustersRuns = (runs: number) =>
  `Five groups, five clusters, ${runs} runs from random samples and ${runs} from k-means++. How many of the random ones end with more than the least inertia?`;
export const someUpToHalf = "Some, up to half";
export const moreThanHalf = "More than half";
export const randomStart = "Random start";
export const runOf = (done: number, total: number) => `run ${done} of ${total}`;
export const twiceAsManyClusters = "Twice as many clusters";
export const fiveGroupsOnceWithFive =
  "Five groups, once with five clusters and once with ten. Inertia is the sum of squared distances, silhouette says how well points fit their cluster. What do ten clusters do?";
export const bothGetBetter = "Both get better";
export const inertiaGetsBetter = "Inertia gets better, silhouette worse";
export const bothGetWorse = "Both get worse";
export const clusters = (nClusters: number) => `${nClusters} clusters`;
export const inertiaSilhouette = (inertia: string, silhouette: string) =>
  `Inertia ${inertia}, silhouette ${silhouette}`;
export const from5To10Clusters = (
  rightInertia: string,
  manyInertia: string,
  rightSilhouette: string,
  manySilhouette: string,
) =>
  `From 5 to 10 clusters inertia goes from ${rightInertia} to ${manyInertia}, and the silhouette from ${rightSilhouette} to ${manySilhouette}.`;
export const paletteFromFewPixels = "A palette from few pixels";
export const from16ColoursForPhotograph =
  "16 colours for a photograph, found in 1,000 of its pixels or in 50,000. How much closer are the colours found in 50,000?";
export const hardlyBelowTenth = "Hardly: below a tenth";
export const byTenthToHalf = "By a tenth to a half";
export const twiceAsCloseOrMore = "Twice as close or more";
export const foundIn1000Pixels = "Found in 1,000 pixels";
export const foundIn50000Pixels = "Found in 50,000 pixels";
export const pixels = (count: string) => `${count} pixels`;
export const pictureIn16ColoursMean = (error: string) =>
  `The picture in 16 colours, mean error ${error}`;
export const pixelIsAwayFromColour = (
  few: string,
  many: string,
  secondsFew: string,
  secondsMany: string,
) =>
  `The mean error of a pixel's colour is ${few} with the palette from 1,000 pixels and ${many} with that from 50,000, found in ${secondsFew} s and ${secondsMany} s.`;
export const fiveClusters = "5 clusters";
export const tenClusters = "10 clusters";
