import { init } from "wgrad";
import { KMeans, StandardScaler, SVC, silhouetteScore, trainTestSplit } from "wgrad/ml";

await init();
const rows = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const y = rows.map(([a = 0, b = 0]) => Number(a * a + b * b > 0.9));

const { XTrain, XTest, yTrain, yTest } = await trainTestSplit(rows, y, { stratify: y });
const scaler = await new StandardScaler().fit(XTrain);
const model = await new SVC({ kernel: "rbf", C: 10 }).fit(await scaler.transform(XTrain), yTrain);
console.log("held out", await model.score(await scaler.transform(XTest), yTest));

const { labels } = await new KMeans({ nClusters: 4 }).fit(rows);
console.log("silhouette", await silhouetteScore(rows, labels));
