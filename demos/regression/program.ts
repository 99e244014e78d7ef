import { pointsOf } from "./polynomial/points.ts";
import { drawnPoints, type Settings } from "./settings.ts";

/** The estimator of each penalty and its options. Ridge's weight is for sums, the others' for means. */
function estimator({
  penalty,
  alpha: power,
  l1Ratio,
}: Settings): readonly [name: string, options: string] {
  const alpha = Number((10 ** power).toPrecision(3));
  switch (penalty) {
    case "none":
      return ["LinearRegression", ""];
    case "ridge":
      return ["Ridge", `{ alpha: ${alpha} * train.length }`];
    case "lasso":
      return ["Lasso", `{ alpha: ${alpha} }`];
    case "elastic":
      return ["ElasticNet", `{ alpha: ${alpha}, l1Ratio: ${l1Ratio} }`];
  }
}

/** Source of a program that fits the polynomial shown. */
export function program(settings: Settings): string {
  const { train } = pointsOf(settings.seed, drawnPoints(settings.drawn));
  const [name, options] = estimator(settings);
  const rows: string[] = [];
  for (let i = 0; i < train.length; i += 5) {
    const row = train.slice(i, i + 5).map(([x, y]) => `[${x.toFixed(3)}, ${y.toFixed(3)}]`);
    rows.push(`  ${row.join(", ")},`);
  }
  return `import { init } from "wgrad";
import { ${[name, "Pipeline", "PolynomialFeatures", "StandardScaler"].sort().join(", ")} } from "wgrad/ml";

await init();
const train = [
${rows.join("\n")}
];
const X = train.map(([x]) => [x]);
const y = train.map(([, y]) => y);
const model = new Pipeline([
  ["powers", new PolynomialFeatures({ degree: ${settings.degree}, includeBias: false })],
  ["scale", new StandardScaler()],
  ["fit", new ${name}(${options})],
]);
const fitted = await model.fit(X, y);
const predicted = await fitted.predict(X);
const squares = y.map((value, i) => (value - Number(predicted[i])) ** 2);
console.log("error", Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / y.length));
`;
}
