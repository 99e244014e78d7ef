export const computing = "Computing …";
export const randomStart = "Random start";
export const silhouetteOfClusters = (k: number) => `silhouette of ${k} clusters`;
export const inertia = "Inertia";
export const clustersK = "Clusters, K";
export const inertiaOfCurve = "inertia";
export const yourK = "your K";
export const silhouette = "Silhouette";
export const silhouetteOfCurve = "silhouette";
export const pointsStep = (steps: number) => `points, step ${steps}`;
export const points = "Points";
export const use = (clearest: number) => `Use ${clearest}`;
export const run = "Run";
export const bothStartsComeToSame = "Both starts reach the same inertia this time.";
export const endsAboveOtherAndNo = (random: boolean, share: string) =>
  `${random ? "The random start" : "k-means++"} ends ${share} % above the other, and no further step helps.`;
export const pointsAndCentroids = (start: string) => `Points and centroids, ${start}`;
export const steps = "Steps";
export const ofTotal = (lost: number, runs: number) => `${lost} of ${runs}`;
export const allRunsEndWithin1 = (runs: number, best: string) =>
  `All ${runs} runs end within 1 % of ${best}: here the start does not matter.`;
export const randomStartsEndMoreThan = (
  random: string,
  best: string,
  worst: string,
  plusplus: string,
) =>
  `${random} random starts end more than 1 % above the least inertia, ${best}, the worst at ${worst}; of k-means++ ${plusplus}.`;
export const runsEndBetweenAnd = (count: number, from: string, to: string) =>
  `${count} runs end between ${from} and ${to}`;
export const at = (count: number, best: string) => `${count} at ${best}`;
export const ofRuns = (done: number, total: number) => `${done} of ${total} runs …`;
export const ofRunsOfBothStarts = (done: number, total: number) =>
  `${done} of ${total} runs of both starts`;
export const stopRuns = "Stop the runs";
export const runsOfEach = (runs: number) => `${runs} runs of each`;
export const inertiaFalls = (first: string | undefined, last: string | undefined, k: number) =>
  `Inertia falls from ${first} with 1 cluster to ${last} with ${k}`;
export const silhouetteWith = (silhouette: string | undefined, k: number) =>
  `Silhouette ${silhouette ?? "unknown"} with ${k} clusters`;
export const stepsDone = (steps: number, done: boolean) => `${steps}${done ? ", done" : ""}`;
export const bendAndSilhouette = (
  knee: number | undefined,
  clearest: number,
  greatest: string,
  apart: boolean,
) =>
  `The curve of the inertia ${knee === undefined ? "has no bend" : `bends at ${knee}`}; the silhouette is greatest at ${clearest}, ${greatest}${apart ? "" : ": below 0.5, so no number of clusters stands out"}.`;
