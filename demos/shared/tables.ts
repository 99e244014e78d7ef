import { loadDataset } from "wgrad/data";

/** A table of samples with their labels, or with the number to predict. */
export interface Table {
  /** [samples, features], row-major. */
  readonly data: Float64Array<ArrayBuffer>;
  readonly shape: readonly [samples: number, features: number];
  readonly y: Float32Array<ArrayBuffer>;
  /** Names of the classes; empty for a regression. */
  readonly names: readonly string[];
}

async function table(...given: Parameters<typeof loadDataset>): Promise<Table> {
  const { X, y, targetNames } = await loadDataset(...given);
  return { ...X, y: Float32Array.from(y), names: targetNames };
}

/** The library's data sets as the pages show them; the columns of diabetes have their original units. */
export const tables = {
  iris: () => table("iris"),
  wine: () => table("wine"),
  breastCancer: () => table("breastCancer"),
  digits: () => table("digits"),
  diabetes: () => table("diabetes", { scaled: false }),
} satisfies Record<string, () => Promise<Table>>;
