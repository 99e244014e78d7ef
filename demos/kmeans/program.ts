import type { CloudName, Settings } from "./settings.ts";

/** Source that draws points like the page's: the same shape, other random numbers. */
const clouds: Readonly<Record<CloudName, readonly [code: string, maker: string]>> = {
  blobs: [
    `const centers = [[-3, 2.2], [2.8, 2.4], [0, 0.1], [-2.8, -2.2], [3, -2]];
const { X } = makeBlobs({ nSamples: POINTS, centers, clusterStd: 0.55, randomState: SEED });`,
    "makeBlobs, ",
  ],
  uneven: [
    `const centers = [[-1.6, 0], [3.4, 2], [3.4, -2.2]];
const [large, small] = [Math.round(POINTS / 1.5), Math.round(POINTS / 6)];
const options = { nSamples: [large, small, small], clusterStd: [1.1, 0.3, 0.3], randomState: SEED };
const { X } = makeBlobs({ centers, ...options });`,
    "makeBlobs, ",
  ],
  stretched: [
    `const { X: round } = makeBlobs({ nSamples: POINTS, centers: [[0, 0], [0, 8], [0, -8]], randomState: SEED });
const X = Array.from({ length: POINTS }, (_, i) => {
  const [u, v] = [round.data[2 * i], round.data[2 * i + 1]];
  return [1.5 * u + 0.2 * v, 0.3 * v - 0.62 * u];
});`,
    "makeBlobs, ",
  ],
  even: [
    "const X = Array.from({ length: POINTS }, () => [9.5 * Math.random() - 4.75, 7.6 * Math.random() - 3.8]);",
    "",
  ],
};

/** Source of a program that does what the page does with these settings. */
export function program({ cloud, points, clusters, seed }: Settings): string {
  const [code, maker] = clouds[cloud];
  const made = code.replaceAll("POINTS", String(points)).replaceAll("SEED", String(seed));
  return `import { init } from "wgrad";
import { elbow, KMeans, ${maker}silhouetteScore } from "wgrad/ml";

await init();
${made}
const start = { nClusters: ${clusters}, nInit: 1, randomState: ${seed} };
const spread = await new KMeans({ ...start, init: "k-means++" }).fit(X);
const random = await new KMeans({ ...start, init: "random" }).fit(X);
console.log("inertia from k-means++", spread.inertia, "and from random samples", random.inertia);
const { inertias, suggestion } = await elbow(X, { ks: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
console.log("inertia by number of clusters", inertias, "bends most at", suggestion);
const model = await new KMeans({ nClusters: ${Math.max(2, clusters)} }).fit(X);
console.log("silhouette", await silhouetteScore(X, model.labels));
`;
}
