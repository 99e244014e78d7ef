import type { Operator } from "../operator.ts";
import { arithmetic } from "./arithmetic.ts";
import { creation } from "./creation.ts";
import { elementwise } from "./elementwise.ts";
import { norms } from "./norms.ts";
import { pads } from "./pads.ts";
import { parts } from "./parts.ts";
import { pools } from "./pools.ts";
import { products } from "./products.ts";
import { reductions } from "./reductions.ts";
import { resizing } from "./resize.ts";
import { scattering } from "./scatter.ts";
import { shapes } from "./shapes.ts";

/** All supported operators, by their names in files. */
export const operators = (): Readonly<Record<string, Operator>> => ({
  ...{ ...arithmetic, ...creation, ...elementwise, ...norms, ...pads, ...parts },
  ...{ ...pools, ...products, ...reductions, ...resizing, ...scattering, ...shapes },
});
