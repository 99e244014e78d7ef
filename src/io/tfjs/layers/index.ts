import type { LayerImport } from "../layer.ts";
import { activations } from "./activations.ts";
import { norms } from "./norms.ts";
import { products } from "./products.ts";
import { shapes } from "./shapes.ts";

const table: Readonly<Record<string, LayerImport>> = {
  ...activations,
  ...norms,
  ...products,
  ...shapes,
};

/** The implementation of a layer, by its class's name in files. */
export const layerOf = (type: string): LayerImport | undefined =>
  Object.hasOwn(table, type) ? table[type] : undefined;
