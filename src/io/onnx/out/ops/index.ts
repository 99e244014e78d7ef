import type { AnyExporter, Exporters } from "../exporter.ts";
import { activations } from "./activations.ts";
import { arithmetic } from "./arithmetic.ts";
import { norms } from "./norms.ts";
import { pools } from "./pools.ts";
import { products } from "./products.ts";
import { reductions } from "./reductions.ts";
import { resizing } from "./resize.ts";
import { shapes } from "./shapes.ts";

const table: Exporters = {
  ...{ ...activations, ...arithmetic, ...norms, ...pools },
  ...{ ...products, ...reductions, ...resizing, ...shapes },
};

/** The exporter of an operation, by name; undefined for one that is written as the operations that it calls. */
export const exporterOf = (name: string): AnyExporter | undefined =>
  Object.hasOwn(table, name) ? (table as Readonly<Record<string, AnyExporter>>)[name] : undefined;
