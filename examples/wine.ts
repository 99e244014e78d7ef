// A support vector machine classifies wines; a grid search finds its C.
import { init } from "wgrad";
import { loadDataset } from "wgrad/data";
import { GridSearchCV, Pipeline, StandardScaler, SVC, trainTestSplit } from "wgrad/ml";

await init();
const { X, y } = await loadDataset("wine");
const { XTrain, XTest, yTrain, yTest } = await trainTestSplit(X, y, { stratify: y });
const learner = new Pipeline([
  ["scale", new StandardScaler()],
  ["svc", SVC],
]);
const search = await new GridSearchCV(learner, { svc__C: [0.1, 1, 10] }, { cv: 3 }).fit(
  XTrain,
  yTrain,
);
console.log("best:", search.bestParams);
console.log("right of those held out:", await search.score(XTest, yTest));
