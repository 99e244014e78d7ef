import type { Sample } from "./scene.ts";
import type { ClassSet, CurveSet, Settings } from "./settings.ts";
import { features, isTable, type TableName } from "./table_scene.ts";

/** Source that makes X and y, and its imports from wgrad/ml. */
interface Data {
  readonly lines: string;
  readonly ml: readonly string[];
  /** Whether a table of wgrad/data is loaded. */
  readonly table?: boolean;
}

/** Source that draws points like the page's: the same shape, other random numbers. */
const made: Readonly<Record<Exclude<ClassSet, TableName | "own">, Data>> = {
  moons: {
    ml: ["makeMoons"],
    lines: "const { X, y } = makeMoons({ nSamples: 120, noise: 0.12, randomState: 7 });",
  },
  rings: {
    ml: ["makeCircles"],
    lines:
      "const { X, y } = makeCircles({ nSamples: 120, noise: 0.1, factor: 0.4, randomState: 7 });",
  },
  groups: {
    ml: ["makeBlobs"],
    lines: `const centers = [[0, 1.3], [-1.5, -0.9], [1.5, -0.9]];
const { X, y } = makeBlobs({ nSamples: 120, centers, clusterStd: 0.75, randomState: 7 });`,
  },
  xor: {
    ml: [],
    lines: `const X = Array.from({ length: 120 }, () => [7 * Math.random() - 3.5, 5.6 * Math.random() - 2.8]);
const y = X.map(([a, b]) => (a * b > 0 ? 1 : 0));`,
  },
};

const curves: Readonly<Record<Exclude<CurveSet, "own">, Data>> = {
  sine: {
    ml: [],
    lines: `const X = Array.from({ length: 80 }, (_, i) => [-3.6 + 0.09 * i]);
const y = X.map(([x]) => 1.6 * Math.sin(1.6 * x) + 0.4 * (Math.random() - 0.5));`,
  },
  jump: {
    ml: [],
    lines: `const X = Array.from({ length: 80 }, (_, i) => [-3.6 + 0.09 * i]);
const y = X.map(([x]) => (x < 0.4 ? -1.4 : 1.4) + 0.4 * (Math.random() - 0.5));`,
  },
  outliers: {
    ml: [],
    lines: `const X = Array.from({ length: 60 }, (_, i) => [-3.6 + 0.12 * i]);
const y = X.map(([x], i) => (i % 10 === 4 ? 2.6 : 0.6 * x - 0.8));`,
  },
  diabetes: {
    table: true,
    ml: ["StandardScaler"],
    lines: `const { X: all, y } = await loadDataset("diabetes");
const { data } = await new StandardScaler().fitTransform(all);
const X = Array.from(y, (_, i) => [data[10 * i + 2]]); // the body mass index`,
  },
};

/** Source of a program that does what the page does with these settings and samples. */
export function program(settings: Settings, samples: readonly Sample[]): string {
  const { task, C, kernel, epsilon } = settings;
  const regress = task === "regress";
  const machine = regress ? "SVR" : "SVC";
  const { lines, ml, table } = dataOf(settings, samples);
  const names = [...ml, "crossValScore", machine].sort(byName).join(", ");
  const tube = regress ? `, epsilon: ${epsilon}` : "";
  const score = regress ? "R²" : "accuracy";
  return `import { init } from "wgrad";
${table ? 'import { loadDataset } from "wgrad/data";\n' : ""}import { ${names} } from "wgrad/ml";

await init();
${lines}
const machine = new ${machine}({ kernel: "${kernel}", C: ${plain(C)}${kernelOptions(settings)}${tube} });
const model = await machine.fit(X, y);
console.log("${score} on these samples", await model.score(X, y));
console.log("${score} on those left out, by fold", await crossValScore(machine, X, y));
console.log("support vectors", model.support.length, "of", y.length);
`;
}

/** γ, degree and constant, as far as the kernel uses them. */
function kernelOptions({ kernel, gamma, degree, coef0 }: Settings): string {
  if (kernel === "linear") return "";
  const width = `, gamma: ${gamma === 0 ? '"scale"' : plain(gamma)}`;
  const constant = kernel === "rbf" ? "" : `, coef0: ${plain(coef0)}`;
  return width + (kernel === "poly" ? `, degree: ${degree}` : "") + constant;
}

function dataOf(settings: Settings, samples: readonly Sample[]): Data {
  const { task, classSet, curveSet } = settings;
  if (task === "regress") return curveSet === "own" ? drawn(samples, true) : curves[curveSet];
  if (classSet === "own") return drawn(samples, false);
  return isTable(classSet) ? tableData(classSet, settings) : made[classSet];
}

/** Source with the points' coordinates. */
function drawn(samples: readonly Sample[], regress: boolean): Data {
  const row = ({ x, y }: Sample) => `[${(regress ? [x] : [x, y]).map(plain).join(", ")}]`;
  const target = ({ y, label }: Sample) => (regress ? plain(y) : label);
  return {
    ml: [],
    lines: `const X = [${samples.map(row).join(", ")}];\nconst y = [${samples.map(target).join(", ")}];`,
  };
}

function tableData(name: TableName, { view, first, second }: Settings): Data {
  const { names, usual } = features[name];
  const load = `const { X: all, y } = await loadDataset("${name}");`;
  if (view === "components") {
    return {
      table: true,
      ml: ["PCA", "StandardScaler"],
      lines: `${load}
const X = await new PCA({ nComponents: 2 }).fitTransform(await new StandardScaler().fitTransform(all));`,
    };
  }
  const [a, b] = [first < 0 ? usual[0] : first, second < 0 ? usual[1] : second];
  const d = names.length;
  return {
    table: true,
    ml: ["StandardScaler"],
    lines: `${load}
const { data } = await new StandardScaler().fitTransform(all);
const X = Array.from(y, (_, i) => [data[${d} * i + ${a}], data[${d} * i + ${b}]]); // ${names[a]}, ${names[b]}`,
  };
}

const plain = (value: number) => String(Number(value.toPrecision(3)));
const byName = (a: string, b: string) => a.localeCompare(b);
