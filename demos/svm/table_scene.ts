import { type Table, tables } from "../shared/tables.ts";
import * as words from "../words/en/svm/page.ts";
import { principal, standardised } from "./principal.ts";
import { around, type Sample, type Scene } from "./scene.ts";
import type { ClassSet } from "./settings.ts";

export type TableName = "iris" | "wine" | "breastCancer";

/** The tables' columns, and the two that are shown first. */
export const features: Readonly<
  Record<TableName, { names: readonly string[]; usual: readonly [number, number] }>
> = {
  iris: {
    names: [words.sepalLength, words.sepalWidth, words.petalLength, words.petalWidth],
    usual: [2, 3],
  },
  wine: {
    names: [
      ...["alcohol", words.malicAcid, "ash", words.alcalinityOfAsh, "magnesium", "phenols"],
      ...["flavanoids", words.otherPhenols, "proanthocyanins", words.colourIntensity, "hue"],
      ...["OD280/OD315", "proline"],
    ],
    usual: [6, 9],
  },
  breastCancer: {
    names: ["mean", words.errorOf, "worst"].flatMap((kind) =>
      [
        ...["radius", "texture", "perimeter", "area", "smoothness", "compactness"],
        ...["concavity", words.concavePoints, "symmetry", words.fractalDimension],
      ].map((name) => `${kind} ${name}`),
    ),
    usual: [0, 1],
  },
};

export function isTable(set: ClassSet): set is TableName {
  return Object.hasOwn(features, set);
}

/** Ways to show a table in the plane. */
export type Cut = "components" | readonly [first: number, second: number];

/** Two standardised features of a table, or its two principal components. */
export async function tableScene(name: TableName, cut: Cut): Promise<Scene> {
  const table = await tables[name]();
  const columns = await standardised(table.data, table.shape);
  const [n, d] = table.shape;
  const plane = cut === "components" ? await principal(columns, table.shape) : undefined;
  const [first, second] = cut === "components" ? [0, 1] : cut;
  const at = (i: number, j: number) => Number(plane ? plane[2 * i + j] : columns[i * d + j]);
  const samples = Array.from({ length: n }, (_, i) => ({
    x: at(i, first),
    y: at(i, second),
    label: Number(table.y[i]),
  }));
  const axis = (j: number) =>
    plane ? words.component(j + 1) : words.standardised(features[name].names[j]);
  return {
    samples,
    domain: around(samples),
    axes: [axis(first), axis(second)],
    names: classNames(table),
  };
}

function classNames({ names }: Table): string[] {
  return names.map((name) => name.replace("class_", "cultivar "));
}

/** Progress of diabetes, standardised, by body mass index, standardised. */
export async function diabetesScene(): Promise<Scene> {
  const { data, shape, y } = await tables.diabetes();
  const columns = await standardised(data, shape);
  const target = await standardised(Float64Array.from(y), [shape[0], 1]);
  const samples = Array.from({ length: shape[0] }, (_, i): Sample => {
    const [x, progress] = [Number(columns[i * shape[1] + 2]), Number(target[i])];
    return { x, y: progress, label: 0 };
  });
  return {
    samples,
    domain: around(samples),
    axes: [words.bodyMassIndexStandardised, words.progressAfterYear],
    names: ["A"],
  };
}
