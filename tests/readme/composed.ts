import { init } from "wgrad";
import {
  ColumnTransformer,
  GridSearchCV,
  LogisticRegression,
  makePipeline,
  OneHotEncoder,
  Pipeline,
  SimpleImputer,
  StandardScaler,
} from "wgrad/ml";

await init();
const cities = ["Bern", "Lima", "Oslo"];
const age = (i: number) => (i % 10 === 0 ? null : 20 + ((7 * i) % 50)); // some are not known
const people = Array.from({ length: 120 }, (_, i) => [cities[i % 3], age(i)]);
const bought = people.map((_, i) => ((age(i) ?? 40) > (i % 3 === 2 ? 35 : 50) ? "yes" : "no"));

const columns = new ColumnTransformer([
  ["city", new OneHotEncoder({ handleUnknown: "ignore" }), [0]],
  ["age", makePipeline(new SimpleImputer({ strategy: "median" }), new StandardScaler()), [1]],
]);
const learner = new Pipeline([
  ["columns", columns],
  ["logistic", LogisticRegression],
]);
const search = new GridSearchCV(learner, { logistic__C: [0.1, 1, 10] }, { cv: 3 });
const found = await search.fit(people, bought);
console.log(found.bestParams, found.bestScore, await found.predict([["Rome", 66]]));
