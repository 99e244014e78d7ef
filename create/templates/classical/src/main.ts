import { init } from "wgrad";
import { loadDataset } from "wgrad/data";
import {
  classificationReport,
  GridSearchCV,
  makePipeline,
  StandardScaler,
  SVC,
  trainTestSplit,
} from "wgrad/ml";

const output = document.querySelector("pre") as HTMLPreElement;
const say = (line: string) => {
  output.textContent += `${line}\n`;
};

/** Classifies wines by their chemistry: features scaled, an SVM whose C is found by cross-validation. */
async function learn(): Promise<number> {
  const { X, y } = await loadDataset("wine");
  const { XTrain, XTest, yTrain, yTest } = await trainTestSplit(X, y, {
    stratify: y,
    randomState: 0,
  });
  const pipeline = makePipeline(new StandardScaler(), SVC);
  const search = await new GridSearchCV(pipeline, { svc__C: [0.1, 1, 10] }, { cv: 3 }).fit(
    XTrain,
    yTrain,
  );
  say(`best: ${JSON.stringify(search.bestParams)}`);
  for (const each of classificationReport(yTest, await search.predict(XTest))) {
    say(`${each.label}: precision ${each.precision.toFixed(3)}, recall ${each.recall.toFixed(3)}`);
  }
  return search.score(XTest, yTest);
}

try {
  await init();
  say(`accuracy of wines never seen: ${(100 * (await learn())).toFixed(1)} %`);
  document.body.dataset.status = "ok";
} catch (error) {
  say(String(error));
  document.body.dataset.status = "error";
}
