import Papa from "papaparse";
import { init } from "wgrad";
import { readCsv } from "wgrad/data";
import {
  ColumnTransformer,
  LogisticRegression,
  makePipeline,
  OneHotEncoder,
  SimpleImputer,
  StandardScaler,
  trainTestSplit,
} from "wgrad/ml";

await init();
const table = await readCsv(await fetch("visits.csv"), { parser: Papa }); // quotes are the parser's business
console.log(table.toString()); // 100,000 rows of age: number, income: number, city: category, …

const X = table.cells(["age", "income", "city", "member"]); // gaps are null
const { XTrain, XTest, yTrain, yTest } = await trainTestSplit(
  X,
  table.labels("bought") as string[],
);
const filled = makePipeline(new SimpleImputer({ strategy: "median" }), new StandardScaler());
const columns = new ColumnTransformer([
  ["numbers", filled, ["age", "income"]], // or positions, [0, 1]
  ["names", new OneHotEncoder({ handleUnknown: "ignore" }), ["city", "member"]], // a gap is a category
]);
const model = await makePipeline(columns, new LogisticRegression()).fit(XTrain, yTrain);
console.log("held out", await model.score(XTest, yTest));
