import { loadDataset } from "wgrad/data";
import { crossValScore, LogisticRegression, makePipeline, StandardScaler } from "wgrad/ml";

const { X, y } = await loadDataset("wine"); // comes with the library
const learner = makePipeline(new StandardScaler(), new LogisticRegression({ C: 10 }));
const scores = await crossValScore(learner, X, y, { cv: 5 });
console.log(scores.length, Math.min(...scores)); // 5, above 0.9

const model = await learner.fit(X, y); // fit returns the fitted model; the learner stays as it is
const saved = JSON.stringify(model); // any fitted model
console.log(model.classes, saved.length < 10_000); // [0, 1, 2], true
