// K-Means finds four groups of points, and the elbow of its inertia shows that there are four.
import { init } from "wgrad";
import { elbow, KMeans, makeBlobs, silhouetteScore } from "wgrad/ml";

await init();
const centers = [[0, 0], [6, 0], [0, 6], [6, 6]]; // biome-ignore format: a table
const { X } = makeBlobs({ nSamples: 400, centers, clusterStd: 0.6 });
const { suggestion } = await elbow(X, { ks: [1, 2, 3, 4, 5, 6, 7, 8] });
console.log("clusters:", suggestion);
const model = await new KMeans({ nClusters: suggestion }).fit(X);
console.log("silhouette:", await silhouetteScore(X, model.labels));
