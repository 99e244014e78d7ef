import type { Layer } from "../layer.ts";
import { activations } from "./activations.ts";
import { norms } from "./norms.ts";
import { products } from "./products.ts";
import { shapes } from "./shapes.ts";

const table: Readonly<Record<string, Layer>> = { ...activations, ...norms, ...products, ...shapes };

/** The implementation of a layer, by its class's name in files. */
export const layerOf = (type: string): Layer | undefined =>
  Object.hasOwn(table, type) ? table[type] : undefined;
